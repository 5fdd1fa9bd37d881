import { type ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import { describe, expect, test } from 'vitest'
import { UsageProblem } from './failure.ts'
import { fieldOf, mapColumns, mappingPairs } from './mapping-words.ts'

describe('a word of --map', () => {
  test.each<[ImportKind, string, string]>([
    ['orders', 'customer', 'customerExternalId'],
    ['orders', 'date', 'placedAt'],
    ['orders', 'order', 'number'],
    ['orders', 'amount', 'amount'],
    ['order-lines', 'order', 'orderNumber'],
    ['order-lines', 'product', 'productCode'],
    ['order-lines', 'price', 'unitPrice'],
    ['order-lines', 'phone', 'customerPhone'],
    ['customers', 'customer', 'externalId'],
    ['customers', 'phone', 'phone'],
    ['customers', 'birthday', 'birthDate'],
    ['products', 'price', 'price'],
    ['payments', 'date', 'paidAt'],
    ['returns', 'date', 'returnedAt'],
    ['contacts', 'date', 'happenedAt'],
    ['customers', '手机号', 'phone'],
    ['customers', 'Member level', 'memberLevel'],
    ['orders', 'PLACEDAT', 'placedAt'],
  ])('of %s: %s means %s', (kind, word, field) => {
    expect(fieldOf(kind, word)).toBe(field)
  })

  test('every field of every kind can be named by its own name', () => {
    for (const kind of Object.keys(importKinds) as ImportKind[]) {
      for (const field of Object.keys(importKinds[kind])) expect(fieldOf(kind, field)).toBe(field)
    }
  })

  test.each<[ImportKind, string, string]>([
    ['orders', 'custmer', 'customer'],
    ['order-lines', 'quantty', 'quantity'],
    ['customers', 'phne', 'phone'],
  ])('of %s: %s is refused, %s is offered', (kind, word, meant) => {
    expect(() => fieldOf(kind, word)).toThrow(expect.objectContaining({ values: expect.objectContaining({ meant }) }))
  })

  test('like nothing known is refused with all that is known', () => {
    expect(() => fieldOf('payments', 'zzzzzzzzzzzzzz')).toThrow(
      expect.objectContaining({ values: { word: 'zzzzzzzzzzzzzz', all: expect.stringContaining('paidAt') } }),
    )
  })
})

test('a comma within the name of a column does not end it', () => {
  expect(mappingPairs(['customer=Name, first,date=Day', 'amount=Total'])).toEqual([
    { word: 'customer', column: 'Name, first' },
    { word: 'date', column: 'Day' },
    { word: 'amount', column: 'Total' },
  ])
})

test.each(['customer', 'customer=', '=ID'])('%s is no mapping', (written) => {
  expect(() => mappingPairs([written])).toThrow(UsageProblem)
})

const columns = [
  { index: 0, header: 'ID', field: null },
  { index: 1, header: ' Day ', field: 'amount' },
  { index: 2, header: 'Total', field: 'placedAt' },
  { index: 3, header: 'Branch', field: 'shop' },
]

test('what is said goes before what was found, and takes the field from the column that had it', () => {
  const mapped = mapColumns('orders', columns, ['customer=id,date=Day'])
  expect(mapped.map(({ field }) => field)).toEqual(['customerExternalId', 'placedAt', null, 'shop'])
})

test('a column can be left out, and be named by its place', () => {
  expect(mapColumns('orders', columns, ['ignore=Branch,amount=#3']).map(({ field }) => field)).toEqual([null, null, 'amount', null])
})

test('a column that the file does not have is refused with the nearest', () => {
  expect(() => mapColumns('orders', columns, ['amount=Totl'])).toThrow(
    expect.objectContaining({ values: { written: 'Totl', meant: 'Total' } }),
  )
})
