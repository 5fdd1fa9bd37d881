import { describe, expect, test } from 'vitest'
import { hyp2f1, logHyp2f1 } from './hyp2f1.ts'
import { digamma, trigamma } from './polygamma.ts'

/** Computed with mpmath at 40 digits. */
describe('digamma and trigamma', () => {
  test.each([
    [0.001, -1000.5755719318103, 1000001.6425331959],
    [0.5, -1.9635100260214235, 4.934802200544679],
    [1, -0.5772156649015329, 1.6449340668482264],
    [3.7, 1.1671535393615113, 0.31003785767003833],
    [12, 2.442661679975812, 0.08690187287176838],
    [150.25, 5.008969095021217, 0.006677771512371827],
    [1e5, 11.512920464961894, 1.0000050000166667e-5],
  ])('at %d', (x, psi, psi1) => {
    expect(digamma(x) / psi).toBeCloseTo(1, 13)
    expect(trigamma(x) / psi1).toBeCloseTo(1, 13)
  })

  test('are refused outside x > 0', () => {
    for (const x of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => digamma(x)).toThrow(RangeError)
  })
})

/** Computed with mpmath at 40 digits; the first is the case on which the cephes port overflows. */
describe('the hypergeometric function', () => {
  test.each([
    [0.5, 2, 3, -5, 0.49858502551197514, 13],
    [80.5, 0.6, 82.1, 0.9, 3.634138323300759, 13],
    [0.243, 2.426, 2.219, 0.5, 1.2070970070440423, 13],
    [0.243, 2.426, 2.219, 0.99, 4.3752613674085366, 13],
    [7.25, 9.4, 9.2, 0.97, 211105374457.13803, 13],
    [50.243, 52.4, 52.2, 0.8, 1.8008711611339785e35, 12],
    [0.6, 11.7, 12.3, 0.999, 14.28710946990808, 12],
    [300.5, 1.7, 301.3, 0.98, 646.8265628398136, 12],
    [0.553, 1.606, 26.7, -3.3, 0.9101515857195122, 13],
    [1, 1, 2, 0.5, 1.3862943611198906, 13],
    [0.243, 1.2, 0.7, 0.9999, 438.9469623670398, 11],
    [0.5, 0.5, 1.5, -1e6, 0.007600902709541988, 10],
    [32.493, 59.306, 66.893, 0.999997836, 5.2663170423165244e143, 9],
  ])('₂F₁(%d, %d; %d; %d)', (a, b, c, z, value, digits) => {
    expect(hyp2f1(a, b, c, z) / value).toBeCloseTo(1, digits)
    expect(hyp2f1(b, a, c, z) / value).toBeCloseTo(1, digits)
  })

  test('its logarithm does not overflow', () => {
    expect(hyp2f1(2000, 2000, 2001, 0.9)).toBe(Number.POSITIVE_INFINITY)
    // Euler: ₂F₁(a, b; b; z) = (1 − z)^−a
    expect(logHyp2f1(2000, 7, 7, 0.9)).toBeCloseTo(2000 * Math.log(10), 8)
  })

  test('arguments out of range are refused, not NaN', () => {
    for (const [a, b, c, z] of [
      [1, 1, 0, 0.5],
      [1, 1, 2, 1],
      [3, 4, 2, -1],
      [-1, 1, 2, 0.5],
      [1, 1, 2, Number.NaN],
    ] as const) {
      expect(() => hyp2f1(a, b, c, z)).toThrow(RangeError)
    }
  })
})
