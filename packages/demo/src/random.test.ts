import { describe, expect, test } from 'vitest'
import type { Random } from './random.ts'
import { createRandom, firstAbove, weightedPicker } from './random.ts'

const mean = (draw: (random: Random) => number) => {
  const random = createRandom(1, 'moments')
  let sum = 0
  for (let i = 0; i < 40_000; i++) sum += draw(random)
  return sum / 40_000
}

describe('randomness', () => {
  test('seed and label decide every number', () => {
    const draw = (seed: number, label: string) => Array.from({ length: 5 }, createRandom(seed, label).next)
    expect(draw(1, 'a')).toEqual(draw(1, 'a'))
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'))
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'))
  })

  test.each<[string, (random: Random) => number, number]>([
    ['uniform', (random) => random.next(), 0.5],
    ['exponential', (random) => random.exponential(), 1],
    ['squared normal', (random) => random.normal() ** 2, 1],
    ['gamma(3)', (random) => random.gamma(3), 3],
    ['gamma(0.5)', (random) => random.gamma(0.5), 0.5],
    ['gamma(2) squared', (random) => random.gamma(2) ** 2, 6],
    ['beta(0.8, 2.4)', (random) => random.beta(0.8, 2.4), 0.25],
    ['poisson(1.3)', (random) => random.poisson(1.3), 1.3],
  ])('%s has its mean', (_, draw, expected) => expect(Math.abs(mean(draw) / expected - 1)).toBeLessThan(0.04))

  test('weights are shares', () => {
    const pick = weightedPicker([0, 1], (item) => (item === 1 ? 3 : 1))
    expect(mean(pick)).toBeCloseTo(0.75, 1)
  })

  test.each([
    [0, 0],
    [1, 1],
    [2.5, 2],
    [9, 2],
  ])('the first of 1, 2, 3 above %d stands at %d', (value, at) => expect(firstAbove([1, 2, 3], value)).toBe(at))
})
