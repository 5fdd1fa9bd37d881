import { z } from 'zod'
import { profileFields } from './profile-fields.ts'

/** What the text of a cell must become. `amount`: a sum of money; `price`: a unit price, up to four decimals. */
export type CellType =
  | 'text'
  | 'phone'
  | 'email'
  | 'amount'
  | 'price'
  | 'quantity'
  | 'ordinal'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'birthDate'
  | 'sex'
  | 'kind'
  | 'region'
  | 'tags'
  | 'choice'

interface ImportField {
  type: CellType
  /** A row without it is refused. */
  required?: true
  /** A file has it in every row or has no such column: a row without it is refused once the column is mapped. */
  everyRow?: true
}

const p = (type: CellType) => ({ type }) as const
const customerReference = {
  customerExternalId: p('text'),
  customerPhone: p('phone'),
  customerEmail: p('email'),
  customerMemberNumber: p('text'),
  customerName: p('text'),
} as const

/** What can be imported, and the fields a file's columns may be mapped to. Labels and examples live in `texts/`. */
export const importKinds = {
  customers: {
    kind: p('kind'),
    ...(Object.fromEntries((Object.keys(profileFields) as (keyof typeof profileFields)[]).map((field) => [field, p('text')])) as {
      [F in keyof typeof profileFields]: { type: 'text' }
    }),
    name: p('text'),
    /** Files that part the name in two: put together when there is no whole name. */
    surname: p('text'),
    givenName: p('text'),
    phone: p('phone'),
    email: p('email'),
    sex: p('sex'),
    birthDate: p('birthDate'),
    registeredOn: p('date'),
    province: p('region'),
    city: p('region'),
    district: p('region'),
    tags: p('tags'),
    /** One column with the whole address, 浙江省杭州市西湖区文三路 1 号: taken apart into the four. */
    fullAddress: p('text'),
  },
  products: {
    code: { type: 'text', required: true },
    name: p('text'),
    category: p('text'),
    brand: p('text'),
    price: p('price'),
    cost: p('price'),
    unit: p('text'),
    currency: p('text'),
  },
  orders: {
    number: p('text'),
    placedAt: { type: 'datetime', required: true },
    amount: { type: 'amount', required: true },
    discount: p('amount'),
    currency: p('text'),
    quantity: p('quantity'),
    shop: p('text'),
    status: p('choice'),
    paymentMeans: p('text'),
    ...customerReference,
  },
  'order-lines': {
    orderNumber: { type: 'text', required: true },
    /** The line within its order. A file without it numbers lines by their place among the rows of the order. */
    lineNumber: { type: 'ordinal', everyRow: true },
    placedAt: { type: 'datetime', required: true },
    productCode: p('text'),
    productName: p('text'),
    category: p('text'),
    quantity: { type: 'quantity', required: true },
    unitPrice: p('price'),
    amount: p('amount'),
    discount: p('amount'),
    currency: p('text'),
    shop: p('text'),
    country: p('text'),
    ...customerReference,
  },
  payments: {
    orderNumber: { type: 'text', required: true },
    paidAt: { type: 'datetime', required: true },
    amount: { type: 'amount', required: true },
    currency: p('text'),
    means: p('text'),
    reference: p('text'),
  },
  returns: {
    orderNumber: { type: 'text', required: true },
    returnedAt: { type: 'datetime', required: true },
    productCode: p('text'),
    quantity: p('quantity'),
    amount: { type: 'amount', required: true },
    currency: p('text'),
    reason: p('text'),
    reference: p('text'),
  },
  contacts: {
    happenedAt: { type: 'datetime', required: true },
    medium: p('choice'),
    direction: p('choice'),
    purpose: p('text'),
    content: p('text'),
    result: p('text'),
    nextStep: p('text'),
    staff: p('text'),
    reference: p('text'),
    ...customerReference,
  },
} as const satisfies Record<string, Record<string, ImportField>>

export type ImportKind = keyof typeof importKinds
export const ImportKind = z.enum(Object.keys(importKinds) as [ImportKind, ...ImportKind[]])
