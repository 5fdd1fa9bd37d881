import { expect, test } from 'vitest'
import { treeOf, withBelow } from './team-tree.ts'

const team = (id: string, parentId: string | null) => ({ id, name: id, parentId, members: 0, version: 1 })
const tree = treeOf([team('A', null), team('B', null), team('a1', 'A'), team('a2', 'A'), team('a11', 'a1')])

test('each team stands right after the one above it, a level deeper', () => {
  expect(tree.map(({ id, depth, hasBelow }) => [id, depth, hasBelow])).toEqual([
    ['A', 0, true],
    ['a1', 1, true],
    ['a11', 2, false],
    ['a2', 1, false],
    ['B', 0, false],
  ])
})

test('a team goes with everything below it', () => {
  expect([...withBelow(tree, 'A')]).toEqual(['A', 'a1', 'a11', 'a2'])
  expect([...withBelow(tree, 'B')]).toEqual(['B'])
})
