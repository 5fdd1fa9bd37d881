import { expect, test } from 'vitest'
import { type CascadeNode, nodesOf, pathsOf, search } from './cascade.ts'

const node = (name: string, ...below: CascadeNode[]): CascadeNode => ({ name, below })
const tree = [
  node('浙江省', node('杭州市', node('西湖区'), node('上城区')), node('湖州市', node('南浔区'))),
  node('江西省', node('南昌市', node('西湖区')), node('九江市', node('湖口县'))),
]
const paths = pathsOf(tree)
const found = (typed: string, sounds = () => false) =>
  search(paths, typed, sounds, 10).map((path) => path.map(({ name }) => name).join('/'))

test('names lead to their nodes as far as the tree has them', () => {
  expect(nodesOf(tree, ['浙江省', '杭州市', '余杭区']).map(({ name }) => name)).toEqual(['浙江省', '杭州市'])
  expect(nodesOf(tree, ['Ontario'])).toEqual([])
})

test('what begins with the words typed comes first, then what holds them, then whose way has them in order', () => {
  expect(found('湖')).toEqual(['浙江省/湖州市', '江西省/九江市/湖口县', '浙江省/杭州市/西湖区', '江西省/南昌市/西湖区'])
  expect(found('西湖')).toEqual(['浙江省/杭州市/西湖区', '江西省/南昌市/西湖区'])
})

test('a whole way is found written together or with marks between', () => {
  expect(found('杭州西湖')).toEqual(['浙江省/杭州市/西湖区'])
  expect(found('江西 / 西湖')).toEqual(['江西省/南昌市/西湖区'])
})

test('names are found by their sounds, and no more than are wanted', () => {
  expect(search(paths, 'xh', (name) => name.startsWith('西湖'), 1)).toHaveLength(1)
})
