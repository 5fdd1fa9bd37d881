import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { RequestProblem } from '@zhike/contract/client.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import { type ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import * as files from '@zhike/contract/platform/files.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import { oneOf } from '../arguments.ts'
import type { Command, Context, Outcome } from '../command.ts'
import { exitCodes, JobEnded, UsageProblem } from '../failure.ts'
import { count } from '../format.ts'
import { fieldLabel, judgedColumns, mappingDoubts, mappingTable } from '../mapping-doubts.ts'
import { mapColumns } from '../mapping-words.ts'
import { saveReply } from '../save-reply.ts'
import { table } from '../table.ts'
import type { Text } from '../text.ts'
import { waitForJob } from '../wait-for-job.ts'

const kinds = Object.keys(importKinds) as ImportKind[]

export const importCommand: Command = {
  name: 'import',
  usage: ['import KIND FILE', 'import --undo ID', 'import --resume ID'],
  text: {
    zh: `导入 CSV 或 XLSX 文件。KIND：${kinds.join('、')}`,
    en: `Imports a CSV or XLSX file. KIND: ${kinds.join(', ')}`,
  },
  options: {
    map: {
      type: 'string',
      multiple: true,
      value: 'FIELD=COLUMN,…',
      text: {
        zh: '指定列的含义：customer=ID,date=Day,amount=Total；其余的列自动识别；ignore=列 表示不导入',
        en: 'What columns mean: customer=ID,date=Day,amount=Total; the others are recognised by themselves; ignore=Column leaves one out',
      },
    },
    channel: {
      type: 'string',
      value: 'CODE',
      text: { zh: '数据来源；默认 file，没有则新建', en: 'Where the data come from; file by default, made when missing' },
    },
    currency: { type: 'string', value: 'CNY', text: { zh: '没有写明币种的金额用它', en: 'Currency of amounts that name none' } },
    'time-zone': { type: 'string', value: 'Asia/Shanghai', text: { zh: '文件中时间的时区', en: 'Time zone of the times in the file' } },
    sheet: { type: 'string', value: 'NAME', text: { zh: 'XLSX 的工作表', en: 'Sheet of an XLSX file' } },
    'date-format': { type: 'string', value: imports.DateFormat.options.join('|'), text: { zh: '日期的写法', en: 'How dates are written' } },
    yes: {
      type: 'boolean',
      text: {
        zh: '即使有的列只是猜的，或文件看起来是另一种数据，也导入；否则会拒绝',
        en: 'Imports although columns are only guessed or the file looks like another kind; it is refused otherwise',
      },
    },
    'dry-run': { type: 'boolean', text: { zh: '只检查，不写入', en: 'Checks the file and writes nothing' } },
    failures: {
      type: 'string',
      value: 'FILE',
      text: { zh: '把未导入的行和原因存到这个文件', en: 'Where to put the rows that failed, with the reasons' },
    },
    strict: { type: 'boolean', text: { zh: '有行失败时退出码为 6', en: 'Exit code 6 when some rows failed' } },
    undo: { type: 'string', value: 'ID', text: { zh: '撤销一次导入', en: 'Takes an import back' } },
    resume: { type: 'string', value: 'ID', text: { zh: '继续被取消或失败的导入', en: 'Goes on with a cancelled or failed import' } },
    'no-wait': { type: 'boolean', text: { zh: '不等任务完成', en: 'Does not wait for the job' } },
  },
  run: async (context) => {
    const { given, words } = context
    const [undo, resume] = [given.text('undo'), given.text('resume')]
    if (undo !== undefined || resume !== undefined) {
      if (words.length > 0 || (undo !== undefined && resume !== undefined)) throw tooMuch
      return undo !== undefined ? undoImport(context, undo) : resumeImport(context, resume ?? '')
    }
    const [kind, file, ...rest] = words
    if (kind === undefined || file === undefined) {
      throw new UsageProblem({ zh: '写法：zhike import KIND FILE。', en: 'Write: zhike import KIND FILE.' })
    }
    if (rest.length > 0) throw tooMuch
    return importFile(context, oneOf('KIND', kind, kinds), file)
  },
}

const tooMuch = new UsageProblem({ zh: '参数过多；见 zhike help import。', en: 'Too many words; see zhike help import.' })

async function importFile(context: Context, kind: ImportKind, file: string): Promise<Outcome> {
  const { call, given, say, remark, locale } = context
  const stored = await upload(context, file)
  const sheet = given.text('sheet')
  const source = { fileId: stored.id, ...(sheet === undefined ? {} : { sheet }) }
  const found = await call(imports.inspect, { body: { ...source, kind } })
  const columns = mapColumns(kind, found.columns, given.texts('map'))
  const judged = judgedColumns(found.columns, columns, given.texts('map'))
  for (const line of mappingTable(kind, judged, say, locale)) remark(line)
  const settings = settingsOf(context, kind, columns, found.dateFormat)
  const doubts = [
    ...mappingDoubts(kind, judged, await call(imports.inspect, { body: source }), say, locale),
    ...(found.dateFormatAmbiguous && settings.dateFormat === undefined ? [say(unclearDates)] : []),
  ]
  const channel = given.text('channel') ?? 'file'
  const known = (await call(catalog.listChannels, {})).items.some(({ code }) => code === channel)
  if (given.flag('dry-run')) {
    for (const line of doubts) remark(line)
    return dryRun(context, { fileId: stored.id, channel, settings }).catch(withLabels(kind, locale))
  }
  if (doubts.length > 0 && !given.flag('yes')) throw refusedFor(doubts)
  const newChannel = { name: channel === 'file' ? say({ zh: '文件导入', en: 'Files' }) : channel, kind: 'file' }
  const body = { fileId: stored.id, channel, ...(known ? {} : { newChannel }), settings }
  return finish(context, await call(imports.start, { body }).catch(withLabels(kind, locale)))
}

const unclearDates: Text = {
  zh: '日期的日和月分不清：--date-format day-first 或 month-first；不指明时，这样的行不会导入',
  en: 'day and month of the dates cannot be told apart: --date-format day-first, or month-first; without it such rows are not imported',
}

function refusedFor(doubts: readonly string[]): UsageProblem {
  const reasons = doubts.map((line) => `  ${line}`).join('\n')
  return new UsageProblem(
    {
      zh: '没有写入任何内容，因为：\n{reasons}\n请用 --map 说明，或用 --yes 按上表导入；--dry-run 只检查。',
      en: 'Nothing was written, for:\n{reasons}\nSay with --map what is meant, or import as guessed with --yes; --dry-run only checks.',
    },
    { reasons },
  )
}

/** The server names missing fields as programs do; people are told their labels. */
function withLabels(kind: ImportKind, locale: Locale): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof RequestProblem) || error.problem !== 'mapping-incomplete') throw error
    const labelled = (word: string) => (Object.hasOwn(importKinds[kind], word) ? fieldLabel(kind, word, locale) : word)
    const detail = error.body.detail?.replace(/[A-Za-z]+/g, labelled)
    throw new RequestProblem({ ...error.body, ...(detail === undefined ? {} : { detail }) })
  }
}

async function upload({ call }: Context, file: string): Promise<files.StoredFile> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) throw new UsageProblem({ zh: '没有文件 {file}。', en: 'There is no file {file}.' }, { file })
  const form = new FormData()
  form.append('file', await openAsBlob(file), basename(file))
  return call(files.upload, { body: form })
}

function settingsOf(
  { given }: Context,
  kind: ImportKind,
  columns: imports.ColumnMapping[],
  foundFormat: imports.ImportSettings['dateFormat'] | null,
): imports.ImportSettings {
  const written = given.text('date-format')
  const dateFormat = written === undefined ? foundFormat : oneOf('--date-format', written, imports.DateFormat.options)
  const [sheet, currency, timeZone] = [given.text('sheet'), given.text('currency'), given.text('time-zone')]
  if (currency !== undefined && !/^[A-Za-z]{3}$/.test(currency)) {
    throw new UsageProblem({ zh: '--currency 应为 CNY 这样的三个字母。', en: '--currency is three letters such as CNY.' })
  }
  return {
    kind,
    columns,
    ...(dateFormat ? { dateFormat } : {}),
    ...(sheet === undefined ? {} : { sheet }),
    ...(currency === undefined ? {} : { currency: currency.toUpperCase() }),
    ...(timeZone === undefined ? {} : { timeZone }),
  }
}

async function dryRun(context: Context, body: { fileId: string; channel: string; settings: imports.ImportSettings }): Promise<Outcome> {
  const { call, say, print, locale, given } = context
  const result = await call(imports.dryRun, { body })
  const shown = { rows: count(result.rows, locale), good: count(result.good, locale), bad: count(result.bad, locale) }
  print(
    say(
      {
        zh: '检查了 {rows} 行：{good} 行可导入，{bad} 行有问题。没有写入任何内容。',
        en: '{rows} rows checked: {good} good, {bad} bad. Nothing was written.',
      },
      shown,
    ),
  )
  if (result.dateExample) {
    print(
      say(
        { zh: '日期 {text} 读作 {day}；可用 --date-format 改。', en: 'The date {text} is read as {day}; --date-format changes that.' },
        result.dateExample,
      ),
    )
  }
  if (result.lines && result.lines.replaced > 0) {
    const { added, replaced, unchanged } = result.lines
    const counts = { added: count(added, locale), replaced: count(replaced, locale), unchanged: count(unchanged, locale) }
    print(
      say(
        {
          zh: '订单行：新增 {added} 行，替换已有的 {replaced} 行，{unchanged} 行没有变化。',
          en: 'Lines of orders: {added} added, {replaced} replaced, {unchanged} unchanged.',
        },
        counts,
      ),
    )
    if (!body.settings.columns.some(({ field }) => field === 'lineNumber')) {
      print(
        say({
          zh: '文件没有订单行号：同一订单的第几行就替换原来的第几行。要给已有订单补充新行，请加一列订单行号（--map line=列名）。',
          en: 'The file has no order line numbers: the n-th row of an order replaces its n-th line. To add lines to orders you have, add a column of line numbers (--map line=Column).',
        }),
      )
    }
  }
  if (result.problems.length > 0) {
    const head = [say({ zh: '行数', en: 'Rows' }), say({ zh: '字段', en: 'Field' }), say({ zh: '问题', en: 'Problem' })]
    const lines = result.problems.map(({ rows, field, message }) => [
      count(rows, locale),
      field === null ? '—' : fieldLabel(body.settings.kind, field, locale),
      message,
    ])
    for (const line of table(head, lines, [0])) print(line)
  }
  const { rows, good, bad, problems, dateExample, lines: orderLines } = result
  return {
    result: { dryRun: true, rows, good, bad, problems, dateExample, lines: orderLines },
    exit: given.flag('strict') && bad > 0 ? exitCodes.rowsFailed : exitCodes.ok,
  }
}

async function finish(context: Context, started: imports.Import): Promise<Outcome> {
  const { call, given, say, print } = context
  if (given.flag('no-wait')) {
    print(say({ zh: '已开始导入 {id}，任务 {job}。', en: 'Import {id} has begun as job {job}.' }, { id: started.id, job: started.jobId }))
    return { result: { importId: started.id, jobId: started.jobId, state: started.state } }
  }
  await waitForJob(context, started.jobId ?? '', say({ zh: '导入', en: 'Import' })).catch((error: unknown) => {
    if (error instanceof JobEnded)
      print(say({ zh: '继续：zhike import --resume {id}', en: 'To go on: zhike import --resume {id}' }, { id: started.id }))
    throw error
  })
  return report(context, await call(imports.get, { params: { id: started.id } }))
}

async function report(context: Context, done: imports.Import): Promise<Outcome> {
  const { call, given, say, print, locale } = context
  const { id: importId, kind, state, rows, created, updated, unchanged, failed } = done
  const counts = { rows, created, updated, unchanged, failed }
  const shown = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, count(value, locale)]))
  print(
    say(
      {
        zh: '导入 {id}：{rows} 行，新增 {created}，更新 {updated}，未变 {unchanged}，失败 {failed}。',
        en: 'Import {id}: {rows} rows, {created} created, {updated} updated, {unchanged} unchanged, {failed} failed.',
      },
      { id: done.id, ...shown },
    ),
  )
  const file = given.text('failures')
  if (done.failed > 0 && file !== undefined) {
    await saveReply(await call.raw(imports.failuresFile, { params: { id: done.id } }), file)
    print(say({ zh: '未导入的行和原因：{file}', en: 'The rows that failed, with the reasons: {file}' }, { file }))
  } else if (done.failed > 0) {
    await showFirstFailures(context, done.id)
  }
  const result = { importId, kind, state, channel: done.channel.code, ...counts }
  return {
    result: { ...result, ...(failed > 0 && file !== undefined ? { failures: file } : {}) },
    exit: exitOf(given.flag('strict'), failed),
  }
}

const exitOf = (strict: boolean, failed: number) => (strict && failed > 0 ? exitCodes.rowsFailed : exitCodes.ok)

async function showFirstFailures({ call, say, print }: Context, id: string): Promise<void> {
  const { items } = await call(imports.failures, { params: { id }, query: { limit: 5 } })
  const head = [
    say({ zh: '行', en: 'Row' }),
    say({ zh: '列', en: 'Column' }),
    say({ zh: '值', en: 'Value' }),
    say({ zh: '原因', en: 'Reason' }),
  ]
  const rows = items.flatMap(({ row, problems }) =>
    problems.map(({ column, value, message }) => [String(row), column ?? '—', (value ?? '').slice(0, 40), message]),
  )
  for (const line of table(head, rows, [0])) print(line)
  print(
    say({
      zh: '全部失败的行：加上 --failures 文件名 重新导入，或在网页的导入记录中下载。',
      en: 'All of them: import with --failures FILE, or download them from the history of imports in the browser.',
    }),
  )
}

async function undoImport(context: Context, id: string): Promise<Outcome> {
  const { call, say, print, given } = context
  const undone = await call(imports.undo, { params: { id: importId(id) } })
  if (given.flag('no-wait')) return { result: { importId: id, jobId: undone.jobId, state: undone.state } }
  await waitForJob(context, undone.jobId ?? '', say({ zh: '撤销导入', en: 'Undo' }))
  print(say({ zh: '已撤销导入 {id}。', en: 'Import {id} is taken back.' }, { id }))
  return { result: { importId: id, state: 'undone' } }
}

const resumeImport = async (context: Context, id: string): Promise<Outcome> =>
  finish(context, await context.call(imports.resume, { params: { id: importId(id) } }))

function importId(written: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(written)) return written
  throw new UsageProblem({ zh: '“{written}”不是导入的编号。', en: '"{written}" is not the id of an import.' }, { written })
}
