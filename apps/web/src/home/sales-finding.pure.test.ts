import { expect, test } from 'vitest'
import { everyMonth, salesFinding } from './sales-finding.ts'

const month = (name: string, net: number) => ({ month: name, net, orders: net === 0 ? 0 : 1 })

test('the last whole month is compared with the same month a year ago', () => {
  const months = [month('2025-10', 100), month('2026-09', 400), month('2026-10', 125), month('2026-11', 7)]
  expect(salesFinding(months, '2026-11')).toEqual({ kind: 'more', month: '2026-10', net: 125, change: 0.25 })
})

test('without a year ago it is compared with the month before, without that with nothing', () => {
  expect(salesFinding([month('2026-09', 100), month('2026-10', 60)], '2026-11')).toMatchObject({ kind: 'lessMonth', change: 0.4 })
  expect(salesFinding([month('2026-10', 60)], '2026-11')).toEqual({ kind: 'alone', month: '2026-10', net: 60 })
})

test('in the first month of all, that month is told', () => {
  expect(salesFinding([month('2026-11', 9)], '2026-11')).toMatchObject({ kind: 'alone', month: '2026-11' })
  expect(salesFinding([], '2026-11')).toBeUndefined()
})

test('months without sales are there as zero, fourteen at most', () => {
  const months = everyMonth([month('2025-11', 1), month('2026-02', 2)], '2026-03', (name) => month(name, 0))
  expect(months.map(({ net }) => net)).toEqual([1, 0, 0, 2, 0])
  expect(everyMonth([month('2020-01', 1)], '2026-03', (name) => month(name, 0))).toHaveLength(14)
  expect(everyMonth([], '2026-03', (name) => month(name, 0))).toEqual([])
})
