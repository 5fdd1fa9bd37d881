import { expect, test } from 'vitest'
import { table, widthOf } from './table.ts'

test('a Chinese character takes two cells of a terminal', () => {
  expect(['Lin', '林晓', 'A 类', '，'].map(widthOf)).toEqual([3, 4, 4, 2])
})

test('columns stand below each other, numbers to the right', () => {
  expect(
    table(
      ['群', 'n'],
      [
        ['冠军', '1,200'],
        ['Lost', '7'],
      ],
      [1],
    ),
  ).toEqual(['群        n', '冠军  1,200', 'Lost      7'])
})
