import { nameSyllables, splitName } from './name.ts'
import { dialledPhone, normalisePhone } from './phone.ts'
import { cleanText } from './text.ts'

/** What a customer can be found by. Values are normalised ones. */
export interface Searchable {
  name?: string | undefined
  phones?: readonly string[]
  emails?: readonly string[]
  /** C-000123 */
  code?: string
  /** Member numbers, external ids, contact persons: words that are found by any part. */
  others?: readonly string[]
}

export interface SearchKeys {
  /** For an index of whole elements (`@>`): each Chinese character, each pair of neighbours, and the beginnings of the initials. */
  grams: string[]
  /** For a trigram index (`LIKE %part%`): pinyin, initials, Latin words, dialled phone digits, e-mail, code; joined by blanks. */
  latin: string
}

const hanRun = /\p{Script=Han}+/gu
const longestInitials = 8

function addHanGrams(grams: Set<string>, text: string): void {
  for (const run of text.match(hanRun) ?? []) {
    const characters = run.length === 1 ? [run] : [...run]
    for (let i = 0; i < characters.length; i++) {
      grams.add(characters[i] as string)
      if (i > 0) grams.add((characters[i - 1] as string) + (characters[i] as string))
    }
  }
}

function addPrefixes(grams: Set<string>, initials: string): void {
  for (let size = 1; size <= Math.min(initials.length, longestInitials); size++) grams.add(initials.slice(0, size))
}

/**
 * What the search index keeps for a customer. 张伟民 gives grams 张 张伟 伟 伟民 民, z zw zwm and w wm (by given name), and the Latin text
 * "zhangweimin zwm".
 */
export function searchGrams(customer: Searchable): SearchKeys {
  const grams = new Set<string>()
  const latin = new Set<string>()
  const { name = '' } = customer
  if (name !== '') {
    addHanGrams(grams, name)
    const syllables = nameSyllables(name)
    const initials = syllables.map((syllable) => syllable.charAt(0)).join('')
    addPrefixes(grams, initials)
    if (/^\p{Script=Han}{2,4}$/u.test(name)) addPrefixes(grams, initials.slice(splitName(name).surname.length))
    latin.add(syllables.join(''))
    latin.add(initials)
    if (/[a-z]/i.test(name)) latin.add(name.toLowerCase())
  }
  for (const phone of customer.phones ?? []) latin.add(dialledPhone(phone))
  for (const email of customer.emails ?? []) latin.add(email)
  if (customer.code !== undefined) latin.add(customer.code.toLowerCase())
  for (const other of customer.others ?? []) {
    addHanGrams(grams, other)
    if (/[a-z0-9]/i.test(other)) latin.add(other.toLowerCase())
  }
  latin.delete('')
  return { grams: [...grams], latin: [...latin].join(' ') }
}

export interface SearchTerms {
  kind: 'empty' | 'cjk' | 'latin' | 'digits' | 'code' | 'mixed'
  /** All of these must be among the customer's grams. Exact for one or two characters; for longer runs check `texts` too. */
  grams: string[]
  /** All of these must occur in the customer's `latin`; each has three characters or more, so a trigram index finds it. */
  latin: string[]
  /** Runs of three or more Chinese characters, which must occur in the text itself; grams only narrow the search down. */
  texts: string[]
  /** The number of a customer code, when the query is one: C-000123 → 123. */
  code?: number
  /** The whole phone number, when the query is one, as E.164. */
  phone?: string
}

const customerCode = /^c-?0*(\d{1,12})$/i

function addTerm(terms: SearchTerms, word: string): void {
  if (word.length >= 3) terms.latin.push(word)
  else if (/^[a-z]+$/.test(word)) terms.grams.push(word)
  // one or two digits alone would match nearly everybody: they do not narrow the search
  else if (!/^\d+$/.test(word)) terms.latin.push(word)
}

/** What to look up for what somebody typed: names, part of a name, pinyin, initials, part of a phone number, a code, or several words. */
export function searchTerms(query: string): SearchTerms {
  const terms: SearchTerms = { kind: 'empty', grams: [], latin: [], texts: [] }
  const text = cleanText(query.slice(0, 200)).toLowerCase()
  if (text === '') return terms
  const code = customerCode.exec(text)
  if (code) return { ...terms, kind: 'code', code: Number(code[1]), latin: [] }
  const digits = text.replace(/[\s()\-+·]/g, '')
  if (/^\d+$/.test(digits) && /^[+\d(]/.test(text)) {
    const phone = normalisePhone(text)
    addTerm(terms, phone ? dialledPhone(phone).replace(/^\+/, '') : digits)
    return { ...terms, kind: 'digits', ...(phone ? { phone } : {}) }
  }
  let hanSeen = false
  let latinSeen = false
  // a dot or blank inside a Chinese name does not part it for the grams
  for (const run of text.match(/\p{Script=Han}+|[^\s\p{Script=Han}·,，、;；"']+/gu) ?? []) {
    if (!/\p{Script=Han}/u.test(run)) {
      addTerm(terms, run)
      latinSeen = true
      continue
    }
    hanSeen = true
    const characters = [...run]
    if (characters.length === 1) terms.grams.push(run)
    for (let i = 1; i < characters.length; i++) terms.grams.push(`${characters[i - 1]}${characters[i]}`)
    if (characters.length > 2) terms.texts.push(run)
  }
  terms.kind = hanSeen ? (latinSeen ? 'mixed' : 'cjk') : latinSeen ? 'latin' : 'empty'
  return terms
}
