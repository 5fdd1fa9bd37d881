import { importKinds } from '@zhike/contract/identify/import-kinds.ts'
import type { ImportSettings } from '@zhike/contract/identify/imports.ts'
import { type ProfileField, profileFields } from '@zhike/contract/identify/profile-fields.ts'
import type { FieldClass } from '@zhike/contract/platform/rights.ts'
import type { Principal } from '../../../platform/permissions/principal.ts'
import { viewOfClass } from '../../customers/masking.ts'
import type { KeptFailure } from './imports.ts'

const cover = '****'

/** Fields of files that are no profile's, and are personal. */
const personal: ReadonlySet<string> = new Set(['fullAddress', 'customerPhone', 'customerEmail'])

/** Nobody knows what is in a column that was left out: it counts as the most delicate. */
function classOf(field: string | null | undefined): FieldClass {
  if (field === null || field === undefined) return 'sensitive'
  if (personal.has(field)) return 'personal'
  return Object.hasOwn(profileFields, field) ? profileFields[field as ProfileField].class : 'open'
}

/**
 * Refused rows of a file as somebody sees them who has not brought it: what was personal where it was to go is covered as it is there.
 * @param withPurpose whether the reader has said why
 */
export function coveredFailures(
  reader: Principal,
  { kind, columns }: ImportSettings,
  failures: readonly KeptFailure[],
  withPurpose: boolean,
): KeptFailure[] {
  const known = new Set(Object.keys(importKinds[kind]))
  const fields = new Map(columns.map(({ index, field }) => [index, field !== null && known.has(field) ? field : null]))
  const isCovered = (field: string | null | undefined) => {
    const fieldClass = classOf(field)
    return fieldClass !== 'open' && viewOfClass(reader, fieldClass, withPurpose) !== 'clear'
  }
  return failures.map(({ cells, problems, ...row }) => ({
    ...row,
    cells: cells.map((cell, i) => (cell !== '' && isCovered(fields.get(i)) ? cover : cell)),
    problems: problems.map((problem) => (problem.value !== null && isCovered(problem.field) ? { ...problem, value: cover } : problem)),
  }))
}
