import { AbcSummary, ClvSummary, RfmSummary, type Run } from '@zhike/contract/differentiate/analyses.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import { z } from 'zod'
import { count, money, percent } from './format.ts'
import { groupNames, levelNames } from './group-words.ts'
import { table } from './table.ts'
import type { Say, Text } from './text.ts'

/** What of a fit is shown: parameters by the paper's symbols. */
const Fit = z.object({
  parameters: z.record(z.string(), z.number()).optional(),
  logLikelihood: z.number().optional(),
  customers: z.number().optional(),
  periods: z.number().optional(),
  converged: z.boolean().optional(),
  verdict: z.string().optional(),
})
type Fit = z.infer<typeof Fit>

/** The result of a run for programs: what it is, and its figures. For CLV the parameters of both models stand at the top. */
export function runResult(run: Run): Record<string, unknown> {
  const { id: runId, analysisId, method, asOf, customers, milliseconds, summary } = run
  const head = { runId, analysisId, method, asOf, customers, milliseconds }
  if (method !== 'clv' || summary === null) return { ...head, ...summary }
  const { bgnbd, gammaGamma, ...figures } = summary
  return { ...head, ...figures, bgnbd: flat(Fit.loose().parse(bgnbd)), gammaGamma: flat(Fit.loose().parse(gammaGamma)) }
}

const flat = ({ parameters = {}, ...fit }: Fit): Record<string, unknown> => ({ ...Object.fromEntries(inOrder(parameters)), ...fit })

/** As the papers list them. */
const symbols = ['r', 'alpha', 'a', 'b', 'p', 'q', 'v']
const inOrder = (parameters: Record<string, number>) =>
  Object.entries(parameters).toSorted(([one], [other]) => symbols.indexOf(one) - symbols.indexOf(other))

/** The result of a run for people. */
export function runLines(run: Run, say: Say, locale: Locale): string[] {
  if (run.summary === null) return []
  switch (run.method) {
    case 'rfm':
      return rfmLines(RfmSummary.loose().parse(run.summary), run, say, locale)
    case 'abc':
      return abcLines(AbcSummary.loose().parse(run.summary), run, say, locale)
    case 'clv':
      return clvLines(ClvSummary.loose().parse(run.summary), run, say, locale)
  }
}

const heads: Record<'group' | 'customers' | 'revenue' | 'share' | 'future', Text> = {
  group: { zh: '群', en: 'Group' },
  customers: { zh: '客户数', en: 'Customers' },
  revenue: { zh: '收入', en: 'Revenue' },
  share: { zh: '占比', en: 'Share' },
  future: { zh: '未来价值', en: 'Future value' },
}

const headline = (run: Run, say: Say, locale: Locale, values: { customers: number; revenue: number; currency: string }) =>
  say(
    { zh: '截至 {asOf}：{customers} 位客户，收入 {revenue}', en: 'As of {asOf}: {customers} customers, revenue {revenue}' },
    { asOf: run.asOf, customers: count(values.customers, locale), revenue: money(values.revenue, values.currency, locale) },
  )

interface Counted {
  word: string
  name: Text | undefined
  customers: number
  revenue: number
}

function groupTable(
  rows: readonly Counted[],
  { revenue, currency }: { revenue: number; currency: string },
  say: Say,
  locale: Locale,
): string[] {
  const head = ['', say(heads.group), say(heads.customers), say(heads.revenue), say(heads.share)]
  const lines = rows.map((row) => [
    row.word,
    row.name ? say(row.name) : '',
    count(row.customers, locale),
    money(row.revenue, currency, locale),
    percent(revenue > 0 ? row.revenue / revenue : 0, locale),
  ])
  return table(head, lines, [2, 3, 4])
}

function rfmLines(summary: RfmSummary, run: Run, say: Say, locale: Locale): string[] {
  const rows = summary.groups.map(({ group, ...figures }) => ({ word: group, name: groupNames.rfm[group], ...figures }))
  const lines = [headline(run, say, locale, summary), ...groupTable(rows, summary, say, locale)]
  if (summary.anonymousOrders === 0) return lines
  const anonymous = { orders: count(summary.anonymousOrders, locale), revenue: money(summary.anonymousRevenue, summary.currency, locale) }
  return [
    ...lines,
    say(
      { zh: '另有 {orders} 笔没有客户的订单，共 {revenue}，未计入。', en: 'Not counted: {orders} orders of nobody known, {revenue}.' },
      anonymous,
    ),
  ]
}

function abcLines(summary: AbcSummary, run: Run, say: Say, locale: Locale): string[] {
  const classes = summary.classes.map(({ class: word, ...figures }) => ({ word, name: groupNames.abc[word], ...figures }))
  const levels = summary.levels.map(({ level: word, ...figures }) => ({ word, name: levelNames[word], ...figures }))
  const shares = { gini: summary.gini.toFixed(3), fifth: percent(summary.topFifthShare, locale) }
  return [
    headline(run, say, locale, summary),
    say(
      {
        zh: '最好的五分之一客户带来 {fifth}；基尼系数 {gini}',
        en: 'The best fifth of the customers brings {fifth}; Gini coefficient {gini}',
      },
      shares,
    ),
    ...groupTable(classes, summary, say, locale),
    ...groupTable(levels, summary, say, locale),
  ]
}

function clvLines(summary: ClvSummary, run: Run, say: Say, locale: Locale): string[] {
  const { currency } = summary
  const head = ['', say(heads.group), say(heads.customers), say(heads.future)]
  const rows = summary.quadrants.map(({ quadrant, customers, futureValue }) => {
    const name = groupNames.clv[quadrant]
    return [quadrant, name ? say(name) : '', count(customers, locale), money(futureValue, currency, locale)]
  })
  const figures = {
    asOf: run.asOf,
    customers: count(summary.customers, locale),
    repeat: count(summary.repeatCustomers, locale),
    months: summary.horizonMonths,
    value: money(summary.futureValue, currency, locale),
  }
  return [
    say(
      {
        zh: '截至 {asOf}：{customers} 位客户，其中 {repeat} 位复购；未来 {months} 个月价值 {value}',
        en: 'As of {asOf}: {customers} customers, {repeat} of them bought again; value of the next {months} months {value}',
      },
      figures,
    ),
    fitLine('BG/NBD', Fit.loose().parse(summary.bgnbd)),
    fitLine('Gamma-Gamma', Fit.loose().parse(summary.gammaGamma)),
    ...table(head, rows, [2, 3]),
  ]
}

/** `BG/NBD  r 0.243  alpha 4.41 …  log-likelihood −9582.4  (converged)` */
function fitLine(model: string, { parameters = {}, logLikelihood, verdict }: Fit): string {
  const shown = inOrder(parameters).map(([symbol, value]) => `${symbol} ${value.toPrecision(4)}`)
  const likelihood = logLikelihood === undefined ? [] : [`log-likelihood ${logLikelihood.toFixed(1)}`]
  return [model, ...shown, ...likelihood, ...(verdict === undefined ? [] : [`(${verdict})`])].join('  ')
}
