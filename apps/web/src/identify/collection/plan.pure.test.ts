import { expect, test } from 'vitest'
import { channelCode, mapColumn, mappingGaps, type Plan, sourceOf } from './plan.ts'

const column = (index: number, field: string | null) => ({ index, header: `h${index}`, field })

test('a required field that no column becomes is missing, a field of two columns is named once', () => {
  expect(mappingGaps('orders', [column(0, 'amount'), column(1, 'amount'), column(2, null)])).toEqual({
    twice: ['amount'],
    missing: ['placedAt'],
  })
})

test('correcting one column leaves the others and is remembered as decided', () => {
  const plan: Plan = {
    settings: { kind: 'orders', columns: [column(0, null), column(1, 'amount')] },
    channel: undefined,
    newChannel: undefined,
    decided: [],
  }
  const corrected = mapColumn(plan, 0, 'placedAt')
  expect(corrected.settings.columns.map(({ field }) => field)).toEqual(['placedAt', 'amount'])
  expect(corrected.decided).toEqual([0])
})

test('the code of a channel is made of Latin letters of its name, or of the time', () => {
  expect(channelCode('Riverside Till #3', new Date(0))).toBe('riverside-till-3')
  expect(channelCode('滨江店收银', new Date(1000))).toMatch(/^channel-[a-z0-9]+$/)
})

test('a file is taken to come from the only channel, or from a new one of its name; several leave the choice open', () => {
  const manual = { code: 'manual', kind: 'manual' as const }
  const till = { code: 'till', kind: 'file' as const }
  expect(sourceOf('orders.xlsx', [manual, till])).toEqual({ channel: 'till', newChannel: undefined })
  expect(sourceOf('滨江店 2026.11.csv', [manual])).toEqual({ channel: undefined, newChannel: '滨江店 2026.11' })
  expect(sourceOf('orders.xlsx', [manual, till, { ...till, code: 'shop' }])).toEqual({ channel: undefined, newChannel: undefined })
})
