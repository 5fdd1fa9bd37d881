import { readFileSync } from 'node:fs'

let list: ReadonlySet<string> | undefined

/** The shipped list, read at its first use. */
export function commonList(): ReadonlySet<string> {
  list ??= new Set(
    readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('# ')),
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
    [folded, spaceless].some((text) => isCommon(text) || isRepetition(text) || isRun(text)) ||
    isNumberOfLife(spaceless) ||
    about.some((known) => isAbout(spaceless, known))
  )
}

function isCommon(text: string): boolean {
  const plain = [...text].map((letter) => lookalikes[letter] ?? letter).join('')
  return (
    [text, plain, [...text].reverse().join('')].some((candidate) => commonList().has(candidate)) || hasCommonCore(text) || isTwoCommon(text)
  )
}

/** A common word in the middle of a few digits and signs: 2024Football! */
function hasCommonCore(text: string): boolean {
  const core = /^[^\p{L}]*(.*?)[^\p{L}]*$/su.exec(text)?.[1] ?? ''
  const plain = (part: string) => [...part].map((letter) => lookalikes[letter] ?? letter).join('')
  const starts = [core, plain(core), plain(text.replace(/[\d!@#$%^&*?.,+=]{1,6}$/, ''))]
  return starts.some((word) => word.length >= 3 && text.length - word.length <= mostDecoration && commonList().has(word))
}

/** Two listed words and nothing else, as in iloveMichael or blueDragon: fewer than 2²⁶ of those. */
function isTwoCommon(text: string): boolean {
  if (text.length > 16) return false
  for (let cut = 3; cut <= text.length - 3; cut += 1) {
    if (commonList().has(text.slice(0, cut)) && commonList().has(text.slice(cut))) return true
  }
  return false
}

/** The same up to four characters over and over: aaaaaaaa, abcabcabc. */
const isRepetition = (text: string): boolean => /^(.{1,4})\1+.{0,3}$/su.test(text) || new Set(text).size <= 2

/** Eight or more characters in which each follows from the one before by the same small step: 12345678, hgfedcba, 2468. */
function isRun(text: string): boolean {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0))
  const usual = steps.filter((step) => Math.abs(step) <= 2 && step === steps[0]).length
  return usual >= steps.length - 2
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
