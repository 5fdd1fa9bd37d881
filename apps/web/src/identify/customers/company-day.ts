/** The instant at which a day begins in a time zone: 2026-11-21 in Shanghai is 2026-11-20T16:00Z. */
export function startOfDay(day: string, timeZone: string): string {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const wanted = Date.parse(`${day}T00:00:00Z`)
  let at = wanted
  // What the wall clock shows at the guess corrects the guess; twice, for the day on which the clocks change.
  for (let i = 0; i < 2; i += 1) at += wanted - Date.parse(`${wall.format(at).replace(' ', 'T')}Z`)
  return new Date(at).toISOString()
}
