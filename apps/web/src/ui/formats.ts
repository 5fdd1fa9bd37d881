import { useTranslation } from 'react-i18next'

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

/** Digits behind the point of a currency. */
export const minorDigits = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** @param now the present instant, for “3 days ago” */
export function createFormats({ locale, currency, timeZone }: FormatSettings, now: () => Date = () => new Date()): Formats {
  const money = (code: string, options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol', ...options })
  const full = new Map<string, [Intl.NumberFormat, number]>()
  const fullMoney = (code: string) => {
    if (!full.has(code)) full.set(code, [money(code, {}), 10 ** minorDigits(code)])
    return full.get(code)!
  }
  const number = new Intl.NumberFormat(locale)
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const signedShare = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' })
  const months = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'long' })
  const sign = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const counted = new Intl.RelativeTimeFormat(locale)
  // Near days have names (yesterday); more is counted: “last year” says too little of 14 months.
  const agoText = (days: number) => {
    if (Math.abs(days) < 90) return relative.format(days, 'day')
    if (Math.abs(days) < 731) return counted.format(Math.trunc(days / 30.4375), 'month')
    return counted.format(Math.trunc(days / 365.25), 'year')
  }
  // The Swedish locale writes ISO dates.
  const isoDay = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  const isoMoment = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const dayNumber = (at: Date) => Date.parse(isoDay.format(at)) / 86_400_000
  return {
    count: (value) => number.format(value),
    money: (minor, code = currency) => {
      const [format, unit] = fullMoney(code)
      return format.format(minor / unit)
    },
    moneyShort: (minor, code = currency) => {
      const value = minor / fullMoney(code)[1]
      const large = Math.abs(value) >= 10_000
      return money(
        code,
        large ? { notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 } : { maximumFractionDigits: 0 },
      ).format(value)
    },
    price: (value, code = currency) => money(code, { maximumFractionDigits: 4 }).format(value / 10_000),
    minorUnit: (code = currency) => fullMoney(code)[1],
    instantOf: (wallClock) => {
      const wanted = Date.parse(`${wallClock}Z`)
      const clockAt = (instant: number) => Date.parse(`${isoMoment.format(instant).replace(' ', 'T')}Z`)
      // The offset that holds at the first guess need not hold at the instant itself: clocks change.
      const guess = wanted - (clockAt(wanted) - wanted)
      return new Date(guess - (clockAt(guess) - wanted)).toISOString()
    },
    percent: (value) => share.format(value),
    decimal: (value, digits = 2) => value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    signed: (value) => sign.format(value).replace('-', '−'),
    change: (value) => signedShare.format(value).replace('-', '−'),
    month: (month) =>
      months
        .format(new Date(`${month}-15T00:00:00Z`))
        .replaceAll(/(\d)(\p{Script=Han})/gu, '$1 $2 ')
        .trim(),
    day: (instant) => isoDay.format(new Date(instant)),
    moment: (instant) => isoMoment.format(new Date(instant)),
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
