export interface Month {
  /** YYYY-MM */
  month: string
  /** Minor units, returns taken off. */
  net: number
  orders: number
}

export interface Finding {
  kind: 'more' | 'less' | 'moreMonth' | 'lessMonth' | 'alone'
  month: string
  net: number
  /** Share, 0 and up; nothing to compare with: undefined. */
  change?: number
}

const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
const monthText = (number: number) => `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`

/** Every month from the first with sales to `current`, those without any as zero; the last fourteen. */
export function everyMonth<T extends { month: string }>(months: readonly T[], current: string, empty: (month: string) => T): T[] {
  const known = new Map(months.map((each) => [each.month, each]))
  const first = Math.max(Math.min(...months.map(({ month }) => monthNumber(month))), monthNumber(current) - 13)
  const length = Math.max(monthNumber(current) - first + 1, 0)
  return Array.from({ length }, (_, i) => monthText(first + i)).map((month) => known.get(month) ?? empty(month))
}

/** What the last whole month says: against the same month a year ago, else against the month before it. */
export function salesFinding(months: readonly Month[], current: string): Finding | undefined {
  const last = months.findLast(({ month, orders }) => month < current && orders > 0) ?? months.at(-1)
  if (!last) return undefined
  const at = (before: number) => months.find(({ month }) => month === monthText(monthNumber(last.month) - before))
  const [yearAgo, monthAgo] = [at(12), at(1)]
  const against = (than: Month, more: Finding['kind'], less: Finding['kind']): Finding => {
    const change = last.net / than.net - 1
    return { kind: change >= 0 ? more : less, month: last.month, net: last.net, change: Math.abs(change) }
  }
  if (yearAgo && yearAgo.net > 0) return against(yearAgo, 'more', 'less')
  if (monthAgo && monthAgo.net > 0) return against(monthAgo, 'moreMonth', 'lessMonth')
  return { kind: 'alone', month: last.month, net: last.net }
}
