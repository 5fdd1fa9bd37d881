import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Random, seededRandom } from '@zhike/analytics/random.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database, openDatabase, type Sql } from '../../platform/database/database.ts'
import { migrate, rolePassword } from '../../platform/database/migrate.ts'
import { type Engines, startEngines } from '../../platform/engines/engines.ts'
import { type Checksum, checksums } from '../../platform/warehouse/checksums.ts'
import { createSync, type WarehouseSync } from '../../platform/warehouse/sync.ts'
import type { WarehouseWorld } from '../../platform/warehouse/world.ts'
import { editAtRandom } from './testing/random-edits.ts'
import { keptTable, worldOf } from './testing/world.ts'

const secret = 'a secret of the tests, used nowhere else'
/** The whole proof kills more often. */
const killings = Number(process.env['ZHIKE_PROVE_KILLINGS'] ?? 4)

let folder: string
let engines: Engines
let database: Database
let owner: Sql
let world: WarehouseWorld
let sync: WarehouseSync

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zhike-crash-'))
  // Durable, for a database is killed here: without synchronous commits it would lose what the warehouse has read already.
  engines = await startEngines({ dataFolder: folder, log: () => {} })
  await migrate(engines.database, secret)
  database = openDatabase(engines.database, rolePassword(secret))
  owner = connect(engines.database, { max: 2, name: 'test-owner' })
  await owner`insert into company (name, time_zone, currency) values ('Test', 'Asia/Shanghai', 'CNY')`
  world = worldOf(database, engines.warehouse.url)
  sync = createSync(world)
  await editAtRandom(owner, seededRandom(7), 100)
})

afterAll(async () => {
  await sync.stop()
  await owner.end({ timeout: 2 })
  await database.close()
  await world.client.close()
  await engines.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** What the sync left, and what the system of record says. */
async function keptAndRebuilt(): Promise<{ kept: Checksum[]; rebuilt: Checksum[] }> {
  await sync.caughtUp(60_000)
  const kept = await checksums(world)
  await sync.rebuild()
  return { kept, rebuilt: await checksums(world) }
}

async function startWorker(rebuild: boolean): Promise<ChildProcess> {
  const options = { database: engines.database, warehouseUrl: engines.warehouse.url, secret, rebuild }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testing/sync-process.ts'), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** A batch was taken and is not finished. */
async function isApplying(): Promise<boolean> {
  const rows = await owner`select 1 from outbox_cursor where reader = 'warehouse' and pending_xid is not null`
  return rows.length > 0
}

/** Ends workers while they apply a batch, each at another moment of it. */
async function killApplying(random: Random): Promise<void> {
  for (let i = 0; i < killings; i += 1) {
    await sync.caughtUp()
    await editAtRandom(owner, random, 25)
    const worker = await startWorker(false)
    const until = performance.now() + 1000
    while (!(await isApplying()) && performance.now() < until) await sleep(1)
    await sleep(random() * 40)
    await kill(worker)
  }
}

/** Ends workers that do nothing but build; a building takes about half of the longest time here. */
async function killBuilding(random: Random): Promise<void> {
  for (let i = 0; i < killings; i += 1) {
    const worker = await startWorker(true)
    await Promise.all([editAtRandom(owner, random, 10), sleep(random() * 600).then(() => kill(worker))])
  }
}

test('a worker that is killed at any point leaves tables that are brought to the same end', {
  timeout: 30_000 + 15_000 * killings,
}, async () => {
  await sync.caughtUp()
  await killApplying(seededRandom(11))
  const { kept, rebuilt } = await keptAndRebuilt()
  expect(kept).toEqual(rebuilt)
})

test('a worker that is killed while it builds leaves a warehouse, with the results of others', {
  timeout: 30_000 + 15_000 * killings,
}, async () => {
  await sync.caughtUp()
  await world.client.insert({ table: `zhike.${keptTable.name}`, values: [{ customer: 1, score: 5 }], format: 'JSONEachRow' })
  await killBuilding(seededRandom(12))
  const { kept, rebuilt } = await keptAndRebuilt()
  expect(kept).toEqual(rebuilt)
  const result = await world.client.query({ query: `select * from zhike.${keptTable.name}`, format: 'JSONEachRow' })
  expect(await result.json()).toEqual([{ customer: 1, score: 5 }])
})

test.each(['warehouse', 'database'] as const)(
  'the %s killed under load leaves equal tables',
  { timeout: 30_000 + 15_000 * killings },
  async (which) => {
    const random = seededRandom(13)
    await sync.caughtUp()
    const worker = await startWorker(false)
    try {
      for (let i = 0; i < Math.ceil(killings / 2); i += 1) {
        const editing = editAtRandom(owner, random, 25).catch(() => {})
        await sleep(random() * 200)
        await untilBack(which, killEngine(which))
        await editing
      }
    } finally {
      await kill(worker)
    }
    const { kept, rebuilt } = await keptAndRebuilt()
    expect(kept).toEqual(rebuilt)
  },
)

function killEngine(which: 'warehouse' | 'database'): number {
  const [pid] = engines.processIds(which)
  if (pid === undefined) throw new Error(`No process of the ${which} is running`)
  process.kill(pid, 'SIGKILL')
  return pid
}

/** A new process answers, and every connection of the pool that died has noticed it. */
async function untilBack(which: 'warehouse' | 'database', killed: number): Promise<void> {
  const isBack = async () => {
    await Promise.all([1, 2, 3, 4].map(() => owner`select pg_sleep(0.02)`))
    const [pid = killed] = engines.processIds(which)
    return pid !== killed && engines.status()[which] === 'up'
  }
  await expect.poll(() => isBack().catch(() => false), { timeout: 20_000 }).toBe(true)
}
