import type { Random } from './random.ts'

const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ORGANIZATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** The ninth character of an organization code. @see GB 11714-1997: C9 = 11 − Σ Wi·Ci mod 11, letters count from A = 10 */
function organizationCheck(body: string): string {
  const sum = ORGANIZATION_WEIGHTS.reduce((total, weight, i) => total + weight * Number.parseInt(body.charAt(i), 36), 0)
  return '0123456789X'.charAt((11 - (sum % 11)) % 11)
}

/** The eighteenth character of a unified social credit code. @see GB 32100-2015: C18 = 31 − Σ 3^(i−1)·Ci mod 31 */
function creditCheck(body: string): string {
  let [sum, weight] = [0, 1]
  for (const character of body) {
    sum += weight * CHARACTERS.indexOf(character)
    weight = (weight * 3) % 31
  }
  return CHARACTERS.charAt((31 - (sum % 31)) % 31)
}

/** A random unified social credit code 统一社会信用代码 of a company registered in the division (six digits). */
export function randomCreditCode(random: Random, division: string): string {
  let organization = 'MA'
  while (organization.length < 8) organization += CHARACTERS.charAt(random.int(CHARACTERS.length))
  const body = `91${division}${organization}${organizationCheck(organization)}`
  return body + creditCheck(body)
}

/** Whether form and both check characters (GB 11714, GB 32100) hold. */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NP-RTUWXY]{18}$/.test(code)) return false
  return organizationCheck(code.slice(8, 16)) === code.charAt(16) && creditCheck(code.slice(0, 17)) === code.charAt(17)
}
