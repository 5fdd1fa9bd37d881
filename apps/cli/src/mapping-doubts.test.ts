import { expect, test } from 'vitest'
import { type Confidence, judgedColumns, mappingDoubts, mappingTable } from './mapping-doubts.ts'
import { mapColumns } from './mapping-words.ts'
import { sayIn } from './text.ts'

const column = (index: number, header: string, field: string | null, confidence: Confidence) => ({ index, header, field, confidence })
const found = [
  column(0, 'No', 'number', 'sure'),
  column(1, 'Who', 'customerExternalId', 'unsure'),
  column(2, 'Day', 'placedAt', 'likely'),
  column(3, 'Sum', 'amount', 'sure'),
  column(4, 'Remark', null, 'unsure'),
]
const judge = (...written: string[]) => judgedColumns(found, mapColumns('orders', found, written), written)
const orders = { kind: 'orders', kindConfidence: 'sure' } as const
const lines = { kind: 'order-lines', kindConfidence: 'sure' } as const
const doubts = (columns: ReturnType<typeof judge>, guessed: Parameters<typeof mappingDoubts>[2]) =>
  mappingDoubts('orders', columns, guessed, sayIn('en'), 'en')

test('a column that is only guessed at is a doubt, one left out or likely is none', () => {
  const said = doubts(judge(), orders)
  expect(said).toHaveLength(1)
  expect(said[0]).toMatch(/^"Who" is only guessed to be .*: --map customerExternalId=Who, or ignore=Who$/)
})

test.each(['customer=Who', 'customer=#2', 'ignore=who'])('--map %s settles it', (written) => {
  expect(doubts(judge(written), orders)).toEqual([])
})

test('a file that surely is of another kind is a doubt, one that may be is none', () => {
  expect(doubts(judge('customer=Who'), lines)).toEqual(['The file looks like order-lines, not like orders'])
  expect(doubts(judge('customer=Who'), { ...lines, kindConfidence: 'likely' })).toEqual([])
})

test('whoever names every required field knows the kind', () => {
  expect(doubts(judge('customer=Who,date=Day,amount=Sum,order=No'), lines)).toEqual([])
})

test('the table tells how sure each column is', () => {
  expect(mappingTable('orders', judge('customer=Who'), sayIn('en'), 'en').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['Column', 'Imported as', 'How sure'],
    ['No', expect.any(String), 'sure'],
    ['Who', expect.any(String), 'said'],
    ['Day', expect.any(String), 'likely'],
    ['Sum', expect.any(String), 'sure'],
    ['Remark', '(left out)'],
  ])
})
