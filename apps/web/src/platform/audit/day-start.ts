/** When a day begins in a time zone: 2026-03-01 in Asia/Shanghai is 2026-02-28T16:00:00.000Z. */
export function dayStart(day: string, timeZone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const first = midnight - offsetAt(midnight, timeZone)
  // Where clocks change between the two, the offset of the answer itself counts.
  return new Date(midnight - offsetAt(first, timeZone)).toISOString()
}

export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

/** How far local clocks are ahead of UTC, in ms. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(instant)
  return Date.parse(`${parts.replace(' ', 'T')}Z`) - Math.floor(instant / 1000) * 1000
}
