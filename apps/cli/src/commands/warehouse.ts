import * as warehouse from '@zhike/contract/platform/warehouse.ts'
import { oneOf } from '../arguments.ts'
import type { Command, Context, Outcome } from '../command.ts'
import { UsageProblem } from '../failure.ts'
import { bytes, count, moment } from '../format.ts'
import { table } from '../table.ts'
import { waitForJob } from '../wait-for-job.ts'

export const warehouseCommand: Command = {
  name: 'warehouse',
  usage: ['warehouse', 'warehouse check', 'warehouse rebuild'],
  text: { zh: '数据仓库：同步到哪里、校验和、重建', en: 'The warehouse: how far it is synchronised, its checksums, building it anew' },
  options: { 'no-wait': { type: 'boolean', text: { zh: '不等任务完成', en: 'Does not wait for the job' } } },
  run: async (context) => {
    const [word = 'status', ...rest] = context.words
    const action = oneOf('ACTION', word, ['status', 'check', 'rebuild'] as const)
    if (rest.length > 0)
      throw new UsageProblem({ zh: '写法：zhike warehouse [check|rebuild]。', en: 'Write: zhike warehouse [check|rebuild].' })
    return { status, check, rebuild }[action](context)
  },
}

async function status({ call, say, print, locale }: Context): Promise<Outcome> {
  const state = await call(warehouse.status, {})
  print(
    say(
      {
        zh: '状态 {state}，落后 {events} 个事件（{seconds} 秒），上次同步 {at}',
        en: 'State {state}, {events} events behind ({seconds} s), last synchronised {at}',
      },
      { state: state.state, events: count(state.lagEvents, locale), seconds: state.lagSeconds.toFixed(1), at: moment(state.lastSyncAt) },
    ),
  )
  const head = [say({ zh: '表', en: 'Table' }), say({ zh: '行数', en: 'Rows' }), say({ zh: '大小', en: 'Size' })]
  for (const line of table(
    head,
    state.tables.map(({ name, rows, bytes: size }) => [name, count(rows, locale), bytes(size)]),
    [1, 2],
  ))
    print(line)
  return { result: state }
}

async function check({ call, say, print, locale }: Context): Promise<Outcome> {
  const checked = await call(warehouse.check, {})
  const head = [say({ zh: '表', en: 'Table' }), say({ zh: '行数', en: 'Rows' }), say({ zh: '校验和', en: 'Checksum' })]
  for (const line of table(
    head,
    checked.tables.map(({ table: name, rows, hash }) => [name, count(rows, locale), hash]),
    [1],
  ))
    print(line)
  return { result: checked }
}

async function rebuild(context: Context): Promise<Outcome> {
  const { call, say, print, given, locale } = context
  const job = await call(warehouse.rebuild, {})
  if (given.flag('no-wait')) {
    print(say({ zh: '已开始：任务 {id}。', en: 'Begun as job {id}.' }, { id: job.id }))
    return { result: { jobId: job.id, state: job.state } }
  }
  const { result } = await waitForJob(context, job.id, say({ zh: '重建数据仓库', en: 'Rebuilding the warehouse' }))
  print(
    say(
      { zh: '已重建：{rows} 行，用时 {seconds} 秒。', en: 'Rebuilt: {rows} rows in {seconds} s.' },
      { rows: count(Number(result?.['rows'] ?? 0), locale), seconds: (Number(result?.['milliseconds'] ?? 0) / 1000).toFixed(1) },
    ),
  )
  return { result: { jobId: job.id, ...result } }
}
