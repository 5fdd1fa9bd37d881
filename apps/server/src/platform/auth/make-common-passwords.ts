import { writeFileSync } from 'node:fs'
import { givenNames, names, surnames, words } from './common-password-stems.ts'
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

/** Every entry of the list: words, names, names in pinyin, walks over the keyboard. What is put around them is the policy's matter. */
export function commonPasswords(): string[] {
  const pinyin = surnames.flatMap((surname) => givenNames.map((given) => surname + given))
  const keyboard = walks.flatMap(walked)
  return [...new Set([...words, ...names, ...givenNames, ...pinyin, ...keyboard].map(fold))].filter((entry) => entry.length >= 3).sort()
}

const explanation = `# Passwords, and beginnings of passwords, that are refused. Made by make-common-passwords.ts from our own stems: not a copy of any
# published or leaked list. Folded: small letters, NFKC. One per line.
`

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL('./common-passwords.txt', import.meta.url), `${explanation}${commonPasswords().join('\n')}\n`)
}
