import { writeFileSync } from 'node:fs'
import { givenNames, names, surnames, words } from './common-password-stems.ts'
import { longWords, russian, shortWords } from './common-password-words.ts'
import { fold } from './password-policy.ts'

const walks = [
  '1234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
  '147258369',
  '741852963',
  '159357',
  '789456123',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8',
  'a1b2c3d4e5f6g7',
  'abcdefghijklmnop',
  'qweasdzxc',
  'q2w3e4r5t6',
  '!@#$%^&*()',
  'poiuytrewq',
  'lkjhgfdsa',
  'mnbvcxz',
  '0987654321',
  'azertyuiop',
  'qwertzuiop',
  'zaq12wsxcde3',
  '1z2x3c4v5b',
]

const walked = (row: string): string[] =>
  [3, 4, 5, 6, 7, 8, 9, 10, 12].flatMap((length) => (length <= row.length ? [row.slice(0, length), row.slice(-length)] : []))

const cyrillicKeys = 'йцукенгшщзхъфывапролджэячсмитьбюё'
const latinKeys = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"

/** What comes out when a Russian word is typed on a keyboard that is set to Latin letters. */
const mistyped = (word: string) => [...word].map((letter) => latinKeys[cyrillicKeys.indexOf(letter)] ?? letter).join('')

const romanised: Record<string, string> = {
  ...Object.fromEntries([...'абвгдезийклмнопрстуфыэ'].map((letter, index) => [letter, [...'abvgdeziyklmnoprstufye'][index] ?? ''])),
  ё: 'e',
  ж: 'zh',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sch',
  ъ: '',
  ь: '',
  ю: 'yu',
  я: 'ya',
}
const romanise = (word: string) => [...word].map((letter) => romanised[letter] ?? letter).join('')
/** The ways in which one sound is written: Aleksey and Alexey, Viktoriya and Viktoria. */
const romanisations = (word: string) => [
  romanise(word),
  romanise(word).replaceAll('ks', 'x'),
  romanise(word).replace(/iya$/, 'ia').replace(/y$/, 'i'),
]

/** Every entry of the list: words, names, names in pinyin, walks over the keyboard. What is put around them is the policy's matter. */
export function commonPasswords(): string[] {
  const pinyin = surnames.flatMap((surname) => givenNames.map((given) => surname + given))
  const all = [
    ...words,
    ...longWords,
    ...shortWords,
    ...names,
    ...givenNames,
    ...pinyin,
    ...walks.flatMap(walked),
    ...russian,
    ...russian.map(mistyped),
    ...russian.flatMap(romanisations),
  ]
  // Old systems kept eight characters, and people got used to what was left: liverpoo, spiderma.
  const cut = [...words, ...longWords, ...names].filter((word) => word.length > 8).map((word) => word.slice(0, 8))
  return [...new Set([...all, ...cut].map(fold))].filter((entry) => entry.length >= 3).sort()
}

const explanation = `# Passwords, and beginnings of passwords, that are refused. Made by make-common-passwords.ts from our own stems: not a copy of any
# published or leaked list. Folded: small letters, NFKC. One per line.
`

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL('./common-passwords.txt', import.meta.url), `${explanation}${commonPasswords().join('\n')}\n`)
}
