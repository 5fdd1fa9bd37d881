import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import type { ValueProfile } from './value-profile.ts'

/** How values speak about a field. */
export interface Fit {
  /** Whether they can be this field's, in [0, 1]; below 0.3 they contradict it. */
  fit: number
  /** How far they point to it without any header, in [0, 1]. */
  evidence: number
}

type Judge = (profile: ValueProfile) => Fit

const fit = (share: number, weight: number): Fit => ({ fit: share, evidence: share >= 0.6 ? share * weight : 0 })
const text =
  (evidence = 0): Judge =>
  (p) => ({
    fit: p.date || p.is.phone > 0.6 || p.is.email > 0.6 || p.is.idNumber > 0.6 ? 0.25 : 0.75,
    evidence: p.number > 0.5 ? 0 : evidence,
  })

const moment: Judge = (p) =>
  p.date && p.is.idNumber < 0.5 && !(p.is.phone > 0.6)
    ? { fit: p.date.fit, evidence: p.date.fit * (p.date.hasTime ? 0.85 : 0.78) * (p.year >= 1990 ? 1 : 0.5) }
    : { fit: 0, evidence: 0 }

/** Sums of money: numbers, rather with decimals than without. */
const money =
  (weight: number): Judge =>
  (p) => {
    if (p.number < 0.5 || p.is.phone > 0.5 || (p.date && p.date.format !== 'excel-serial' && p.date.fit > 0.8))
      return { fit: 0.05, evidence: 0 }
    return { fit: p.number, evidence: p.number * weight * (p.decimals > 0.2 ? 1 : p.zero > 0.5 ? 0.4 : 0.6) }
  }
const quantity: Judge = (p) => {
  if (p.number < 0.5 || p.is.phone > 0.5) return { fit: 0.05, evidence: 0 }
  const small = p.integer > 0.8 && p.median >= 1 && p.median <= 60 && p.largest <= 100_000
  return { fit: p.median > 1e7 ? 0.2 : p.number, evidence: small && p.distinct < 0.95 ? 0.68 : 0 }
}
/** Numbers of lines begin anew with each order; those that never come again number the rows of the file. */
const lineNumber: Judge = (p) => {
  const counted = p.number > 0.9 && p.integer > 0.9 && p.median >= 1
  return { fit: !counted ? 0.05 : p.count >= 5 && p.distinct > 0.9 ? 0.25 : 1, evidence: 0 }
}
const code =
  (evidence: number, minLength = 3): Judge =>
  (p) => {
    if (
      p.is.phone > 0.6 ||
      p.is.email > 0.3 ||
      p.is.idNumber > 0.5 ||
      (p.date && p.date.format !== 'excel-serial' && !p.date.compact && p.date.format !== 'unix-seconds')
    )
      return { fit: 0.15, evidence: 0 }
    if (p.decimals > 0.5) return { fit: 0.15, evidence: 0 }
    return {
      fit: p.code > 0.6 ? 1 : p.is.han > 0.5 ? 0.35 : 0.7,
      evidence: p.code > 0.8 && p.length >= minLength && p.distinct > 0.3 ? evidence * p.code : 0,
    }
  }
const word =
  (name: keyof ValueProfile['is'], weight: number, loose = 0.5): Judge =>
  (p) => {
    const share = p.is[name]
    return {
      fit: p.date || p.number > 0.8 || p.is.phone > 0.6 || p.is.email > 0.5 ? Math.max(share, 0.15) : Math.max(share, loose),
      evidence: share >= 0.6 ? share * weight : 0,
    }
  }
const person =
  (weight: number): Judge =>
  (p) => {
    const share = Math.min(1, p.is.person + p.is.organization)
    return {
      fit: p.number > 0.5 || p.code > 0.7 || p.date || p.is.email > 0.5 ? 0.1 : Math.max(share, 0.5),
      evidence: share >= 0.6 ? share * weight : 0,
    }
  }
const prose =
  (weight: number): Judge =>
  (p) => ({
    fit: p.number > 0.8 || p.date || p.is.phone > 0.6 || p.is.email > 0.6 ? 0.3 : 0.8,
    evidence: p.length > 9 && p.distinct > 0.5 && p.number < 0.3 && p.code < 0.3 && !p.date ? weight : 0,
  })

/** Names of goods: words that are no person's, place's or company's. */
const goods: Judge = (p) => {
  const other = p.is.person + p.is.organization + p.is.fullAddress + p.is.payment + p.is.status + p.is.country
  return {
    fit: p.number > 0.7 || p.date ? 0.1 : 0.85,
    evidence: p.number < 0.3 && p.code < 0.4 && other < 0.4 && p.distinct > 0.25 && p.length >= 3 && !p.date && p.is.email < 0.3 ? 0.55 : 0,
  }
}

const shared: Record<string, Judge> = {
  phone: (p) => fit(p.is.phone, 0.9),
  email: (p) => fit(p.is.email, 0.95),
  sex: (p) => ({ fit: Math.max(p.is.sex, p.integer > 0.9 && p.largest <= 9 ? 0.8 : 0), evidence: p.is.sex >= 0.7 ? p.is.sex * 0.9 : 0 }),
  externalId: code(0.52, 2),
  memberNumber: code(0.48, 4),
  currency: word('currency', 0.92, 0.3),
}

const customers: Record<string, Judge> = {
  ...shared,
  kind: word('kind', 0.85, 0.3),
  name: person(0.82),
  surname: (p) => ({ fit: p.number > 0.5 || p.date || p.length > 14 ? 0.1 : 0.9, evidence: 0 }),
  givenName: (p) => ({ fit: p.number > 0.5 || p.date || p.length > 20 ? 0.1 : 0.9, evidence: 0 }),
  birthDate: (p) => {
    if (p.is.lunar > 0.3) return { fit: 1, evidence: 0.9 }
    if (!p.date) return { fit: p.is.han > 0.5 ? 0.3 : 0.15, evidence: 0 }
    return {
      fit: p.year > 0 && p.year <= 2026 ? p.date.fit : 0.4,
      evidence: p.year >= 1930 && p.year <= 2008 && !p.date.hasTime ? 0.84 * p.date.fit : 0,
    }
  },
  registeredOn: (p) => (p.date ? { fit: p.date.fit, evidence: p.year >= 2009 ? 0.72 * p.date.fit : 0 } : { fit: 0, evidence: 0 }),
  unionid: (p) => ({ fit: p.code > 0.6 || p.is.openid > 0.5 ? 1 : 0.2, evidence: 0 }),
  openid: (p) => ({ fit: p.code > 0.6 || p.is.openid > 0.5 ? 1 : 0.4, evidence: p.is.openid > 0.8 ? 0.7 : 0 }),
  creditCode: (p) => fit(p.is.creditCode, 0.95),
  idNumber: (p) => fit(p.is.idNumber, 0.95),
  country: word('country', 0.82),
  province: word('province', 0.92, 0.4),
  city: (p) => ({ ...word('city', 0.92, 0.4)(p), ...(p.is.city > 0.9 && p.is.province > 0.5 ? { evidence: 0.4 } : {}) }),
  district: word('district', 0.85, 0.4),
  address: (p) => ({
    fit: p.number > 0.6 || p.date || p.is.email > 0.5 ? 0.1 : p.is.fullAddress > 0.6 ? 0.75 : 0.85,
    evidence: p.is.street > 0.6 && p.is.fullAddress < 0.5 ? 0.78 : 0,
  }),
  fullAddress: (p) => ({ fit: p.is.fullAddress, evidence: p.is.fullAddress > 0.6 ? 0.86 * p.is.fullAddress : 0 }),
  employer: (p) => ({ fit: p.number > 0.5 || p.date ? 0.1 : 0.7, evidence: p.is.organization > 0.6 ? 0.7 : 0 }),
  jobTitle: word('job', 0.82),
  industry: word('industry', 0.84),
  contactName: (p) => ({ fit: p.number > 0.5 || p.date ? 0.1 : Math.max(0.5, p.is.person), evidence: p.is.person > 0.7 ? 0.5 : 0 }),
  memberLevel: word('level', 0.84, 0.6),
  tags: (p) => ({ fit: p.date || p.is.phone > 0.5 ? 0.1 : 0.8, evidence: p.is.list > 0.5 ? 0.55 : 0 }),
  preference: text(0.1),
  taboo: text(0.1),
  note: prose(0.34),
}

const products: Record<string, Judge> = {
  code: code(0.66),
  name: goods,
  category: text(0.2),
  brand: text(0.15),
  price: money(0.68),
  cost: money(0.45),
  unit: word('unit', 0.85, 0.5),
  currency: shared.currency as Judge,
}

const reference: Record<string, Judge> = {
  customerExternalId: code(0.5, 2),
  customerPhone: (p) => fit(p.is.phone, 0.88),
  customerEmail: (p) => fit(p.is.email, 0.93),
  customerMemberNumber: code(0.4, 4),
  customerName: person(0.72),
}

const orderNumber: Judge = (p) => {
  const base = code(0.6, 5)(p)
  return { fit: base.fit, evidence: base.evidence * (p.length >= 8 ? 1.1 : 0.8) }
}

const trade: Record<string, Judge> = {
  orderNumber,
  amount: money(0.7),
  discount: (p) => ({ fit: money(0.5)(p).fit, evidence: p.number > 0.8 && p.zero > 0.3 ? 0.5 : 0 }),
  quantity,
  currency: shared.currency as Judge,
  shop: word('shop', 0.8, 0.65),
  productCode: code(0.5),
  productName: goods,
  category: text(0.2),
}

const judges: Record<ImportKind, Record<string, Judge>> = {
  customers,
  products,
  orders: {
    ...trade,
    ...reference,
    number: orderNumber,
    placedAt: moment,
    status: word('status', 0.84, 0.5),
    paymentMeans: word('payment', 0.86, 0.5),
  },
  'order-lines': { ...trade, ...reference, lineNumber, placedAt: moment, unitPrice: money(0.62), country: word('country', 0.82) },
  payments: { ...trade, paidAt: moment, means: word('payment', 0.86, 0.5), reference: code(0.45, 5) },
  returns: { ...trade, returnedAt: moment, reason: word('reason', 0.8, 0.6), reference: code(0.4, 5) },
  contacts: {
    ...reference,
    happenedAt: moment,
    medium: word('medium', 0.86, 0.4),
    direction: word('direction', 0.86, 0.4),
    purpose: text(0.2),
    content: prose(0.5),
    result: text(0.2),
    nextStep: text(0.15),
    staff: (p) => ({ fit: p.date || p.is.phone > 0.6 ? 0.1 : 0.75, evidence: p.is.person > 0.7 ? (p.distinct < 0.4 ? 0.74 : 0.45) : 0 }),
    reference: code(0.4),
  },
}

/** How a column's values speak about a field of a kind. */
export function judge(kind: ImportKind, field: string, profile: ValueProfile): Fit {
  if (profile.count === 0) return { fit: 0.7, evidence: 0 }
  return judges[kind][field]?.(profile) ?? { fit: 0.7, evidence: 0 }
}
