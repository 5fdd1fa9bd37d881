import { expect, test } from 'vitest'
import { maximise } from './newton.ts'
import { inverseDiagonal, solvePositiveDefinite } from './positive-definite.ts'

const wide = { lower: [-10, -10], upper: [10, 10] }

/** Rosenbrock's curved valley, upside down: the top is at (1, 1), and most of the way there is not concave. */
function ridge([x, y]: readonly number[]) {
  const off = y! - x! * x!
  return {
    value: -((1 - x!) ** 2) - 100 * off * off,
    gradient: [2 * (1 - x!) + 400 * x! * off, -200 * off],
    hessian: [
      [-2 + 400 * off - 800 * x! * x!, 400 * x!],
      [400 * x!, -200],
    ],
  }
}

test('finds the top along a curved ridge', () => {
  const best = maximise(ridge, [-1.2, 1], wide)
  expect(best.converged).toBe(true)
  expect(best.at[0]).toBeCloseTo(1, 4)
  expect(best.at[1]).toBeCloseTo(1, 4)
  expect(best.bound).toEqual([0, 0])
})

test('stops at a bound and says which', () => {
  const best = maximise(ridge, [-1.2, 1], { lower: [-10, -10], upper: [0.5, 10] })
  expect(best).toMatchObject({ converged: true, bound: [1, 0] })
  expect(best.at[0]).toBe(0.5)
  expect(best.at[1]).toBeCloseTo(0.25, 4)
})

test('ends on a slope without a top at the bound, in few steps', () => {
  const slope = ([x]: readonly number[]) => ({ value: -Math.exp(-x!), gradient: [Math.exp(-x!)], hessian: [[-Math.exp(-x!)]] })
  expect(maximise(slope, [0], { lower: [-5], upper: [12] }, 1e-12)).toMatchObject({ converged: true, bound: [1] })
})

test('says when it was stopped before the top', () => {
  expect(maximise(ridge, [-1.2, 1], wide, 1e-8, 2).converged).toBe(false)
})

test('Cholesky solves and inverts, and refuses what is not positive definite', () => {
  const solution = solvePositiveDefinite(
    [
      [4, 2],
      [2, 3],
    ],
    [2, 5],
  )
  expect(solution!.map((x) => x.toFixed(12))).toEqual(['-0.500000000000', '2.000000000000'])
  expect(
    inverseDiagonal([
      [4, 2],
      [2, 3],
    ])!.map((x) => x.toFixed(12)),
  ).toEqual(['0.375000000000', '0.500000000000'])
  expect(
    solvePositiveDefinite(
      [
        [1, 2],
        [2, 1],
      ],
      [1, 1],
    ),
  ).toBeNull()
})
