import { expect, test } from 'vitest'
import { rateOf, readRates } from './rate-lines.ts'

test('a file of rates may have a heading, blank lines and any of the usual separators', () => {
  const usd = { currency: 'USD', day: '2026-01-31', rate: 7.1 }
  expect(readRates('\uFEFFcurrency,day,rate\r\nusd,2026-01-31,7.1\r\n\r\n')).toEqual([usd])
  expect(readRates('"USD";"2026-01-31";"7.1"\nJPY\t2026-01-31\t0.048')).toEqual([usd, { currency: 'JPY', day: '2026-01-31', rate: 0.048 }])
})

test.each([
  ['a wrong line', 'USD,2026-01-31,7.1\nUSD,2026-02-31,7.1\n', /Line \{line\}/],
  ['no line at all', 'currency,day,rate\n', /no rates/],
])('%s is refused before anything is written', (_, text, said) => {
  expect(() => readRates(text)).toThrow(said)
})

test.each([['USD 2026-01-31 0'], ['USD 2026-01-31 1e3'], ['US 2026-01-31 7'], ['USD 31.01.2026 7']])('%s is no rate', (written) => {
  expect(() => rateOf(written.split(' '))).toThrow(/Write USD/)
})
