import { provinces } from '@zhike/contract/identify/divisions.ts'
import { expect, test } from 'vitest'
import { soundsLike } from './sounds.ts'

test.each([
  ['西湖区', 'xihu', true],
  ['西湖区', 'xh', true],
  ['西湖区', 'xihq', true],
  ['西湖区', 'xihuqu', true],
  ['西湖区', 'hu', false],
  ['西湖区', 'xihuquu', false],
  ['长沙市', 'changsha', true],
  ['长沙市', 'chsh', true],
  ['长子县', 'zhangzi', true],
  ['重庆市', 'cq', true],
  ['乐清市', 'yueqing', true],
  ['六安市', 'luan', true],
  ['绿园区', 'lvyuan', true],
  ['Toronto', 'to', false],
])('%s, typed as %s: %s', (name, typed, is) => {
  expect(soundsLike(name, typed)).toBe(is)
})

test('every character of every division can be typed', () => {
  const names = provinces.flatMap(({ name, prefectures, districts }) => [
    name,
    ...districts,
    ...prefectures.flatMap((prefecture) => [prefecture.name, ...prefecture.districts]),
  ])
  const silent = new Set(
    names
      .flatMap((name) => [...name])
      .filter((character) => !'abcdefghijklmnopqrstuvwxyz'.split('').some((letter) => soundsLike(character, letter))),
  )
  expect([...silent]).toEqual([])
})
