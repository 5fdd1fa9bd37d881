import { cleanText } from './text.ts'

/** Minor units per major unit as a power of ten (ISO 4217); all others have two. */
const exponents: Record<string, number> = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  CLP: 0,
  ISK: 0,
  UGX: 0,
  XAF: 0,
  XOF: 0,
  PYG: 0,
  RWF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
}

/** Decimal places of a currency's minor unit: 2 for CNY, 0 for JPY, 3 for KWD. */
export const minorDigits = (currency: string): number => exponents[currency] ?? 2

const symbols: [RegExp, string][] = [
  [/^(?:HK\$|HKD|港币|港元)/i, 'HKD'],
  [/^(?:NT\$|TWD|新台币|台币)/i, 'TWD'],
  [/^(?:US\$|USD|美元|美金)/i, 'USD'],
  [/^(?:S\$|SGD|新加坡元|新元)/i, 'SGD'],
  [/^(?:A\$|AUD|澳元)/i, 'AUD'],
  [/^(?:C\$|CAD|加元)/i, 'CAD'],
  [/^(?:€|EUR|欧元)/i, 'EUR'],
  [/^(?:£|GBP|英镑)/i, 'GBP'],
  [/^(?:JPY|日元|日圆)/i, 'JPY'],
  [/^(?:₩|KRW|韩元)/i, 'KRW'],
  [/^(?:₹|INR|Rs\.?)/i, 'INR'],
  [/^(?:₽|RUB|卢布)/i, 'RUB'],
  [/^(?:฿|THB|泰铢)/i, 'THB'],
  [/^(?:CHF|瑞郎)/i, 'CHF'],
  [/^(?:MOP|澳门元)/i, 'MOP'],
  [/^(?:MYR|RM(?!B)|林吉特)/i, 'MYR'],
  [/^(?:CN¥|CNY|RMB|人民币|元|圆|块)/i, 'CNY'],
]
/** ¥ is yuan and yen, $ is everybody's dollar: the default currency decides where it can. */
const dollars = new Set(['USD', 'CAD', 'AUD', 'HKD', 'SGD', 'NZD', 'TWD', 'MXN'])

/** The currency that a word or symbol names, as ISO 4217, or undefined: 元 → CNY, US$ → USD; $ and ¥ are the default currency's where they fit. */
export function parseCurrency(raw: string, defaultCurrency = 'CNY'): string | undefined {
  const text = cleanText(raw)
  if (text === '¥') return defaultCurrency === 'JPY' ? 'JPY' : 'CNY'
  if (text === '$') return dollars.has(defaultCurrency) ? defaultCurrency : 'USD'
  for (const [pattern, currency] of symbols) if (pattern.exec(text)?.[0].length === text.length) return currency
  return /^[A-Za-z]{3}$/.test(text) && isoCodes.has(text.toUpperCase()) ? text.toUpperCase() : undefined
}

const isoCodes = new Set(Intl.supportedValuesOf('currency'))

export type DecimalMark = '.' | ','

export type MoneyProblem = 'money-invalid' | 'money-ambiguous' | 'money-too-big'

export interface Money {
  /** In units of 10^-digits of the major unit: minor units for amounts, 1/10,000 for prices. A safe integer. */
  value: number
  /** When the text names one. */
  currency?: string
  /** The text was finer than a unit: rounded half away from zero. */
  rounded?: true
}

interface Decimal {
  negative: boolean
  whole: string
  fraction: string
}

const quick = /^(-?)(\d{1,12})(?:\.(\d{1,12}))?$/

/**
 * The digits of a number in text, whatever its marks. '1,234' is read as thousands and '1.234' as decimals unless the column's
 * decimal mark is known to be the other; '1,23' can only be decimals; '1,2345' says neither.
 */
function parseDecimal(text: string, mark: DecimalMark | undefined): Decimal | MoneyProblem {
  const fast = mark === ',' ? null : quick.exec(text)
  if (fast) return { negative: fast[1] === '-', whole: fast[2] as string, fraction: fast[3] ?? '' }
  const sign = /^([-+]?)(.*?)$/.exec(text) as RegExpExecArray
  const negative = sign[1] === '-'
  const body = (sign[2] as string).replace(/(?<=\d)[ '’\u00a0](?=\d{3}(?!\d))/g, '')
  const scientific = /^(\d+)(?:[.,](\d+))?e([+-]?\d{1,2})$/i.exec(body)
  if (scientific) return shifted({ negative, whole: scientific[1] as string, fraction: scientific[2] ?? '' }, Number(scientific[3]))
  if (!/^[\d.,]*\d[\d.,]*$/.test(body) || body.length > 40) return 'money-invalid'
  const commas = body.split(',').length - 1
  const points = body.split('.').length - 1
  const decimal = decimalMark(body, commas, points, mark)
  if (decimal === 'money-ambiguous' || decimal === 'money-invalid') return decimal
  const grouping = decimal === '.' ? ',' : '.'
  const [whole = '', fraction = '', more] = body.split(decimal)
  if (more !== undefined || fraction.includes(grouping)) return 'money-invalid'
  const groups = whole.split(grouping)
  const grouped =
    groups.length === 1 ||
    (/^\d{1,3}$/.test(groups[0] as string) &&
      groups.slice(1).every((group, i) => group.length === 3 || (group.length === 2 && i < groups.length - 2)))
  if (!grouped) return 'money-invalid'
  return { negative, whole: groups.join('') || '0', fraction }
}

function decimalMark(body: string, commas: number, points: number, mark: DecimalMark | undefined): DecimalMark | MoneyProblem {
  if (commas > 0 && points > 0) return body.lastIndexOf(',') > body.lastIndexOf('.') ? ',' : '.'
  if (mark !== undefined) return mark
  if (commas === 1) {
    const behind = body.length - body.indexOf(',') - 1
    if (behind === 3) return '.'
    return behind <= 2 ? ',' : 'money-ambiguous'
  }
  return points > 1 ? ',' : '.'
}

function shifted({ negative, whole, fraction }: Decimal, places: number): Decimal | MoneyProblem {
  if (Math.abs(places) > 20) return 'money-too-big'
  if (places >= 0) {
    const padded = fraction.padEnd(places, '0')
    return { negative, whole: whole + padded.slice(0, places), fraction: padded.slice(places) }
  }
  const padded = whole.padStart(1 - places, '0')
  return { negative, whole: padded.slice(0, places), fraction: padded.slice(places) + fraction }
}

function toUnits({ negative, whole, fraction }: Decimal, digits: number): { value: number; rounded: boolean } | 'money-too-big' {
  const kept = fraction.slice(0, digits).padEnd(digits, '0')
  const rest = fraction.slice(digits)
  // at most 15 digits are exact in a double; one more is checked below
  const number = (whole + kept).replace(/^0+(?=\d)/, '')
  if (number.length > 16) return 'money-too-big'
  const rounded = /[1-9]/.test(rest)
  const value = Number(number) + (rest.charCodeAt(0) >= 53 ? 1 : 0)
  if (!Number.isSafeInteger(value)) return 'money-too-big'
  return { value: negative && value !== 0 ? -value : value, rounded }
}

const multipliers: Record<string, number> = { 千: 3, k: 3, 万: 4, w: 4, 萬: 4, 百万: 6, 千万: 7, 亿: 8, 億: 8 }

interface Stripped {
  number: string
  places: number
  currency?: string
}

/** Takes brackets, signs, currency words and 万/亿 away from both ends. */
function strip(raw: string, defaultCurrency: string): Stripped | undefined {
  let text = cleanText(raw)
    .replace(/[−–—﹣]/g, '-')
    .replace(/^['=]+/, '')
  let negative = false
  let currency: string | undefined
  let places = 0
  const bracketed = /^\((.*)\)$/.exec(text)
  if (bracketed) {
    text = bracketed[1] as string
    negative = true
  }
  for (let turn = 0; turn < 6; turn++) {
    const front = /^\s*([^\d.,+\-\s]+)\s*(?=[-+]?[\d.,(])/.exec(text)
    if (front) {
      const found = parseCurrency(front[1] as string, defaultCurrency)
      if (found === undefined || (currency !== undefined && currency !== found)) return undefined
      currency = found
      text = text.slice(front[0].length)
    }
    const minus = /^\s*-\s*(?=\D)/.exec(text) ?? /-\s*$/.exec(text)
    if (minus) {
      if (negative) return undefined
      negative = true
      text = minus.index === 0 ? text.slice(minus[0].length) : text.slice(0, minus.index)
    }
    const multiplier = places === 0 ? /(?<=\d)\s*(百万|千万|[千万萬亿億kw])\s*$/i.exec(text) : null
    if (multiplier) {
      places = multipliers[(multiplier[1] as string).toLowerCase()] ?? 0
      text = text.slice(0, multiplier.index)
    }
    const back = /(?<=[\d.,\s百千万萬亿億kwKW])\s*([^\d.,+\-\s()百千万萬亿億]+)(整|正)?\s*$/.exec(text)
    if (back) {
      const found = parseCurrency((back[1] as string).replace(/[整正]$/, ''), defaultCurrency)
      if (found === undefined || (currency !== undefined && currency !== found)) return undefined
      currency = found
      text = text.slice(0, back.index)
    }
    if (!front && !minus && !multiplier && !back) break
  }
  text = text.trim()
  if (negative) {
    if (/^[-+]/.test(text)) return undefined
    text = `-${text}`
  }
  return { number: text, places, ...(currency ? { currency } : {}) }
}

export interface MoneyOptions {
  /** Of texts that name none; decides what $ and ¥ mean. */
  currency?: string
  /** When the column's decimal mark is known. */
  decimal?: DecimalMark | undefined
}

function parseUnits(raw: string, digitsOf: (currency: string) => number, options: MoneyOptions): Money | MoneyProblem {
  const defaultCurrency = options.currency ?? 'CNY'
  const plain = options.decimal !== ',' && quick.test(raw)
  if (!plain && raw.length > 60) return 'money-invalid'
  const stripped = plain ? { number: raw, places: 0 } : strip(raw, defaultCurrency)
  if (stripped === undefined) return 'money-invalid'
  const decimal = parseDecimal(stripped.number, options.decimal)
  if (typeof decimal === 'string') return decimal
  const whole = stripped.places === 0 ? decimal : shifted(decimal, stripped.places)
  if (typeof whole === 'string') return whole
  const currency = 'currency' in stripped ? stripped.currency : undefined
  const units = toUnits(whole, digitsOf(currency ?? defaultCurrency))
  if (typeof units === 'string') return units
  const money: Money = { value: units.value }
  if (currency) money.currency = currency
  if (units.rounded) money.rounded = true
  return money
}

/**
 * A sum of money in minor units of its currency, exactly, by the digits of the text: ¥1,234.50 → 123450 CNY, (12.00) → -1200, 12.5万 →
 * 12500000, 1.234,50 € → 123450 EUR. What is finer than a minor unit is rounded half away from zero, and said so.
 */
export const parseAmount = (raw: string, options: MoneyOptions = {}): Money | MoneyProblem => parseUnits(raw, minorDigits, options)

const priceDigits = () => 4

/** A unit price in 1/10,000 of the major unit, whatever the currency: 2.55 → 25500. */
export const parsePrice = (raw: string, options: MoneyOptions = {}): Money | MoneyProblem => parseUnits(raw, priceDigits, options)

/** Which decimal mark a column uses, if its values tell: '1.234,50' and '12,5' say comma, '1,234.50' and '12.5' say point. */
export function detectDecimalMark(samples: readonly string[]): DecimalMark | undefined {
  let comma = 0
  let point = 0
  for (const sample of samples) {
    const text = cleanText(sample).replace(/[^\d.,]/g, '')
    if (/^\d{1,3}(\.\d{3})*,\d{1,2}$/.test(text) || /^\d+,(\d{1,2}|\d{4,})$/.test(text) || /^\d{1,3}(\.\d{3}){2,}$/.test(text)) comma++
    else if (/^\d{1,3}(,\d{3})*\.\d{1,2}$/.test(text) || /^\d+\.(\d{1,2}|\d{4,})$/.test(text) || /^\d{1,3}(,\d{3}){2,}$/.test(text)) point++
  }
  if (comma === point) return undefined
  return comma > point ? ',' : '.'
}

/** A quantity with at most three decimals (thousandths are exact integers inside), or undefined. Units behind it (件, kg) are left out. */
export function parseQuantity(raw: string, decimal?: DecimalMark): number | undefined {
  if (/^-?\d{1,9}$/.test(raw)) return Number(raw) + 0
  if (raw.length > 40) return undefined
  const text = cleanText(raw)
    .replace(/[−–—]/g, '-')
    .replace(/(?<=\d)\s*(?:[\p{Script=Han}]{1,2}|pcs?|kg|g|ml|l|m|x)$/iu, '')
    .replace(/^[x×]\s*(?=\d)/i, '')
  const bracketed = /^\(([^()-]+)\)$/.exec(text)
  const number = parseDecimal(bracketed ? `-${bracketed[1]}` : text, decimal)
  if (typeof number === 'string') return undefined
  const units = toUnits(number, 3)
  if (typeof units === 'string' || units.rounded || Math.abs(units.value) > 1e12) return undefined
  return units.value / 1000
}
