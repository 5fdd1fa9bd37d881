import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as imports from '@zhike/contract/identify/imports.ts'
import * as files from '@zhike/contract/platform/files.ts'
import { seed } from '../data/load.ts'
import { person } from '../data/person.ts'
import type { Context, Figure } from '../figure.ts'
import { importFloorCopy, importFloorSchema } from '../floors/import.ts'
import { finished } from '../jobs.ts'
import { cpuMs } from '../processes.ts'
import { atLeast } from '../result.ts'
import type { World } from '../world.ts'

const rowsPerSecond = 8000

/** A CSV file from the upload to the last customer, linked, searchable and published. */
export const importCustomers: Figure = {
  name: 'import-100k',
  target: `a file of customers, the whole path: ≥ ${rowsPerSecond} rows/s`,
  run: measure,
}

async function measure(context: Context) {
  const world = await context.world()
  await world.grow('tenth')
  const rows = world.customersOf('tenth')
  const text = fileOf(world.nextPeople(rows))
  const seconds = await timedSeconds(() => importFile(world, text))
  const floorSeconds = await timedSeconds(() => copyFile(world, text))
  const cpu = `${(seconds.cpuMs / rows).toFixed(3)} CPU ms a row, floor ${(floorSeconds.cpuMs / rows).toFixed(3)}`
  const result = atLeast(
    { name: 'import-100k', value: rows / seconds.wall, floor: rows / floorSeconds.wall, unit: 'rows/s', note: `${rows} rows; ${cpu}` },
    rowsPerSecond,
  )
  return [result]

  async function timedSeconds(work: () => Promise<void>) {
    const pids = [world.app.pid, world.database.pid]
    const [started, cpu] = [performance.now(), cpuMs(pids)]
    await work()
    return { wall: (performance.now() - started) / 1000, cpuMs: cpuMs(pids) - cpu }
  }
}

const fields = ['name', 'sex', 'phone', 'email', 'province', 'city', 'memberLevel', 'memberNumber', 'registeredOn'] as const

function fileOf({ from, to }: { from: number; to: number }): string {
  const lines = ['姓名,性别,手机号,邮箱,省份,城市,会员等级,会员号,注册日期']
  for (let i = from; i < to; i++) {
    const { values } = person(seed, i, { users: 1, channels: 1 })
    lines.push(fields.map((field) => (field === 'sex' ? sexWord(values.sex) : (values[field] ?? ''))).join(','))
  }
  return `${lines.join('\n')}\n`
}

const sexWord = (sex: string | undefined) => (sex === undefined ? '' : sex === 'female' ? '女' : '男')

async function importFile({ api }: World, text: string): Promise<void> {
  const form = new FormData()
  form.append('file', new Blob([text]), 'customers.csv')
  const stored = await api(files.upload, { body: form })
  const found = await api(imports.inspect, { body: { fileId: stored.id, kind: 'customers' } })
  const columns = found.columns.map(({ index, header, field }) => ({ index, header, field }))
  const started = await api(imports.start, {
    body: {
      fileId: stored.id,
      channel: 'bench-file',
      newChannel: { name: '文件', kind: 'file', trust: 50 },
      settings: { kind: 'customers', columns, ...(found.dateFormat ? { dateFormat: found.dateFormat } : {}) },
    },
  })
  await finished(api, started.jobId ?? '')
  const { created, failed } = await api(imports.get, { params: { id: started.id } })
  if (failed > 0 || created === 0) throw new Error(`The import made ${created} customers and refused ${failed} rows`)
}

async function copyFile({ owner }: World, text: string): Promise<void> {
  await owner.unsafe(importFloorSchema)
  await owner.begin(async (tx) => {
    await pipeline(Readable.from([text]), await tx.unsafe(importFloorCopy).writable())
  })
}
