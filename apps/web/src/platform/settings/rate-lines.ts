import { ExchangeRate } from '@zhike/contract/identify/exchange-rates.ts'

/** The first line that is no rate. */
export class UnreadableLine extends Error {
  readonly line: number
  readonly text: string

  constructor(line: number, text: string) {
    super(`line ${line}`)
    this.line = line
    this.text = text
  }
}

/**
 * Reads `USD,2026-03-01,7.2` by lines; commas, semicolons or tabs, a heading is passed over.
 * @throws UnreadableLine
 */
export function rateLines(text: string): ExchangeRate[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((content, index) => ({ content: content.trim(), number: index + 1 }))
    .filter(({ content }) => content !== '')
  return lines.flatMap(({ content, number }, index) => {
    const [currency = '', day, rate] = content.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    const read = ExchangeRate.safeParse({ currency: currency.toUpperCase(), day, rate: Number(rate || Number.NaN) })
    if (read.success) return [read.data]
    if (index === 0 && !/\d/.test(content)) return []
    throw new UnreadableLine(number, content.slice(0, 60))
  })
}
