import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { page, pageQuery, queryFlag, queryInt, queryJson } from '../paging.ts'
import { labelFields } from './labels.ts'
import { BirthDate, CustomerKind, ProfileField, ProfileValues } from './profile-fields.ts'

/** The number that people see and say: C-000123. */
export const CustomerCode = z.string().regex(/^C-\d{6,12}$/)
export const customerCode = (number: number) => `C-${String(number).padStart(6, '0')}`

/** A person or team beside a record. */
export const Named = z.object({ id: z.uuid(), name: z.string() })

/**
 * A value for the eye of one reader. `masked` says that personal data were covered: 138****6721. Hidden fields are not there
 * at all.
 */
const text = z.string().nullable()

/** A row of the customer list. Money in minor units of the reporting currency; personal fields as the reader may see them. */
export const CustomerRow = z.object({
  id: z.uuid(),
  code: CustomerCode,
  kind: CustomerKind,
  name: text,
  phone: text,
  email: text,
  province: text,
  city: text,
  district: text,
  memberLevel: text,
  owner: Named.nullable(),
  team: Named.nullable(),
  orders: z.int(),
  spent: z.int(),
  firstOrderAt: z.iso.datetime().nullable(),
  lastOrderAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  labels: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
})
export type CustomerRow = z.infer<typeof CustomerRow>

/** Where a golden value comes from. */
export const Provenance = z.object({
  profileId: z.uuid().nullable(),
  channel: z.string(),
  recordedAt: z.iso.datetime(),
  confirmedAt: z.iso.datetime().nullable(),
  confirmedBy: z.string().nullable(),
  locked: z.boolean(),
  /** Which rule chose it among several: the only value, locked, confirmed, source trust or newest. */
  rule: z.enum(['only', 'lock', 'confirmed', 'trust', 'newest']),
  /** How many profiles say something else. */
  otherValues: z.int(),
})
export type Provenance = z.infer<typeof Provenance>

export const Identity = z.object({ kind: z.string(), value: z.string(), channel: z.string().nullable(), profileId: z.uuid() })

/** One source's view of the customer. */
export const ProfileView = z.object({
  id: z.uuid(),
  channel: z.object({ code: z.string(), name: z.string() }),
  kind: CustomerKind,
  sourceKey: z.string().nullable(),
  recordedAt: z.iso.datetime(),
  version: z.int(),
  /** Why it belongs to this customer: the rule and what matched, values masked. */
  link: z.object({ rule: z.string(), at: z.iso.datetime(), by: z.string().nullable(), matched: z.array(z.string()) }).nullable(),
})

/** Covered, only calendar and year are there. */
const ShownBirthDate = BirthDate.extend({ leap: z.boolean() }).partial()

/** A customer, whole. `values` holds only what the reader may see; the names of covered and missing fields are listed. */
export const Customer = CustomerRow.extend({
  version: z.int(),
  updatedAt: z.iso.datetime(),
  values: z.record(ProfileField, z.unknown()).and(z.object({ birthDate: ShownBirthDate.nullable().optional() })),
  /** On which day of the company’s calendar the next birthday is kept; only where the birth date is shown in clear. */
  nextBirthday: z.iso.date().nullable(),
  masked: z.array(ProfileField),
  hidden: z.array(ProfileField),
  provenance: z.record(z.string(), Provenance),
  identities: z.array(Identity),
  profiles: z.array(ProfileView),
  /** Pinyin of a person’s name, for reading it aloud. */
  pinyin: text,
})
export type Customer = z.infer<typeof Customer>

/** Fields that a list can be filtered and sorted by: name → type. Labels of later parts are added from their registry. */
export const customerListFields = {
  kind: 'choice',
  name: 'text',
  phone: 'identity',
  email: 'identity',
  country: 'text',
  province: 'text',
  city: 'text',
  district: 'text',
  sex: 'choice',
  birthday: 'birthday',
  memberLevel: 'text',
  memberNumber: 'text',
  industry: 'text',
  employer: 'text',
  owner: 'user',
  team: 'team',
  orders: 'number',
  spent: 'number',
  firstOrderAt: 'instant',
  lastOrderAt: 'instant',
  createdAt: 'instant',
  updatedAt: 'instant',
  registeredOn: 'day',
  /** Of whom a row of an import told for the first time: a profile, a contact. */
  createdByImport: 'import',
  /** Of whom a row of an import changed what its source had said. */
  updatedByImport: 'import',
} as const satisfies Record<string, ListFieldType>

export type ListFieldType = 'choice' | 'text' | 'identity' | 'user' | 'team' | 'number' | 'instant' | 'day' | 'birthday' | 'import'
export type CustomerListField = keyof typeof customerListFields | keyof typeof labelFields
export const CustomerListField = z.enum([...Object.keys(customerListFields), ...Object.keys(labelFields)] as [
  CustomerListField,
  ...CustomerListField[],
])

export const operators = [
  'is',
  'is-not',
  'in',
  'at-least',
  'at-most',
  'before',
  'after',
  'empty',
  'not-empty',
  'starts-with',
  'within-days',
] as const

type Operator = (typeof operators)[number]

/** Which operators suit a field of a type: the server refuses the others, a form does not offer them. */
export const suitedOperators: Record<ListFieldType, readonly Operator[]> = {
  choice: ['is', 'is-not', 'in', 'empty', 'not-empty'],
  text: ['is', 'is-not', 'in', 'starts-with', 'empty', 'not-empty'],
  identity: ['is', 'in', 'starts-with', 'empty', 'not-empty'],
  user: ['is', 'is-not', 'in', 'empty', 'not-empty'],
  team: ['is', 'is-not', 'in', 'empty', 'not-empty'],
  number: ['is', 'is-not', 'in', 'at-least', 'at-most', 'empty', 'not-empty'],
  instant: ['at-least', 'at-most', 'before', 'after', 'empty', 'not-empty'],
  day: ['is', 'is-not', 'at-least', 'at-most', 'before', 'after', 'empty', 'not-empty'],
  birthday: ['within-days'],
  import: ['is', 'in'],
}

/** Birthdays are looked for so many days ahead at most, today included. */
export const mostBirthdayDays = 92

/** One condition. Which operators and values suit a field follows from its type; anything else is refused with the reason. */
export const Condition = z.strictObject({
  field: CustomerListField,
  operator: z.enum(operators),
  value: z
    .union([
      z.string().max(200),
      z.number(),
      z
        .array(z.union([z.string().max(200), z.number()]))
        .min(1)
        .max(200),
    ])
    .optional(),
})
export type Condition = z.infer<typeof Condition>

/** All or any of several conditions and groups, three levels deep. */
export interface Filter {
  match: 'all' | 'any'
  conditions: (Condition | Filter)[]
}
const group = <T extends z.ZodType>(inner: T) =>
  z.strictObject({ match: z.enum(['all', 'any']), conditions: z.array(inner).min(1).max(20) })
export const Filter: z.ZodType<Filter> = group(z.union([Condition, group(z.union([Condition, group(Condition)]))]))

/** Fields with an index in the order of the list. */
export const CustomerSort = z.enum(['createdAt', 'lastOrderAt', 'spent', 'name'])
export type CustomerSort = z.infer<typeof CustomerSort>

export const customerQuery = {
  /** Part of a name, pinyin, initials, a phone number or a code. */
  search: z.string().trim().min(1).max(100).optional(),
  filter: queryJson(Filter).optional(),
  sort: CustomerSort.optional(),
  order: z.enum(['ascending', 'descending']).optional(),
}

const id = z.strictObject({ id: z.uuid() })

export const list = endpoint({
  method: 'GET',
  path: '/customers',
  access: 'customer.read',
  summary: 'Customers, filtered, sorted and paged; with `search` by part of a name, pinyin, initials, phone or code',
  query: z.strictObject({
    ...customerQuery,
    ...pageQuery,
    /** Rows to pass over, for a list that is jumped about in; beside `after`, those behind it. */
    skip: queryInt(0, 10_000_000).optional(),
  }),
  reply: page(CustomerRow),
})

export const count = endpoint({
  method: 'GET',
  path: '/customers/count',
  access: 'customer.read',
  summary: 'How many customers a list holds; above 10,000 estimated unless `exact`',
  query: z.strictObject({ search: customerQuery.search, filter: customerQuery.filter, exact: queryFlag.optional() }),
  reply: z.object({ count: z.int(), exact: z.boolean() }),
})

/** Customers by the values of one field, largest first: city, level, group. */
export const groups = endpoint({
  method: 'GET',
  path: '/customers/groups',
  access: 'customer.read',
  summary: 'Customers counted by one or two fields',
  query: z.strictObject({
    by: z.enum([
      'city',
      'province',
      'country',
      'memberLevel',
      'kind',
      'sex',
      'industry',
      ...(Object.keys(labelFields) as (keyof typeof labelFields)[]),
    ]),
    and: z
      .enum([
        'city',
        'province',
        'country',
        'memberLevel',
        'kind',
        'sex',
        'industry',
        ...(Object.keys(labelFields) as (keyof typeof labelFields)[]),
      ])
      .optional(),
    filter: customerQuery.filter,
  }),
  reply: z.object({
    groups: z.array(
      z.object({
        value: z.union([z.string(), z.number(), z.null()]),
        and: z.union([z.string(), z.number(), z.null()]).optional(),
        customers: z.int(),
        spent: z.int(),
      }),
    ),
  }),
})

export const TimelineEntry = z.object({
  id: z.string(),
  kind: z.enum(['order', 'return', 'payment', 'contact']),
  at: z.iso.datetime(),
  channel: z.string(),
  /** Order number, medium of the contact. */
  title: z.string(),
  text: text,
  amount: z.int().nullable(),
  currency: text,
  orderId: z.uuid().nullable(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const get = endpoint({
  method: 'GET',
  path: '/customers/:id',
  access: 'customer.read',
  summary:
    'One customer with golden values, where each comes from, identities and profiles; `Zhike-Purpose` shows personal fields in clear; `timeline` adds as many of the newest entries',
  params: z.strictObject({ id: z.union([z.uuid(), CustomerCode]) }),
  query: z.strictObject({ timeline: pageQuery.limit }),
  reply: Customer.extend({ timeline: page(TimelineEntry).optional() }),
  problems: ['customer-not-found', 'too-many-requests'],
})

export const CustomerDraft = z.strictObject({
  kind: CustomerKind,
  values: ProfileValues,
  ownerId: z.uuid().nullable().optional(),
  teamId: z.uuid().nullable().optional(),
})
export type CustomerDraft = z.infer<typeof CustomerDraft>

export const create = endpoint({
  method: 'POST',
  path: '/customers',
  access: 'customer.create',
  summary: 'A new customer from a manual card; refused when somebody already has the phone, e-mail or number',
  body: CustomerDraft,
  reply: Customer,
  status: 201,
  problems: ['customer-exists', 'customer-exists-elsewhere'],
})

/** Null takes a value away. `lock` keeps it against every source, `unlock` lets the rules decide again. */
export const CustomerEdit = z.strictObject({
  values: z
    .strictObject(
      Object.fromEntries(Object.entries(ProfileValues.shape).map(([field, schema]) => [field, schema.nullable()])) as {
        [F in keyof typeof ProfileValues.shape]: z.ZodNullable<(typeof ProfileValues.shape)[F]>
      },
    )
    .optional(),
  lock: z.array(ProfileField).optional(),
  unlock: z.array(ProfileField).optional(),
  ownerId: z.uuid().nullable().optional(),
  teamId: z.uuid().nullable().optional(),
})
export type CustomerEdit = z.infer<typeof CustomerEdit>

export const edit = endpoint({
  method: 'PATCH',
  path: '/customers/:id',
  access: 'customer.edit',
  summary: 'Changes a customer’s values, owner or team; needs If-Match',
  params: id,
  body: CustomerEdit,
  reply: Customer,
  problems: ['customer-not-found', 'version-required', 'edit-conflict', 'customer-exists', 'customer-exists-elsewhere'],
})

export const timeline = endpoint({
  method: 'GET',
  path: '/customers/:id/timeline',
  access: 'customer.read',
  summary: 'Everything that happened with a customer, newest first',
  params: id,
  query: z.strictObject({
    ...pageQuery,
    kind: z.enum(['order', 'return', 'payment', 'contact']).optional(),
    /** Code of a channel. */
    channel: z.string().max(40).optional(),
    /** Half-open: from `from` on, before `to`. */
    from: z.iso.datetime().optional(),
    to: z.iso.datetime().optional(),
  }),
  reply: page(TimelineEntry),
  problems: ['customer-not-found'],
})

export const history = endpoint({
  method: 'GET',
  path: '/customers/:id/history',
  access: 'customer.read',
  summary: 'Every change of a customer’s fields and links: who, when, from which source; values as the reader may see them',
  params: id,
  query: z.strictObject({ limit: queryInt(1, 200).optional() }),
  reply: z.object({
    items: z.array(
      z.object({
        at: z.iso.datetime(),
        by: z.string().nullable(),
        channel: z.string().nullable(),
        what: z.string(),
        fields: z.array(z.string()),
        details: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
  problems: ['customer-not-found'],
})

/** Moves a profile of another customer to this one; what was theirs through it comes along, and undoing brings it back. */
export const link = endpoint({
  method: 'POST',
  path: '/customers/:id/profiles',
  access: 'customer.link',
  summary: 'Links the profiles of another customer to this one (merge)',
  params: id,
  body: z.strictObject({ customerId: z.uuid() }),
  reply: Customer,
  problems: ['customer-not-found'],
})

export const unlink = endpoint({
  method: 'DELETE',
  path: '/customers/:id/profiles/:profileId',
  access: 'customer.link',
  summary: 'Splits one profile off into the customer it came from, or a new one',
  params: z.strictObject({ id: z.uuid(), profileId: z.uuid() }),
  reply: Customer,
  problems: ['customer-not-found', 'profile-not-found', 'profile-only-one'],
})

/** Formula-safe: a cell that a spreadsheet would run is written so that it is text, and reads back unchanged. */
export const exportFile = endpoint({
  method: 'GET',
  path: '/customers/export',
  access: 'customer.export',
  summary:
    'The customers of a list as a CSV or XLSX file, within the caller’s export scope; personal fields in clear only with `Zhike-Purpose`',
  query: z.strictObject({ ...customerQuery, format: z.enum(['csv', 'xlsx']).optional(), locale: z.enum(['zh', 'en']).optional() }),
  reply: z.unknown(),
  replyType: 'file',
})
