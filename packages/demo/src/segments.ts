import type { Day } from './days.ts'
import { isoDay, weekday } from './days.ts'

export type Segment = 'regular' | 'family' | 'gift' | 'occasional' | 'vip' | 'lapsed-vip' | 'company'

/**
 * Habits of a segment as BG/NBD and gamma-gamma draw them: purchases per week ~ Gamma(r, alpha), drop-out after each purchase
 * ~ Beta(a, b), mean spend in yuan = mean · Gamma(shape)/shape.
 * @see Fader, Hardie & Lee (2005), Marketing Science 24, 275–284
 */
export interface Habit {
  share: number
  r: number
  alpha: number
  a: number
  b: number
  spend: { mean: number; shape: number }
  /** Weight of Sunday … Saturday. */
  week: readonly number[]
  /** How strongly the feasts draw: 0 not at all, 1 like everybody. */
  feasts: number
}

const EVERY_DAY = [1.35, 0.8, 0.8, 0.85, 0.9, 1.05, 1.45]

export const habits: Record<Segment, Habit> = {
  regular: { share: 0.44, r: 0.9, alpha: 22, a: 0.9, b: 3, spend: { mean: 165, shape: 4 }, week: EVERY_DAY, feasts: 1 },
  family: {
    share: 0.2,
    r: 1.6,
    alpha: 27,
    a: 0.8,
    b: 5,
    spend: { mean: 230, shape: 6 },
    week: [3.2, 0.2, 0.2, 0.2, 0.3, 0.7, 3.6],
    feasts: 1,
  },
  gift: { share: 0.13, r: 1.4, alpha: 34, a: 0.7, b: 4, spend: { mean: 520, shape: 4 }, week: EVERY_DAY, feasts: 12 },
  occasional: { share: 0.178, r: 0.5, alpha: 34, a: 1.6, b: 2, spend: { mean: 110, shape: 5 }, week: EVERY_DAY, feasts: 1 },
  vip: { share: 0.014, r: 5, alpha: 18, a: 0.6, b: 30, spend: { mean: 720, shape: 5 }, week: EVERY_DAY, feasts: 1.5 },
  'lapsed-vip': { share: 0.016, r: 5, alpha: 17, a: 0.6, b: 30, spend: { mean: 680, shape: 5 }, week: EVERY_DAY, feasts: 1.5 },
  company: {
    share: 0.015,
    r: 2,
    alpha: 18,
    a: 0.6,
    b: 9,
    spend: { mean: 5600, shape: 2.5 },
    week: [0, 1.4, 1.5, 1.4, 1.4, 1.3, 0],
    feasts: 3,
  },
}

export const segments = Object.keys(habits) as Segment[]

/** How much more is bought on a day because of the season: 1 = as on any day. */
export function season(day: Day, feasts: { spring: readonly Day[]; midAutumn: readonly Day[] }, pull: number): number {
  const monthDay = isoDay(day).slice(5)
  let weight = 1
  if (feasts.spring.some((feast) => feast - day >= 2 && feast - day <= 26)) weight += 1.3 * pull
  if (feasts.midAutumn.some((feast) => feast - day >= 1 && feast - day <= 20)) weight += 1.1 * pull
  if (feasts.spring.some((feast) => day - feast >= 0 && day - feast <= 6)) weight *= 0.45
  if (monthDay >= '03-25' && monthDay <= '04-25') weight += 0.35
  if (monthDay >= '11-09' && monthDay <= '11-12') weight += 0.8
  if (monthDay >= '06-16' && monthDay <= '06-19') weight += 0.5
  if (monthDay >= '07-05' && monthDay <= '08-20') weight -= 0.15
  return weight
}

/** Weight of a day for a segment: season times day of the week. */
export const dayWeight = (habit: Habit, day: Day, feasts: { spring: readonly Day[]; midAutumn: readonly Day[] }): number =>
  season(day, feasts, habit.feasts) * (habit.week[weekday(day)] ?? 1)
