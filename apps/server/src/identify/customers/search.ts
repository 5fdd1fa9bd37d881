import type { Tx } from '../../platform/database/database.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { normaliseEmail } from '../identity/normalise/email.ts'
import { nameSortKey, normaliseName } from '../identity/normalise/name.ts'
import { searchTerms } from '../identity/normalise/search-grams.ts'
import type { Fragment } from './fragment.ts'
import { countLookUp } from './look-ups.ts'
import { accessTo } from './masking.ts'

/** One way in which a customer may carry a word; see search_customers(). */
type Way = { grams: string[] } | { latin: string } | { contact: string } | { text: string }

/** What to look for: every word must be carried in one of its ways. */
export interface Wanted {
  words: Way[][]
  /** The number of a code, when one was typed. */
  number: number | null
  /** What was typed, in lower case, for telling exact matches and beginnings. */
  text: string
  /** Sort key of that as a name: finds people of exactly this name by an index. */
  nameKey: string
  /** Whole phone or e-mail. */
  identity: string | null
}

/**
 * What a search may look at for somebody: names, pinyin, initials, member numbers and codes for everybody; any part of a phone
 * or e-mail for who may see them in clear; for who sees masks only the whole value or a phone's last four digits; nothing
 * of them for whom they are hidden.
 */
export function wantedBy(actor: Actor, search: string): Wanted {
  const terms = searchTerms(search)
  const phoneAccess = accessTo(actor, 'phone')
  const emailAccess = accessTo(actor, 'email')
  const email = normaliseEmail(search) ?? null
  const words: Way[][] = []
  if (terms.grams.length > 0) words.push([{ grams: terms.grams }])
  for (const text of terms.texts) words.push([{ text }])
  const latin = terms.code === undefined ? terms.latin : [search.toLowerCase()]
  for (const word of latin) {
    const ways: Way[] = []
    const part = hasTrigram(word)
    if (part) ways.push({ latin: likePattern(word) })
    const digits = /^\+?\d+$/.test(word)
    const shown = digits ? phoneAccess : emailAccess
    if (part && shown === 'clear') ways.push({ contact: likePattern(word) })
    if (shown === 'masked' && digits && word.length === 4) ways.push({ grams: [`#${word}`] })
    if (phoneAccess === 'masked' && terms.phone) ways.push({ grams: [`=${terms.phone}`] })
    if (emailAccess === 'masked' && email) ways.push({ grams: [`=${email}`] })
    words.push(ways)
  }
  const access = terms.phone ? phoneAccess : emailAccess
  const identity = terms.phone ?? email
  if (access === 'masked' && identity) countLookUp(actor.userId, identity)
  const name = normaliseName(search)
  return {
    words,
    number: terms.code ?? null,
    text: name.toLowerCase(),
    nameKey: nameSortKey(name),
    identity: access === 'hidden' ? null : identity,
  }
}

/** Without three letters or digits in a row a trigram index would be read from end to end. */
const hasTrigram = (word: string): boolean => /[\p{L}\p{N}]{3}/u.test(word)

const likePattern = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`

/**
 * Ids of at most `most` customers that match, and always those whose name or code is exactly what was typed: a name of
 * hundreds of thousands must not hide them.
 */
export function foundCustomers(tx: Tx, wanted: Wanted, most: number): Fragment {
  const { words, number, nameKey } = wanted
  const searchable = words.length > 0 && words.every((ways) => ways.length > 0)
  const parts = [
    tx`(select id from customer where live and name_sort = ${nameKey} order by id limit 200)`,
    ...(number === null ? [] : [tx`(select id from customer where live and number = ${number})`]),
    ...(searchable ? [tx`(select id from search_customers(${tx.json(words as never)}, ${most}) as s(id))`] : []),
  ]
  return parts.reduce((all, part) => tx`${all} union ${part}`)
}

/** 0 for an exact match of `customer c`, 1 for a beginning, 2 for the rest. */
export function rankOf(tx: Tx, { text, number, identity }: Wanted): Fragment {
  return tx`case
    when lower(c.name) = ${text} or c.number = ${number}::int8 or lower(c.member_number) = ${text}
      or replace(c.name_sort, ' ', '') = ${text}::text || replace(c.name, ' ', '') or ${identity}::text in (c.phone, c.email) then 0
    when starts_with(lower(c.name), ${text}) or starts_with(replace(c.name_sort, ' ', ''), ${text}) then 1
    else 2 end`
}
