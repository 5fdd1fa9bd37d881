import type { CustomerKind, IdentityKind } from '@zhike/contract/identify/profile-fields.ts'
import { namePinyin } from './normalise/name.ts'
import { isMobile } from './normalise/phone.ts'

/** Somebody to be compared. */
export interface Known {
  kind: CustomerKind
  name: string | undefined
}

/** `link`: the same customer beyond doubt · `candidate`: a person decides · `ignore`: says nothing. */
export type Verdict = 'link' | 'candidate' | 'ignore'

/** More customers than this behind one value: a shop's phone, a family's device. It says nothing any more. */
export const sharedAbove: Partial<Record<IdentityKind, number>> = { phone: 3, email: 3, device: 3, member: 3 }

/**
 * Whether two profiles that carry the same identity are one customer.
 * - A person and an organization never are.
 * - Numbers given by an authority or a platform to one holder (ID number, credit code, unionid, openid) decide alone.
 * - A mobile, an e-mail and a member number decide unless the names contradict: then a person looks.
 * - A landline is shared by whoever lives or works there: it decides only with the same name.
 */
export function judge(kind: IdentityKind, value: string, a: Known, b: Known): Verdict {
  if (a.kind !== b.kind) return 'ignore'
  switch (kind) {
    case 'id_number':
    case 'credit_code':
    case 'unionid':
    case 'openid':
    case 'external':
      return 'link'
    case 'phone':
      if (!isMobile(value)) return namesEqual(a.name, b.name) ? 'link' : 'ignore'
      return namesAgree(a.name, b.name) ? 'link' : 'candidate'
    case 'email':
    case 'member':
      return namesAgree(a.name, b.name) ? 'link' : 'candidate'
    case 'device':
      return 'ignore'
  }
}

const namesEqual = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a === b

/** Whether two names can be the same person's: one is missing, they sound alike, or they differ by one slip of the pen. */
export function namesAgree(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return true
  const [x, y] = [plain(a), plain(b)]
  if (x === y || x === '' || y === '') return true
  if (namePinyin(a).full === namePinyin(b).full) return true
  const longest = Math.max(x.length, y.length)
  // 王小明 and 王小朋, 阿依古丽 and 阿依古力; in two characters one slip is half of the name.
  return longest >= 3 && editDistance(x, y) <= Math.max(1, Math.floor(longest / 5))
}

/** Letters and characters only, in lower case, Latin words in alphabetical order: `Lovelace, Ada` = `ada lovelace`. */
function plain(name: string): string {
  const words =
    name
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return words.sort().join('')
}

/** Levenshtein distance with neighbours swapped as one step (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  const [s, t] = [[...a], [...b]]
  let before: number[] = []
  let last = Array.from({ length: t.length + 1 }, (_, j) => j)
  for (let i = 1; i <= s.length; i++) {
    const row = [i]
    for (let j = 1; j <= t.length; j++) {
      const same = s[i - 1] === t[j - 1]
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && s[i - 1] === t[j - 2] && s[i - 2] === t[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[t.length] ?? 0
}
