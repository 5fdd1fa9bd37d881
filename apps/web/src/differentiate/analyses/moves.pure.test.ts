import { expect, test } from 'vitest'
import { movement } from './moves.ts'

test('who stays is neither coming nor leaving; who is new to the analysis comes', () => {
  const moves = [
    { from: 'loyal', to: 'champions', customers: 9 },
    { from: null, to: 'champions', customers: 2 },
    { from: 'champions', to: 'at-risk', customers: 4 },
    { from: 'champions', to: null, customers: 1 },
    { from: 'champions', to: 'champions', customers: 100 },
  ]
  expect(movement(moves, 'champions')).toEqual({ came: 11, left: 5 })
  expect(movement(moves, 'loyal')).toEqual({ came: 0, left: 9 })
})
