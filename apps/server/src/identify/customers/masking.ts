import { type IdentityKind, type ProfileField, profileFields } from '@zhike/contract/identify/profile-fields.ts'
import type { FieldAccess } from '@zhike/contract/platform/rights.ts'
import type { Principal } from '../../platform/permissions/principal.ts'
import { maskIdentityValue } from '../identity/masked-identity.ts'
import { emailMask } from '../identity/normalise/email.ts'
import { idNumberMask } from '../identity/normalise/id-number.ts'
import { phoneMask } from '../identity/normalise/phone.ts'

type Reader = Pick<Principal, 'personal' | 'sensitive'>

/** How one reader sees one field in one request. */
export type View = FieldAccess

/** What a reader's roles allow for a field, before a purpose is asked for. */
export function accessTo(reader: Reader, field: ProfileField): FieldAccess {
  const { class: fieldClass } = profileFields[field]
  return fieldClass === 'open' ? 'clear' : reader[fieldClass]
}

/**
 * How a reader sees a field: open fields as they are; personal and sensitive ones in clear only when the roles allow it and
 * the request says why.
 */
export function viewOf(reader: Reader, field: ProfileField, withPurpose: boolean): View {
  const { class: fieldClass } = profileFields[field]
  return fieldClass === 'open' ? 'clear' : viewOfClass(reader, fieldClass, withPurpose)
}

/** The same for a class of fields that are not open. */
export function viewOfClass(reader: Reader, fieldClass: 'personal' | 'sensitive', withPurpose: boolean): View {
  const access = reader[fieldClass]
  return access === 'clear' && !withPurpose ? 'masked' : access
}

/** Covers a value so that it can be told from others at a glance and no more: 138****6721, z***@qq.com, the year of a birth date. */
export function maskValue(field: ProfileField, value: unknown): unknown {
  if (value === null || value === undefined) return null
  switch (field) {
    case 'phone':
      return phoneMask(String(value))
    case 'email':
      return emailMask(String(value))
    case 'idNumber':
      return idNumberMask(String(value))
    case 'birthDate': {
      const { calendar, year } = value as { calendar: string; year: number | null }
      return { calendar, year }
    }
    default:
      return '****'
  }
}

/** A value for the eye of a reader; undefined when the field is hidden from them. */
export function valueFor(reader: Reader, field: ProfileField, value: unknown, withPurpose: boolean): unknown {
  const view = viewOf(reader, field, withPurpose)
  if (view === 'hidden') return undefined
  return view === 'masked' ? maskValue(field, value) : value
}

const fieldOfIdentity = new Map<IdentityKind, ProfileField>(
  (Object.keys(profileFields) as ProfileField[]).flatMap((field) => {
    const definition = profileFields[field]
    return 'identity' in definition ? [[definition.identity as IdentityKind, field] as const] : []
  }),
)

/** An identity's value for the eye of a reader; undefined when hidden. Devices are personal. */
export function identityFor(reader: Reader, kind: IdentityKind, value: string, withPurpose: boolean): string | undefined {
  const view = viewOf(reader, fieldOfIdentity.get(kind) ?? 'phone', withPurpose)
  if (view === 'hidden') return undefined
  return view === 'masked' ? maskIdentityValue(kind, value) : value
}

/** Fields that somebody may not see at all, whether they hold a value or not. */
export const hiddenFields = (reader: Reader): ProfileField[] =>
  (Object.keys(profileFields) as ProfileField[]).filter((field) => accessTo(reader, field) === 'hidden')

/** Evidence of a link (`phone 138****6721`) for the eye of a reader: what is hidden from them is named, not shown. */
export const evidenceFor = (reader: Reader, matched: readonly string[]): string[] =>
  matched.map((each) => {
    const kind = each.split(' ', 1)[0] as IdentityKind
    return viewOf(reader, fieldOfIdentity.get(kind) ?? 'phone', false) === 'hidden' ? kind : each
  })
