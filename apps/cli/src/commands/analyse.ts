import { isDeepStrictEqual } from 'node:util'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import { dayOf, oneOf } from '../arguments.ts'
import type { Command, Context } from '../command.ts'
import { UsageProblem } from '../failure.ts'
import { runLines, runResult } from '../run-report.ts'
import { waitForJob } from '../wait-for-job.ts'

const methods = analyses.AnalysisMethod.options

export const analyseCommand: Command = {
  name: 'analyse',
  usage: ['analyse rfm|abc|clv'],
  text: {
    zh: '运行一次分析：RFM 分群、ABC 分类与价值金字塔、客户终身价值',
    en: 'Runs an analysis: RFM groups, ABC classes and the value pyramid, customer lifetime value',
  },
  options: {
    'as-of': {
      type: 'string',
      value: 'DATE',
      text: { zh: '截至哪一天（含当天）；默认今天', en: 'The day through whose end data count; today by default' },
    },
    window: { type: 'string', value: 'MONTHS', text: { zh: '只算截止日前这么多个月', en: 'Only this many months before that day' } },
    channel: { type: 'string', multiple: true, value: 'CODE', text: { zh: '只算这些来源', en: 'Only sales of these channels' } },
    horizon: {
      type: 'string',
      value: 'MONTHS',
      text: { zh: 'CLV：向前看几个月；默认 12', en: 'CLV: how many months ahead; 12 by default' },
    },
    value: { type: 'string', value: 'margin|revenue', text: { zh: 'CLV：按毛利还是按收入', en: 'CLV: what a purchase is worth' } },
    'calibration-end': {
      type: 'string',
      value: 'DATE',
      text: { zh: 'CLV：拟合到这一天，之后用来检验', en: 'CLV: the fit ends here, later purchases test it' },
    },
    'no-wait': { type: 'boolean', text: { zh: '不等任务完成', en: 'Does not wait for the job' } },
  },
  run: async (context) => {
    const { call, words, given, print, say, locale } = context
    const [word, ...rest] = words
    if (word === undefined || rest.length > 0) {
      throw new UsageProblem({ zh: '写法：zhike analyse rfm|abc|clv。', en: 'Write: zhike analyse rfm|abc|clv.' })
    }
    const method = oneOf('METHOD', word, methods)
    const asOf = dayOf('as-of', given.text('as-of'))
    const analysis = await analysisFor(context, method)
    const { run, job } = await call(analyses.start, { params: { id: analysis.id }, body: asOf === undefined ? {} : { asOf } })
    if (given.flag('no-wait')) {
      print(say({ zh: '已开始：任务 {id}。', en: 'Begun as job {id}.' }, { id: job.id }))
      return { result: { runId: run.id, jobId: job.id, method, asOf: run.asOf, state: run.state } }
    }
    const done = await waitForJob(context, job.id, analysis.name)
    const runId = typeof done.result?.['runId'] === 'string' ? done.result['runId'] : run.id
    const finished = await call(analyses.run, { params: { id: runId } })
    for (const line of runLines(finished, say, locale)) print(line)
    return { result: runResult(finished) }
  },
}

/** The stored analysis that was meant: the company's own of the method; with other parameters one that is made for them. */
async function analysisFor(context: Context, method: analyses.AnalysisMethod): Promise<analyses.Analysis> {
  const wish = wishOf(context, method)
  const stored = (await context.call(analyses.list, {})).items.filter(({ definition }) => definition.method === method)
  const main = stored.find(({ writesLabels }) => writesLabels) ?? stored[0]
  if (main && Object.keys(wish).length === 0) return main
  const { basis, ...others } = wish
  const begin = main?.definition ?? analyses.AnalysisDefinition.parse({ method })
  const definition = analyses.AnalysisDefinition.parse({ ...begin, ...others, basis: { ...begin.basis, ...basis } })
  const same = stored.find((analysis) => isDeepStrictEqual(analyses.AnalysisDefinition.parse(analysis.definition), definition))
  return same ?? (await context.call(analyses.create, { body: { name: nameOf(method, wish), definition } }))
}

interface Wish {
  basis?: { windowMonths?: number; channels?: string[] }
  horizonMonths?: number
  value?: 'margin' | 'revenue'
  calibrationEnd?: string
}

function wishOf({ given }: Context, method: analyses.AnalysisMethod): Wish {
  const windowMonths = given.whole('window', 1, 240)
  const channels = given.texts('channel')
  const basis = { ...(windowMonths === undefined ? {} : { windowMonths }), ...(channels.length === 0 ? {} : { channels: [...channels] }) }
  const horizonMonths = given.whole('horizon', 1, 60)
  const value = given.text('value')
  const calibrationEnd = dayOf('calibration-end', given.text('calibration-end'))
  for (const [name, set] of Object.entries({ horizon: horizonMonths, value, 'calibration-end': calibrationEnd })) {
    if (set !== undefined && method !== 'clv') {
      throw new UsageProblem({ zh: '--{name} 只用于 clv。', en: '--{name} belongs to clv only.' }, { name })
    }
  }
  return {
    ...(Object.keys(basis).length === 0 ? {} : { basis }),
    ...(horizonMonths === undefined ? {} : { horizonMonths }),
    ...(value === undefined ? {} : { value: oneOf('--value', value, ['margin', 'revenue'] as const) }),
    ...(calibrationEnd === undefined ? {} : { calibrationEnd }),
  }
}

/** `CLV · 24 months · revenue`: says by what it differs from the company's own. */
function nameOf(method: analyses.AnalysisMethod, { basis, horizonMonths, value, calibrationEnd }: Wish): string {
  const parts = [
    method.toUpperCase(),
    basis?.windowMonths === undefined ? [] : `window ${basis.windowMonths} months`,
    basis?.channels?.join('+') ?? [],
    horizonMonths === undefined ? [] : `horizon ${horizonMonths} months`,
    value ?? [],
    calibrationEnd === undefined ? [] : `fitted to ${calibrationEnd}`,
  ]
  return parts.flat().join(' · ').slice(0, 80)
}
