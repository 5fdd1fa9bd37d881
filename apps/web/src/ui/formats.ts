import { useTranslation } from './translation.ts'

/** Writes figures, money and times in the reader's language, the company's currency and time zone. */
export interface Formats {
  /** Full digits: 23,418. */
  count(value: number): string
  /** Full digits of an amount in minor units: ¥48,210.00. */
  money(minor: number, currency?: string): string
  /** An amount for a card: ¥4.1万, ¥41.7K. */
  moneyShort(minor: number, currency?: string): string
  /** A unit price, in 1/10,000 of the major unit: ¥19.80, ¥0.0125. */
  price(value: number, currency?: string): string
  /** Minor units in one major unit: 100 for CNY, 1 for JPY. */
  minorUnit(currency?: string): number
  /** The instant of a wall clock in the company's time zone: `2026-11-21T10:42`. */
  instantOf(wallClock: string): string
  /** A share 0–1: 9.4%. */
  percent(share: number): string
  /** A figure of few digits: 0.97. */
  decimal(value: number, digits?: number): string
  /** +126, −40, 0. */
  signed(value: number): string
  /** +12.3%, −4%: how much more or less, as a share. */
  change(share: number): string
  /** A month written YYYY-MM: 2026 年 10 月, October 2026. */
  month(month: string): string
  /** Day of an instant in the company's time zone: 2026-11-21. */
  day(instant: string): string
  /** 2026-11-21 10:42. */
  moment(instant: string): string
  /** How long ago by the company's calendar: 今天, 3 天前, 14 个月前. */
  ago(instant: string): string
  /** File size: 4.2 MB. */
  bytes(value: number): string
}

export interface FormatSettings {
  locale: string
  currency: string
  timeZone: string
}

/** Made when it is first asked for: each format of Intl takes a millisecond and more to make, and a page uses few of them. */
function lazy<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** Digits behind the point of a currency. */
export const minorDigits = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

const moneyStyles = {
  full: {},
  whole: { maximumFractionDigits: 0 },
  compact: { notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 },
  price: { maximumFractionDigits: 4 },
} as const satisfies Record<string, Intl.NumberFormatOptions>

/** @param now the present instant, for “3 days ago” */
export function createFormats({ locale, currency, timeZone }: FormatSettings, now: () => Date = () => new Date()): Formats {
  const money = new Map<string, Intl.NumberFormat>()
  const moneyAs = (style: keyof typeof moneyStyles, code: string) => {
    const key = `${style} ${code}`
    const format =
      money.get(key) ??
      new Intl.NumberFormat(locale, { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol', ...moneyStyles[style] })
    money.set(key, format)
    return format
  }
  const units = new Map<string, number>()
  const unitOf = (code: string) => {
    const unit = units.get(code) ?? 10 ** minorDigits(code)
    units.set(code, unit)
    return unit
  }
  const number = lazy(() => new Intl.NumberFormat(locale))
  const share = lazy(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }))
  const signedShare = lazy(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }))
  const months = lazy(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'long' }))
  const sign = lazy(() => new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }))
  const relative = lazy(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
  const counted = lazy(() => new Intl.RelativeTimeFormat(locale))
  // Near days have names (yesterday); more is counted: “last year” says too little of 14 months.
  const agoText = (days: number) => {
    if (Math.abs(days) < 90) return relative().format(days, 'day')
    if (Math.abs(days) < 731) return counted().format(Math.trunc(days / 30.4375), 'month')
    return counted().format(Math.trunc(days / 365.25), 'year')
  }
  // The Swedish locale writes ISO dates.
  const isoDay = lazy(() => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }))
  const isoMoment = lazy(() => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }))
  const dayNumber = (at: Date) => Date.parse(isoDay().format(at)) / 86_400_000
  return {
    count: (value) => number().format(value),
    money: (minor, code = currency) => moneyAs('full', code).format(minor / unitOf(code)),
    moneyShort: (minor, code = currency) => {
      const value = minor / unitOf(code)
      return moneyAs(Math.abs(value) >= 10_000 ? 'compact' : 'whole', code).format(value)
    },
    price: (value, code = currency) => moneyAs('price', code).format(value / 10_000),
    minorUnit: (code = currency) => unitOf(code),
    instantOf: (wallClock) => {
      const wanted = Date.parse(`${wallClock}Z`)
      const clockAt = (instant: number) => Date.parse(`${isoMoment().format(instant).replace(' ', 'T')}Z`)
      // The offset that holds at the first guess need not hold at the instant itself: clocks change.
      const guess = wanted - (clockAt(wanted) - wanted)
      return new Date(guess - (clockAt(guess) - wanted)).toISOString()
    },
    percent: (value) => share().format(value),
    decimal: (value, digits = 2) => value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    signed: (value) => sign().format(value).replace('-', '−'),
    change: (value) => signedShare().format(value).replace('-', '−'),
    month: (month) =>
      months()
        .format(new Date(`${month}-15T00:00:00Z`))
        .replaceAll(/(\d)(\p{Script=Han})/gu, '$1 $2 ')
        .trim(),
    day: (instant) => isoDay().format(new Date(instant)),
    moment: (instant) => isoMoment().format(new Date(instant)),
    ago: (instant) => {
      const days = dayNumber(new Date(instant)) - dayNumber(now())
      return agoText(days).replace(/(\d)(\p{Script=Han})/u, '$1 $2')
    },
    bytes: (value) => {
      const power = value < 1024 ? 0 : value < 1024 ** 2 ? 1 : value < 1024 ** 3 ? 2 : 3
      const unit = ['byte', 'kilobyte', 'megabyte', 'gigabyte'][power]!
      return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: power === 0 ? 0 : 1 }).format(
        value / 1024 ** power,
      )
    },
  }
}

let company = { currency: 'CNY', timeZone: 'Asia/Shanghai' }
const made = new Map<string, Formats>()

/** The company's currency and time zone, known once its settings are read. */
export function setCompanyFormats({ currency, timeZone }: { currency: string; timeZone: string }): void {
  company = { currency, timeZone }
}

/** Formats of the language on screen. */
export function useFormats(): Formats {
  const { i18n } = useTranslation()
  return formatsOf({ locale: i18n.language === 'en' ? 'en' : 'zh-CN', ...company })
}

/** Made once per language: the formats of Intl are slow to make and fast to use. */
function formatsOf(settings: FormatSettings): Formats {
  const key = JSON.stringify(settings)
  const formats = made.get(key) ?? createFormats(settings)
  made.set(key, formats)
  return formats
}
