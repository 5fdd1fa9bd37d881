import { z } from 'zod'
import type { FieldClass } from '../platform/rights.ts'

/**
 * A birth date as people give it: the year may be unknown, the calendar may be lunar (农历, `leap` = 闰月). Never turned into
 * an instant.
 */
export const BirthDate = z.strictObject({
  calendar: z.enum(['solar', 'lunar']),
  year: z.int().min(1850).max(2100).nullable(),
  month: z.int().min(1).max(12),
  day: z.int().min(1).max(31),
  leap: z.boolean().default(false),
})
export type BirthDate = z.infer<typeof BirthDate>

const text = (max: number) => z.string().trim().min(1).max(max)

interface FieldDefinition {
  schema: z.ZodType
  class: FieldClass
  /** Whom the field describes. */
  of: 'person' | 'organization' | 'both'
  /** A value that also identifies: it becomes an identity of the profile. */
  identity?: IdentityKind
}

/** The kinds of identity that may say that two profiles are one customer. `external` = the number in the source's own system. */
export const identityKinds = ['phone', 'email', 'member', 'external', 'unionid', 'openid', 'device', 'credit_code', 'id_number'] as const
export type IdentityKind = (typeof identityKinds)[number]

/**
 * The values that a profile can hold: one catalogue for forms, imports, masking, survivorship and the API. Normalised
 * before they are kept: phones as E.164, e-mail in lower case, divisions by their full names (浙江省, 杭州市, 西湖区).
 */
export const profileFields = {
  name: { schema: text(120), class: 'open', of: 'both' },
  sex: { schema: z.enum(['female', 'male']), class: 'open', of: 'person' },
  birthDate: { schema: BirthDate, class: 'personal', of: 'person' },
  phone: { schema: text(32), class: 'personal', of: 'both', identity: 'phone' },
  email: { schema: z.email().max(254), class: 'personal', of: 'both', identity: 'email' },
  memberNumber: { schema: text(64), class: 'open', of: 'both', identity: 'member' },
  externalId: { schema: text(128), class: 'open', of: 'both', identity: 'external' },
  unionid: { schema: text(128), class: 'personal', of: 'person', identity: 'unionid' },
  openid: { schema: text(128), class: 'personal', of: 'person', identity: 'openid' },
  creditCode: { schema: text(18), class: 'open', of: 'organization', identity: 'credit_code' },
  idNumber: { schema: text(18), class: 'sensitive', of: 'person', identity: 'id_number' },
  country: { schema: text(60), class: 'open', of: 'both' },
  province: { schema: text(60), class: 'open', of: 'both' },
  city: { schema: text(60), class: 'open', of: 'both' },
  district: { schema: text(60), class: 'open', of: 'both' },
  address: { schema: text(300), class: 'personal', of: 'both' },
  employer: { schema: text(120), class: 'open', of: 'person' },
  jobTitle: { schema: text(80), class: 'open', of: 'person' },
  industry: { schema: text(80), class: 'open', of: 'organization' },
  contactName: { schema: text(120), class: 'open', of: 'organization' },
  memberLevel: { schema: text(40), class: 'open', of: 'both' },
  registeredOn: { schema: z.iso.date(), class: 'open', of: 'both' },
  tags: { schema: z.array(text(40)).max(50), class: 'open', of: 'both' },
  preference: { schema: text(500), class: 'open', of: 'both' },
  taboo: { schema: text(500), class: 'sensitive', of: 'person' },
  note: { schema: text(4000), class: 'personal', of: 'both' },
} as const satisfies Record<string, FieldDefinition>

export type ProfileField = keyof typeof profileFields
export const ProfileField = z.enum(Object.keys(profileFields) as [ProfileField, ...ProfileField[]])

type ValueOf<F extends ProfileField> = z.infer<(typeof profileFields)[F]['schema']>

export type CustomerKind = 'person' | 'organization'
export const CustomerKind = z.enum(['person', 'organization'])

/** The values of one version of a profile. */
export type ProfileValues = { [F in ProfileField]?: ValueOf<F> }

export const ProfileValues = z.strictObject(
  Object.fromEntries(Object.entries(profileFields).map(([field, { schema }]) => [field, schema.optional()])) as {
    [F in ProfileField]: z.ZodOptional<(typeof profileFields)[F]['schema']>
  },
)
