import type { IdentityKind } from '@zhike/contract/identify/profile-fields.ts'
import { emailMask } from './normalise/email.ts'
import { phoneMask } from './normalise/phone.ts'

/** Kind and masked value of an identity, as evidence that anybody who sees the customer may read: `phone 138****6721`. */
export function maskedIdentity(kind: IdentityKind, value: string): string {
  return `${kind} ${maskIdentityValue(kind, value)}`
}

/** An identity's value with its middle covered; member numbers and codes of companies are no secrets. */
export function maskIdentityValue(kind: IdentityKind, value: string): string {
  switch (kind) {
    case 'phone':
      return phoneMask(value)
    case 'email':
      return emailMask(value)
    case 'member':
    case 'external':
    case 'credit_code':
      return value
    default:
      return value.length <= 8 ? '****' : `${value.slice(0, 3)}****${value.slice(-2)}`
  }
}
