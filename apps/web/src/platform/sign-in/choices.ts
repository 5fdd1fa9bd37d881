import { localeTag } from '../../app/i18n.ts'
import type { Option } from '../../ui/field.tsx'

/** The device's own time zone first, then those of most readers, then all. */
export function timeZoneOptions(): Option[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return [...new Set([own, 'Asia/Shanghai', 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((value) => ({ value, label: value }))
}

/** The currencies that trade uses most first, then all. */
export function currencyOptions(): Option[] {
  const names = new Intl.DisplayNames(localeTag(), { type: 'currency' })
  const first = ['CNY', 'HKD', 'TWD', 'USD', 'EUR', 'GBP', 'JPY', 'SGD']
  return [...new Set([...first, ...Intl.supportedValuesOf('currency')])].map((value) => ({
    value,
    label: `${value} ${names.of(value) ?? ''}`,
  }))
}
