import type { Locale } from '@zhike/contract/texts/locale.ts'

const tagOf: Record<Locale, string> = { zh: 'zh-CN', en: 'en-US' }

export const count = (value: number, locale: Locale): string => new Intl.NumberFormat(tagOf[locale]).format(value)

/** An amount in minor units of its currency. */
export function money(minor: number, currency: string, locale: Locale): string {
  const format = new Intl.NumberFormat(tagOf[locale], { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

export const percent = (share: number, locale: Locale): string =>
  new Intl.NumberFormat(tagOf[locale], { style: 'percent', maximumFractionDigits: 1 }).format(share)

/** An instant in the clock of this machine: 2026-01-31 08:05:00. */
export function moment(instant: string | null): string {
  if (instant === null) return '—'
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(instant))
}

const units = ['B', 'kB', 'MB', 'GB', 'TB']

export function bytes(value: number): string {
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3))
  return `${(value / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}
