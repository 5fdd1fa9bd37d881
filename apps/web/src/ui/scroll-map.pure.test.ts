import { expect, test } from 'vitest'
import { scrollMap } from './scroll-map.ts'

const rows = 41_000_000

test('a list that an element can hold scrolls as it is', () => {
  const map = scrollMap(41_000)
  expect([map.height, map.toContent(1234), map.toScrolled(1234)]).toEqual([41_000, 1234, 1234])
})

test('a taller list keeps below what browsers allow, and the bar still reaches both of its ends', () => {
  const map = scrollMap(rows)
  expect(map.height).toBeLessThan(17_000_000)
  expect([map.toContent(0), map.toContent(map.height)]).toEqual([0, rows])
})

test('near both ends a px scrolled is a px moved', () => {
  const map = scrollMap(rows)
  expect(map.toContent(5_001) - map.toContent(5_000)).toBe(1)
  expect(map.toContent(map.height - 5_000) - map.toContent(map.height - 5_001)).toBe(1)
})

test('every place of the content has one place of the bar, and in the same order', () => {
  const map = scrollMap(rows)
  let before = -1
  for (let content = 0; content <= rows; content += 250_000) {
    const scrolled = map.toScrolled(content)
    expect(scrolled).toBeGreaterThan(before)
    expect(map.toContent(scrolled)).toBeCloseTo(content, 3)
    before = scrolled
  }
})
