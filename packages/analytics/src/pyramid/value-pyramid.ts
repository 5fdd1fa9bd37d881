import { type Numbers, requireFinite } from '../numbers.ts'
import { classesFromTop } from '../pareto/abc-classes.ts'
import { sortedAscending } from '../rank/split-by-rank.ts'

/** Levels of the value pyramid from the top; a level's number is its place here. */
export const pyramidLevels = ['key', 'major', 'ordinary', 'small'] as const

/** Shares of heads per level, top first, adding up to 1. */
export type PyramidShares = readonly [key: number, major: number, ordinary: number, small: number]

export interface PyramidLevel {
  name: (typeof pyramidLevels)[number]
  heads: number
  value: number
  /** The smallest value in the level; null when it is empty. */
  lowest: number | null
}

export interface ValuePyramid {
  /** Level number of each customer, in the order given. */
  levels: Uint8Array
  summary: PyramidLevel[]
}

/**
 * Value pyramid by heads: the top 1 % are key customers, the next 4 % major, the next 15 % ordinary, the rest small. Each border is
 * rounded up (⌈n·cumulative share⌉), so that even a small company has a key customer; equal values rank in the order in which they stand.
 * @param values value per customer, any unit, below zero allowed
 * @throws RangeError when a value is not finite or the shares are not in [0, 1] adding up to 1
 * @see Curry and Curry (2000), The Customer Marketing Method, for the 1-4-15-80 pyramid
 */
export function valuePyramid(values: Numbers, shares: PyramidShares = [0.01, 0.04, 0.15, 0.8]): ValuePyramid {
  requireFinite(values, 'values')
  const total = shares.reduce((sum, share) => sum + share, 0)
  if (shares.some((share) => !(share >= 0)) || Math.abs(total - 1) > 1e-9) {
    throw new RangeError(`pyramid shares must be at least 0 and add up to 1: ${shares.join(', ')}`)
  }
  const levels = classesFromTop(values, borders(values.length, shares), sortedAscending(values))
  return { levels, summary: summarise(values, levels) }
}

function borders(count: number, [key, major, ordinary]: PyramidShares): number[] {
  // The subtrahend keeps 0.1 + 0.2 from becoming one head more than three tenths.
  return [key, key + major, key + major + ordinary].map((share) => Math.ceil(count * share - 1e-9))
}

function summarise(values: Numbers, levels: Uint8Array): PyramidLevel[] {
  const summary: PyramidLevel[] = pyramidLevels.map((name) => ({ name, heads: 0, value: 0, lowest: null }))
  for (let i = 0; i < values.length; i++) {
    const level = summary[levels[i]!]!
    const value = values[i]!
    level.heads++
    level.value += value
    level.lowest = level.lowest === null ? value : Math.min(level.lowest, value)
  }
  return summary
}
