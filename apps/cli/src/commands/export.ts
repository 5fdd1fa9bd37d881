import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import { Purpose } from '@zhike/contract/platform/rights.ts'
import { oneOf } from '../arguments.ts'
import type { Command, Context, Outcome } from '../command.ts'
import { exitCodes, UsageProblem } from '../failure.ts'
import { bytes, count } from '../format.ts'
import { groupOf, levelOf } from '../group-words.ts'
import { printReply, saveReply } from '../save-reply.ts'

const exports = ['customers', ...analyses.AnalysisMethod.options] as const

export const exportCommand: Command = {
  name: 'export',
  usage: ['export customers', 'export rfm|abc|clv'],
  text: { zh: '导出客户名单，或一次分析的结果', en: 'Exports the customers, or those of an analysis with their results' },
  options: {
    group: {
      type: 'string',
      value: 'GROUP',
      text: { zh: '只要这一群：cannot-lose、at-risk、A、vip……', en: 'Only this group: cannot-lose, at-risk, A, vip, …' },
    },
    level: { type: 'string', value: 'LEVEL', text: { zh: 'ABC：只要价值金字塔的这一层', en: 'ABC: only this level of the value pyramid' } },
    run: { type: 'string', value: 'ID', text: { zh: '哪一次结果；默认最新的', en: 'Which result; the newest by default' } },
    search: {
      type: 'string',
      value: 'TEXT',
      text: { zh: '客户：按姓名、拼音、手机号或编号查找', en: 'Customers: part of a name, pinyin, phone or code' },
    },
    filter: { type: 'string', value: 'JSON', text: { zh: '客户：与列表相同的筛选条件', en: 'Customers: a filter as the list has it' } },
    format: { type: 'string', value: 'csv|xlsx', text: { zh: '格式；默认 csv', en: 'csv by default' } },
    output: { type: 'string', value: 'FILE', text: { zh: '写入文件；否则输出到屏幕', en: 'Where to; else the standard output' } },
    purpose: {
      type: 'string',
      value: Purpose.options.join('|'),
      text: { zh: '用途；说明后敏感字段才不打码，并记入审计', en: 'Why; only then personal fields are in clear, and it is audited' },
    },
  },
  run: async (context) => {
    const [word, ...rest] = context.words
    if (word === undefined || rest.length > 0) {
      throw new UsageProblem({ zh: '写法：zhike export customers|rfm|abc|clv。', en: 'Write: zhike export customers|rfm|abc|clv.' })
    }
    const what = oneOf('WHAT', word, exports)
    return what === 'customers' ? exportCustomers(context) : exportRun(context, what)
  },
}

async function exportCustomers(context: Context): Promise<Outcome> {
  const { call, given, locale } = context
  refuse(context, ['level', 'run'])
  const search = given.text('search')
  const filter = filterOf(context)
  const query = { ...(search === undefined ? {} : { search }), ...(filter === undefined ? {} : { filter }) }
  const format = formatOf(context)
  const { count: rows } = await call(customers.count, { query: { ...query, exact: true } })
  const reply = await call.raw(customers.exportFile, { query: { ...query, format, locale } }, purposeOf(context))
  return write(context, reply, { what: 'customers', customers: rows })
}

function filterOf({ given }: Context): customers.Filter | undefined {
  const [written, group] = [given.text('filter'), given.text('group')]
  if (written !== undefined && group !== undefined) {
    throw new UsageProblem({ zh: '--filter 和 --group 只能写一个。', en: '--filter and --group exclude each other.' })
  }
  if (group !== undefined) {
    return { match: 'all', conditions: [{ field: 'rfmGroup', operator: 'is', value: groupOf('rfm', group) }] }
  }
  if (written === undefined) return undefined
  const parsed = customers.Filter.safeParse(jsonOf(written))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UsageProblem(
    { zh: '--filter 有误：{reason}', en: '--filter is wrong: {reason}' },
    { reason: issue ? `${issue.path.join('.')} ${issue.message}`.trim() : '' },
  )
}

function jsonOf(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch {
    throw new UsageProblem({ zh: '--filter 不是有效的 JSON。', en: '--filter is not JSON.' })
  }
}

async function exportRun(context: Context, method: analyses.AnalysisMethod): Promise<Outcome> {
  const { call, given, say, remark, locale } = context
  refuse(context, ['search', 'filter'])
  const [writtenGroup, writtenLevel] = [given.text('group'), given.text('level')]
  if (writtenLevel !== undefined && method !== 'abc')
    throw new UsageProblem({ zh: '--level 只用于 abc。', en: '--level belongs to abc only.' })
  const filter = {
    ...(writtenGroup === undefined ? {} : { group: groupOf(method, writtenGroup) }),
    ...(writtenLevel === undefined ? {} : { level: levelOf(writtenLevel) }),
  }
  const format = formatOf(context)
  const id = given.text('run') ?? (await newestRun(context, method))
  if (id === undefined) {
    remark(
      say(
        {
          zh: '还没有 {method} 的结果；先运行 zhike analyse {method}。',
          en: 'There is no result of {method} yet; run zhike analyse {method} first.',
        },
        { method },
      ),
    )
    return { result: { error: { problem: 'run-not-found' } }, exit: exitCodes.refused }
  }
  const { total } = await call(analyses.members, { params: { id }, query: { ...filter, limit: 1 } })
  const reply = await call.raw(analyses.exportRun, { params: { id }, query: { ...filter, format, locale } }, purposeOf(context))
  return write(context, reply, { what: method, runId: id, ...filter, customers: total })
}

/** Of the analysis that writes the labels, or of whichever was made of this method. */
async function newestRun({ call }: Context, method: analyses.AnalysisMethod): Promise<string | undefined> {
  const { items } = await call(analyses.list, {})
  const withRuns = items.filter(({ definition, lastRunId }) => definition.method === method && lastRunId !== null)
  return (withRuns.find(({ writesLabels }) => writesLabels) ?? withRuns[0])?.lastRunId ?? undefined
}

function refuse({ given, words }: Context, names: readonly string[]): void {
  const name = names.find((option) => given.text(option) !== undefined)
  if (name === undefined) return
  throw new UsageProblem(
    { zh: '--{name} 不用于 export {what}。', en: '--{name} does not belong to export {what}.' },
    { name, what: words[0] },
  )
}

function formatOf({ given }: Context): 'csv' | 'xlsx' {
  const output = given.text('output')
  const written = given.text('format') ?? (output?.toLowerCase().endsWith('.xlsx') === true ? 'xlsx' : 'csv')
  const format = oneOf('--format', written, ['csv', 'xlsx'] as const)
  if (output === undefined && (format === 'xlsx' || given.flag('json'))) {
    throw new UsageProblem({ zh: '请用 --output 指定文件。', en: 'Say with --output which file to write.' })
  }
  return format
}

function purposeOf({ given }: Context): { headers?: Record<string, string> } {
  const written = given.text('purpose')
  return written === undefined ? {} : { headers: { 'zhike-purpose': oneOf('--purpose', written, Purpose.options) } }
}

interface Result extends Record<string, unknown> {
  customers: number
}

async function write({ given, say, remark, locale }: Context, reply: Response, result: Result): Promise<Outcome> {
  const file = given.text('output')
  const shown = count(result.customers, locale)
  if (file === undefined) {
    await printReply(reply)
    remark(say({ zh: '{shown} 位客户', en: '{shown} customers' }, { shown }))
    return { result }
  }
  const size = await saveReply(reply, file)
  remark(
    say(
      { zh: '{shown} 位客户写入 {file}（{size}）', en: '{shown} customers written to {file} ({size})' },
      { shown, file, size: bytes(size) },
    ),
  )
  return { result: { ...result, file, bytes: size } }
}
