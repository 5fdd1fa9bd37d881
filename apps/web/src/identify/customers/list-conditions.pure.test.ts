import type { Condition } from '@zhike/contract/identify/customers.ts'
import { expect, test } from 'vitest'
import { chipsOf, filterOf, withAlternatives } from './list-conditions.ts'

const city: Condition = { field: 'city', operator: 'in', value: ['杭州市'] }
const spent: Condition = { field: 'spent', operator: 'at-least', value: 5000 }
const kind: Condition = { field: 'kind', operator: 'in', value: ['person'] }

test('chips are the conditions of a filter, all of which hold, and make the same filter again', () => {
  const where = filterOf([city, spent])
  expect(where).toEqual({ match: 'all', conditions: [city, spent] })
  expect(chipsOf(where)).toEqual([city, spent])
  expect(filterOf([])).toBeUndefined()
})

test('a filter of alternatives is one chip', () => {
  expect(chipsOf({ match: 'any', conditions: [city, spent] })).toEqual([{ match: 'any', conditions: [city, spent] }])
})

test('a second alternative makes a group of a chip, taking it away makes a condition again, the last one takes the chip away', () => {
  const grouped = withAlternatives([city, kind], 0, [city, spent])
  expect(grouped).toEqual([{ match: 'any', conditions: [city, spent] }, kind])
  expect(withAlternatives(grouped, 0, [spent])).toEqual([spent, kind])
  expect(withAlternatives(grouped, 0, [])).toEqual([kind])
})
