import { expect, test } from 'vitest'
import { terms, termsWith } from './terms.ts'

test('each term stands once, whichever language or code it is looked up by', () => {
  for (const word of ['code', 'zh', 'en'] as const) expect(new Set(terms.map((term) => term[word])).size).toBe(terms.length)
})

test.each(['公海', 'POOL', 'whom nobody owns'])('%s finds the pool', (text) => {
  expect(termsWith(text).map(({ code }) => code)).toContain('pool')
})

test('a method names its source', () => {
  for (const code of ['rfm', 'abc', 'pyramid', 'clv', 'bg-nbd', 'gamma-gamma'])
    expect(terms.find((term) => term.code === code)).toHaveProperty('source')
})
