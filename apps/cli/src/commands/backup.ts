import * as backups from '@zhike/contract/platform/backups.ts'
import { oneOf } from '../arguments.ts'
import type { Command, Context, Outcome } from '../command.ts'
import { UsageProblem } from '../failure.ts'
import { bytes, count, moment } from '../format.ts'
import { table } from '../table.ts'
import type { Text } from '../text.ts'
import { waitForJob } from '../wait-for-job.ts'

const stateNames: Record<backups.Backup['state'], Text> = {
  whole: { zh: '完整', en: 'whole' },
  writing: { zh: '正在写', en: 'being written' },
  broken: { zh: '不完整', en: 'broken' },
}

export const backupCommand: Command = {
  name: 'backup',
  usage: ['backup', 'backup list', 'backup delete NAME'],
  text: {
    zh: '备份整个系统（服务不中断），写入服务器上的备份目录；列出或删除备份',
    en: 'Backs the installation up while it serves, into the backup folder of the server; lists or deletes backups',
  },
  options: {
    keep: { type: 'string', value: 'N', text: { zh: '完成后只保留最新的 N 个备份', en: 'Afterwards deletes all but the newest N' } },
    'no-wait': { type: 'boolean', text: { zh: '不等任务完成', en: 'Does not wait for the job' } },
  },
  run: async (context) => {
    const [word = 'start', name, ...rest] = context.words
    const action = oneOf('ACTION', word, ['start', 'list', 'delete'] as const)
    if (rest.length > 0 || (action === 'delete') !== (name !== undefined)) {
      throw new UsageProblem({ zh: '写法见 zhike help backup。', en: 'See zhike help backup.' })
    }
    if (name !== undefined) return remove(context, name)
    return action === 'list' ? list(context) : start(context)
  },
}

async function start(context: Context): Promise<Outcome> {
  const { call, given, say, print } = context
  const keep = given.whole('keep', 1, 1000)
  if (keep !== undefined && given.flag('no-wait')) {
    throw new UsageProblem({
      zh: '--keep 要等备份完成，不能与 --no-wait 同用。',
      en: '--keep waits for the backup, so it excludes --no-wait.',
    })
  }
  const job = await call(backups.start, {})
  if (given.flag('no-wait')) {
    print(say({ zh: '已开始：任务 {id}。', en: 'Begun as job {id}.' }, { id: job.id }))
    return { result: { jobId: job.id, state: job.state } }
  }
  const { result } = await waitForJob(context, job.id, say({ zh: '备份', en: 'Backup' }))
  const shown = {
    folder: result?.['folder'],
    size: bytes(Number(result?.['bytes'] ?? 0)),
    seconds: (Number(result?.['milliseconds'] ?? 0) / 1000).toFixed(1),
  }
  print(say({ zh: '备份完成：{folder}（{size}，{seconds} 秒）', en: 'Backed up to {folder} ({size}, {seconds} s)' }, shown))
  const deleted = keep === undefined ? [] : await deleteOlder(context, keep)
  return { result: { jobId: job.id, ...result, deleted } }
}

/** Those made before upgrades are looked after by the server. */
async function deleteOlder({ call, print, say }: Context, keep: number): Promise<string[]> {
  const { items } = await call(backups.list, {})
  const old = items.filter(({ state, beforeUpgrade }) => state === 'whole' && !beforeUpgrade).slice(keep)
  for (const { name } of old) {
    await call(backups.remove, { params: { name } })
    print(say({ zh: '已删除较早的备份 {name}。', en: 'Deleted the older backup {name}.' }, { name }))
  }
  return old.map(({ name }) => name)
}

async function list({ call, say, print, locale }: Context): Promise<Outcome> {
  const { folder, items } = await call(backups.list, {})
  print(
    say({ zh: '备份目录：{folder}，共 {n} 个', en: 'Backup folder: {folder}, {n} backups' }, { folder, n: count(items.length, locale) }),
  )
  const head = [
    say({ zh: '名称', en: 'Name' }),
    say({ zh: '时间', en: 'Time' }),
    say({ zh: '大小', en: 'Size' }),
    say({ zh: '状态', en: 'State' }),
  ]
  const rows = items.map((one) => [
    one.name,
    moment(one.createdAt),
    one.bytes === null ? '—' : bytes(one.bytes),
    say(stateNames[one.state]),
  ])
  for (const line of table(head, rows, [2])) print(line)
  return { result: { folder, backups: items } }
}

async function remove({ call, say, print }: Context, name: string): Promise<Outcome> {
  if (!backups.BackupName.safeParse(name).success)
    throw new UsageProblem({ zh: '“{name}”不是备份的名称。', en: '"{name}" is not the name of a backup.' }, { name })
  await call(backups.remove, { params: { name } })
  print(say({ zh: '已删除备份 {name}。', en: 'Deleted the backup {name}.' }, { name }))
  return { result: { deleted: [name] } }
}
