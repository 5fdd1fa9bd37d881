import type { BirthDate } from '@zhike/contract/identify/profile-fields.ts'

/** Full years since a birth date; unknown without a year or when the day is covered. So it is of a lunar date, whose day falls elsewhere every year. */
export function ageOf(birth: { [Part in keyof BirthDate]?: BirthDate[Part] | undefined } | undefined, now: Date): number | undefined {
  if (!birth?.year) return undefined
  const years = now.getFullYear() - birth.year
  if (birth.calendar === 'lunar' || !birth.month || !birth.day) return undefined
  const hadBirthday = now.getMonth() + 1 > birth.month || (now.getMonth() + 1 === birth.month && now.getDate() >= birth.day)
  return hadBirthday ? years : years - 1
}
