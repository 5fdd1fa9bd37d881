import { expect, test } from 'vitest'
import { orderOf, pressed } from './list-order.ts'

test('a list stands by the last purchase, newest first, until another order is asked for', () => {
  expect(orderOf({})).toEqual({ by: 'lastOrderAt', order: 'descending' })
  expect(orderOf({ sort: 'name' })).toEqual({ by: 'name', order: 'ascending' })
  expect(orderOf({ order: 'ascending' })).toEqual({ by: 'lastOrderAt', order: 'ascending' })
})

test('a search claims no order but the one asked for', () => {
  expect(orderOf({ q: '王' })).toBeUndefined()
  expect(orderOf({ q: '王', order: 'ascending' })).toBeUndefined()
  expect(orderOf({ q: '王', sort: 'spent' })).toEqual({ by: 'spent', order: 'descending' })
})

test('pressing a head sorts by it naturally, pressing it again reverses', () => {
  const first = pressed('spent', undefined)
  expect(first).toEqual({ by: 'spent', order: 'descending' })
  expect(pressed('spent', first)).toEqual({ by: 'spent', order: 'ascending' })
  expect(pressed('spent', pressed('spent', first))).toEqual(first)
})
