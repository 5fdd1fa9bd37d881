import { readFile } from 'node:fs/promises'
import * as exchangeRates from '@zhike/contract/identify/exchange-rates.ts'
import { oneOf } from '../arguments.ts'
import type { Command, Context, Outcome } from '../command.ts'
import { UsageProblem } from '../failure.ts'
import { count } from '../format.ts'
import { rateOf, readRates } from '../rate-lines.ts'
import { table } from '../table.ts'

/** Rates that one request takes. */
const perRequest = 5000

export const ratesCommand: Command = {
  name: 'rates',
  usage: ['rates', 'rates set CURRENCY DAY RATE', 'rates import FILE', 'rates delete CURRENCY DAY'],
  text: {
    zh: '汇率：一单位外币值多少报表货币，从这一天起有效。文件每行写 币种,日期,汇率。已入账的金额不变',
    en: 'Exchange rates: what one unit of a currency is worth in the reporting currency from a day on. A file has lines of currency,day,rate. Recorded amounts stay',
  },
  options: {
    currency: { type: 'string', value: 'USD', text: { zh: '只列出这个币种', en: 'Lists this currency only' } },
  },
  run: async (context) => {
    const [word = 'list', ...rest] = context.words
    const action = oneOf('ACTION', word, ['list', 'set', 'import', 'delete'] as const)
    if (rest.length !== { list: 0, set: 3, import: 1, delete: 2 }[action]) {
      throw new UsageProblem({ zh: '写法见 zhike help rates。', en: 'See zhike help rates.' })
    }
    if (action === 'list') return list(context)
    if (action === 'delete') return remove(context, rest)
    return save(context, action === 'set' ? [rateOf(rest)] : readRates(await textOf(rest[0] as string)))
  },
}

async function list({ call, given, print, say }: Context): Promise<Outcome> {
  const currency = given.text('currency')?.toUpperCase()
  const found: exchangeRates.ExchangeRate[] = []
  for (let after: string | undefined; ; ) {
    const { items, next } = await call(exchangeRates.list, {
      query: { limit: 200, ...(currency === undefined ? {} : { currency }), ...(after === undefined ? {} : { after }) },
    })
    found.push(...items)
    if (next === null) break
    after = next
  }
  const head = [say({ zh: '币种', en: 'Currency' }), say({ zh: '起始日', en: 'From' }), say({ zh: '汇率', en: 'Rate' })]
  for (const line of table(
    head,
    found.map((rate) => [rate.currency, rate.day, String(rate.rate)]),
    [2],
  ))
    print(line)
  return { result: { rates: found } }
}

async function save({ call, print, say, locale }: Context, rates: exchangeRates.ExchangeRate[]): Promise<Outcome> {
  for (let from = 0; from < rates.length; from += perRequest) {
    await call(exchangeRates.set, { body: { rates: rates.slice(from, from + perRequest) } })
  }
  print(say({ zh: '已保存 {rates} 个汇率。', en: 'Rates saved: {rates}.' }, { rates: count(rates.length, locale) }))
  return { result: { rates: rates.length } }
}

async function remove({ call, print, say }: Context, words: readonly string[]): Promise<Outcome> {
  const { currency, day } = rateOf([...words, '1'])
  await call(exchangeRates.remove, { params: { currency, day } })
  print(say({ zh: '已删除 {currency} {day} 的汇率。', en: 'The rate of {currency} on {day} is deleted.' }, { currency, day }))
  return { result: { currency, day } }
}

const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw new UsageProblem({ zh: '没有文件 {file}。', en: 'There is no file {file}.' }, { file })
  })
