/** When an analysis runs by itself, as people say it. `other` is a schedule that was set elsewhere, kept as it is. */
export type Schedule = { every: 'never' } | { every: 'day' | 'week' | 'month'; time: string } | { every: 'other'; cron: string }

const two = (value: number) => String(value).padStart(2, '0')

/** Reads `0 3 * * *` as daily at 03:00, `0 3 * * 1` as weekly on Monday, `0 3 1 * *` as monthly on the first. */
export function scheduleOf(cron: string | null): Schedule {
  if (cron === null) return { every: 'never' }
  const parts = /^(\d{1,2}) (\d{1,2}) (\*|1) \* (\*|1)$/.exec(cron.trim())
  const [, minute, hour, monthDay, weekDay] = parts ?? []
  if (monthDay === undefined || (monthDay === '1' && weekDay === '1')) return { every: 'other', cron }
  const time = `${two(Number(hour))}:${two(Number(minute))}`
  return { every: monthDay === '1' ? 'month' : weekDay === '1' ? 'week' : 'day', time }
}

export function cronOf(schedule: Schedule): string | null {
  if (schedule.every === 'never') return null
  if (schedule.every === 'other') return schedule.cron
  const [hour, minute] = schedule.time.split(':').map(Number)
  return `${minute} ${hour} ${schedule.every === 'month' ? '1' : '*'} * ${schedule.every === 'week' ? '1' : '*'}`
}
