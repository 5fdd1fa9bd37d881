import { createRequire } from 'node:module'

let list: ReadonlySet<string> | undefined

/** What people choose most often, as found in leaks: 49,000 entries of a kept library, read when the first password is chosen. */
export function commonList(): ReadonlySet<string> {
  list ??= new Set(
    (createRequire(import.meta.url)('@zxcvbn-ts/language-common') as { dictionary: { 'passwords-common': string[] } }).dictionary[
      'passwords-common'
    ],
  )
  return list
}

/** Letters that only differ in case or width are the same to who guesses. */
export const fold = (password: string): string => password.normalize('NFKC').toLowerCase()

/** At most so many characters around a common word do not make it uncommon. */
const mostDecoration = 6

/** So many characters must remain when what is known of the person is taken out. */
const fewestOwn = 5

const lookalikes: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/**
 * Whether whoever guesses passwords tries this one early: on the list, a listed word with a year or some digits around it
 * (also with look-alikes as in p@ssw0rd), made of repetitions or of runs such as 12345678 and abcdefgh, a date or telephone number, or
 * little more than what everybody knows about the person (`about`: e-mail, name, company).
 */
export function isGuessable(password: string, about: readonly string[] = []): boolean {
  const folded = fold(password)
  const spaceless = folded.replace(/[\s._-]+/g, '')
  return (
    [folded, spaceless].some((text) => isCommon(text) || isRepetition(text) || isRun(text) || isInterleaved(text) || isWalk(text)) ||
    isNumberOfLife(spaceless) ||
    about.some((known) => isAbout(spaceless, known))
  )
}

function isCommon(text: string): boolean {
  return commonList().has(text) || commonList().has([...text].reverse().join('')) || hasCommonCore(text) || isTwoCommon(text)
}

/** A common word in the middle of a few digits and signs: 2024Football! */
function hasCommonCore(text: string): boolean {
  const letters = [...text]
  for (let before = 0; before <= mostDecoration; before += 1) {
    if (before > 0 && isLetter(letters[before - 1])) return false
    for (let after = 0; before + after <= Math.min(mostDecoration, letters.length - 3); after += 1) {
      if (after > 0 && isLetter(letters[letters.length - after])) break
      const core = letters.slice(before, letters.length - after).join('')
      if ([core, plainly(core), core.replace(/s$/, '')].some((word) => word.length >= 3 && commonList().has(word))) return true
    }
  }
  return false
}

const isLetter = (letter: string | undefined) => letter !== undefined && /\p{L}/u.test(letter)

/** With look-alikes read as the letters that they stand for. */
const plainly = (text: string) => [...text].map((letter) => lookalikes[letter] ?? letter).join('')

/** Two or three listed words and nothing else, as in iloveMichael or gotoHell. A phrase of more than 16 characters is left alone. */
function isTwoCommon(text: string, parts = 3): boolean {
  if (text.length > 16 || parts < 2) return false
  for (let cut = 2; cut <= text.length - 2; cut += 1) {
    const rest = text.slice(cut)
    if (isWord(text.slice(0, cut)) && (isWord(rest) || isTwoCommon(rest, parts - 1))) return true
  }
  return false
}

/** In a row of words the smallest count too. */
const isWord = (text: string) =>
  text.length === 2 ? twoLetters.has(text) : commonList().has(text) || commonList().has(text.replace(/s$/, ''))
const twoLetters = new Set([
  'me',
  'my',
  'to',
  'go',
  'no',
  'is',
  'it',
  'in',
  'on',
  'be',
  'do',
  'we',
  'he',
  'of',
  'or',
  'ur',
  'mr',
  'dr',
  'xx',
  'ab',
  'la',
  'el',
  'le',
  'de',
])

/** The same up to four characters over and over: aaaaaaaa, abcabcabc. */
const isRepetition = (text: string): boolean => /^(.{1,4})\1+.{0,3}$/su.test(text) || new Set(text).size <= 2

/** Two runs, one in the other: 1a2b3c4d. */
function isInterleaved(text: string): boolean {
  const every = (offset: number) => [...text].filter((_, index) => index % 2 === offset).join('')
  return text.length >= 8 && isRun(every(0)) && isRun(every(1))
}

/** Nearly all characters follow each from the one before by the same small step: 12345678, hgfedcba, 2468. */
function isRun(text: string): boolean {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0))
  const usual = steps.filter((step) => Math.abs(step) <= 2 && step === steps[0]).length
  return usual >= steps.length - Math.min(2, Math.floor(steps.length / 4))
}

const keyRows = ['1234567890-=', 'qwertyuiop[]', "asdfghjkl;'", 'zxcvbnm,./']

/** Where a key lies: column and row, each row shifted by half a key. */
const keys = new Map(keyRows.flatMap((row, y) => [...row].map((key, x) => [key, { x: x + y / 2, y }] as const)))

/** A way over the keyboard from key to neighbouring key, with at most two jumps: 1qazxsw2, qawsedrf. */
function isWalk(text: string): boolean {
  const path = [...text].map((letter) => keys.get(letter))
  const jumps = path.slice(1).filter((to, index) => {
    const from = path[index]
    return !from || !to || Math.abs(from.x - to.x) > 1 || Math.abs(from.y - to.y) > 1
  })
  return jumps.length <= Math.min(2, Math.floor(path.length / 4))
}

/** A date, or a Chinese mobile or other number of at most eleven digits, alone or with up to two letters in front. */
const isNumberOfLife = (text: string): boolean => /^\p{L}{0,2}\d{6,11}$/u.test(text)

/** What is left is too little when what is known of the person is taken out. */
function isAbout(text: string, known: string): boolean {
  const parts = fold(known)
    .split(/[@\s._-]+/)
    .filter((part) => part.length >= 3)
  return parts.some((part) => text.includes(part) && text.replaceAll(part, '').length < fewestOwn)
}
