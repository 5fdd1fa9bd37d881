import { expect, test } from 'vitest'
import { beta, exponential, gamma, normal, type Random, seededRandom } from './random.ts'

function moments(draw: (random: Random) => number, count = 40_000): { mean: number; variance: number } {
  const random = seededRandom(7)
  const values = Array.from({ length: count }, () => draw(random))
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count }
}

test('the same seed gives the same numbers, another seed others', () => {
  const [one, same, other] = [seededRandom(1), seededRandom(1), seededRandom(2)]
  const first = Array.from({ length: 50 }, one)
  expect(Array.from({ length: 50 }, same)).toEqual(first)
  expect(Array.from({ length: 50 }, other)).not.toEqual(first)
  expect(first.every((value) => value >= 0 && value < 1)).toBe(true)
})

test.each([
  ['uniform', (random: Random) => random(), 1 / 2, 1 / 12],
  ['normal', normal, 0, 1],
  ['exponential, rate 2', (random: Random) => exponential(random, 2), 0.5, 0.25],
  ['gamma, shape 0.24, rate 4.4', (random: Random) => gamma(random, 0.24, 4.4), 0.24 / 4.4, 0.24 / 4.4 ** 2],
  ['gamma, shape 6, rate 2', (random: Random) => gamma(random, 6, 2), 3, 1.5],
  ['beta(0.8, 2.4)', (random: Random) => beta(random, 0.8, 2.4), 0.25, (0.8 * 2.4) / (3.2 ** 2 * 4.2)],
])('%s has its mean and variance', (_, draw, mean, variance) => {
  const seen = moments(draw)
  expect(Math.abs(seen.mean - mean)).toBeLessThan(4 * Math.sqrt(variance / 40_000))
  expect(seen.variance / variance).toBeGreaterThan(0.93)
  expect(seen.variance / variance).toBeLessThan(1.07)
})
