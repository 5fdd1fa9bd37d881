import type { CustomerKind, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import { looksLikeOrganization } from '../../identity/normalise/kind.ts'
import { completeRegion, parseRegion, type Region } from '../../identity/normalise/region.ts'
import type { CustomerRow, RowProblem } from './convert-row.ts'

const identifying = ['name', 'phone', 'email', 'memberNumber', 'externalId', 'unionid', 'openid', 'creditCode', 'idNumber'] as const

/** Values as the cells gave them: the fields of a profile, and those that are put together here. */
type CustomerCells = ProfileValues & { kind?: CustomerKind; fullAddress?: string; surname?: string; givenName?: string }

function fill(values: ProfileValues, region: Region, parts: readonly (keyof Region)[]): void {
  for (const part of parts) {
    const found = region[part]
    if (found !== undefined && values[part] === undefined) values[part] = found
  }
}

/** 张 + 三 → 张三; Lovelace + Ada → Ada Lovelace. */
function joinName(surname: string | undefined, givenName: string | undefined): string | undefined {
  if (surname === undefined || givenName === undefined) return surname ?? givenName
  return /\p{Script=Han}/u.test(surname) ? surname + givenName : `${givenName} ${surname}`
}

/**
 * Makes a customer of the cells of one row: name from its parts, whole addresses taken apart, official names of divisions, person or organization by the
 * file's word, else by credit code and name.
 */
export function customerRow(
  fields: readonly string[],
): (cells: Record<string, unknown>, problems: RowProblem[]) => { values: CustomerRow } | { problems: RowProblem[] } {
  // people call the column 地址 and write the province into it
  const splitAddress = !fields.includes('province') && !fields.includes('city') && !fields.includes('fullAddress')
  return (cells, problems) => {
    const { kind, fullAddress, surname, givenName, ...values } = cells as CustomerCells
    const name = values.name ?? joinName(surname, givenName)
    if (name !== undefined) values.name = name
    if (fullAddress !== undefined) fill(values, parseRegion(fullAddress), ['province', 'city', 'district', 'address'])
    else if (splitAddress && values.address !== undefined) {
      const region = parseRegion(values.address)
      if (region.city !== undefined) {
        if (values.district === undefined || values.district === region.district) {
          if (region.address === undefined) delete values.address
          else values.address = region.address
        }
        fill(values, region, ['province', 'city', 'district'])
      }
    }
    completeRegion(values)
    if (problems.length === 0 && identifying.every((field) => values[field] === undefined))
      problems.push({ column: null, field: null, code: 'customer-empty', value: null })
    if (problems.length > 0) return { problems }
    const found =
      kind ??
      (values.creditCode !== undefined || (values.name !== undefined && looksLikeOrganization(values.name)) ? 'organization' : 'person')
    return { values: { kind: found, values } }
  }
}
