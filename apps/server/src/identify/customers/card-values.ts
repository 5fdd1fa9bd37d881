import type { FieldIssue } from '@zhike/contract/field-issues.ts'
import { type CustomerKind, type ProfileField, type ProfileValues, profileFields } from '@zhike/contract/identify/profile-fields.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { normaliseCreditCode } from '../identity/normalise/credit-code.ts'
import { normaliseEmail } from '../identity/normalise/email.ts'
import { normaliseIdNumber } from '../identity/normalise/id-number.ts'
import { normaliseName } from '../identity/normalise/name.ts'
import { normalisePhone } from '../identity/normalise/phone.ts'
import { completeRegion } from '../identity/normalise/region.ts'
import { cleanLongText, cleanText } from '../identity/normalise/text.ts'
import { accessTo } from './masking.ts'

/** Values as somebody enters them; null takes one away. */
export type CardValues = { [F in ProfileField]?: ProfileValues[F] | null | undefined }

/** How fields become what is kept; undefined when the value is none. The other texts are cleaned. */
const normalisers: Partial<Record<ProfileField, { to: (value: string) => string | undefined; problem: string }>> = {
  phone: { to: normalisePhone, problem: 'invalid_phone' },
  email: { to: normaliseEmail, problem: 'invalid_email' },
  idNumber: { to: normaliseIdNumber, problem: 'invalid_id_number' },
  creditCode: { to: normaliseCreditCode, problem: 'invalid_credit_code' },
  name: { to: (value) => normaliseName(value) || undefined, problem: 'invalid' },
  note: { to: (value) => cleanLongText(value) || undefined, problem: 'invalid' },
}

/**
 * The values of a card as they are kept.
 * @throws Problem naming each field that is no such value, does not belong to the kind, or may not be seen by the actor
 */
export function cardValues(actor: Actor, kind: CustomerKind, values: CardValues): CardValues {
  const issues: FieldIssue[] = []
  const kept: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(values) as [ProfileField, unknown][]) {
    if (value === undefined) continue
    const path = `body.values.${field}`
    const problem = refusal(actor, kind, field, value)
    if (problem) issues.push({ field: path, code: problem })
    else if (value === null) kept[field] = null
    else {
      const normalised = normalise(field, value)
      if (normalised === undefined) issues.push({ field: path, code: normalisers[field]?.problem ?? 'invalid' })
      else kept[field] = normalised
    }
  }
  if (issues.length > 0) throw new Problem('invalid-request', {}, issues)
  completeRegion(kept)
  return kept as CardValues
}

function refusal(actor: Actor, kind: CustomerKind, field: ProfileField, value: unknown): string | undefined {
  const { of } = profileFields[field]
  if (value !== null && of !== 'both' && of !== kind) return 'not_for_kind'
  const access = accessTo(actor, field)
  if (access === 'hidden') return 'not_readable'
  // A form that sends back what it was shown must not put the mask in place of the value.
  return profileFields[field].class !== 'open' && typeof value === 'string' && value.includes('****') ? 'field_masked' : undefined
}

function normalise(field: ProfileField, value: unknown): unknown {
  if (field === 'tags') return tagsOf(value as string[])
  if (typeof value !== 'string') return value
  return (normalisers[field]?.to ?? ((text: string) => cleanText(text) || undefined))(value)
}

const tagsOf = (tags: readonly string[]): string[] => [...new Set(tags.map(cleanText).filter((tag) => tag !== ''))].sort()
