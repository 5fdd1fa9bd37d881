import { expect, test } from 'vitest'
import { netMovement, squares } from './figures.ts'

test('a square of R × F adds up its five M, best recency first', () => {
  const rows = squares([
    { r: 5, f: 1, m: 1, customers: 2, revenue: 10 },
    { r: 5, f: 1, m: 4, customers: 3, revenue: 90 },
    { r: 1, f: 5, m: 5, customers: 1, revenue: 7 },
  ])
  expect(rows[0]?.[0]).toEqual({ r: 5, f: 1, customers: 5, revenue: 100 })
  expect(rows[4]?.[4]).toEqual({ r: 1, f: 5, customers: 1, revenue: 7 })
  expect(rows.flat()).toHaveLength(25)
})

test('net movement is who came less who left; who stayed does not count', () => {
  const moves = [
    { from: 'loyal', to: 'champions', customers: 9 },
    { from: null, to: 'champions', customers: 2 },
    { from: 'champions', to: 'at-risk', customers: 4 },
    { from: 'champions', to: 'champions', customers: 100 },
  ]
  expect(netMovement(moves, 'champions')).toBe(7)
  expect(netMovement(moves, 'loyal')).toBe(-9)
})
