import { ExchangeRate } from '@zhike/contract/identify/exchange-rates.ts'
import { UsageProblem } from './failure.ts'

/** A rate from its three words: USD 2026-01-31 7.1. @throws UsageProblem showing what was written */
export function rateOf(words: readonly string[]): ExchangeRate {
  const rate = rateFrom(words)
  if (rate) return rate
  throw new UsageProblem(
    { zh: '应写作 USD 2026-01-31 7.1，而不是“{written}”。', en: 'Write USD 2026-01-31 7.1, not "{written}".' },
    { written: words.join(' ').slice(0, 80) },
  )
}

/** The rates in a file of lines `currency,day,rate`; the first line may be a heading. @throws UsageProblem naming the line */
export function readRates(text: string): ExchangeRate[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const rates = lines.flatMap((line, i) => {
    if (line.trim() === '') return []
    const rate = rateFrom(line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')))
    if (rate) return [rate]
    if (i === 0) return []
    throw new UsageProblem(
      {
        zh: '第 {line} 行应为 币种,日期,汇率，如 USD,2026-01-31,7.1，而不是“{written}”。没有写入任何内容。',
        en: 'Line {line} is no currency,day,rate such as USD,2026-01-31,7.1 but "{written}". Nothing was written.',
      },
      { line: i + 1, written: line.slice(0, 80) },
    )
  })
  if (rates.length > 0) return rates
  throw new UsageProblem({ zh: '文件里没有汇率。', en: 'There are no rates in the file.' })
}

function rateFrom([currency = '', day = '', rate = '', ...more]: readonly string[]): ExchangeRate | undefined {
  if (more.length > 0 || !/^\d+(\.\d+)?$/.test(rate)) return undefined
  return ExchangeRate.safeParse({ currency: currency.toUpperCase(), day, rate: Number(rate) }).data
}
