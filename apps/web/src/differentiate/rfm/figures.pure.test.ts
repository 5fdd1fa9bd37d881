import { expect, test } from 'vitest'
import { allCells, squares } from './figures.ts'

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

test('the table holds all 125 cells, the best first', () => {
  const cells = allCells([{ r: 5, f: 4, m: 5, customers: 2, revenue: 10 }])
  expect(cells).toHaveLength(125)
  expect(cells[0]).toMatchObject({ r: 5, f: 5, m: 5, customers: 0 })
  expect(cells[5]).toMatchObject({ r: 5, f: 4, m: 5, customers: 2 })
})
