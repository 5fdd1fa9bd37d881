import { type ChildProcess, fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '@zhike/contract/client.ts'
import { rights } from '@zhike/contract/platform/rights.ts'
import * as warehouseApi from '@zhike/contract/platform/warehouse.ts'
import { connect, type Sql } from '../apps/server/src/platform/database/database.ts'
import { newId } from '../apps/server/src/platform/database/ids.ts'
import { migrate } from '../apps/server/src/platform/database/migrate.ts'
import { type Engines, startEngines } from '../apps/server/src/platform/engines/engines.ts'
import { prepareQueue } from '../apps/server/src/platform/jobs/queue.ts'
import { connectWarehouse, type WarehouseClient } from '../apps/server/src/platform/warehouse/warehouse.ts'
import type { AppWish } from './app-child.ts'
import { loadPeople, loadProducts, type Surroundings } from './data/load.ts'
import { withoutIndexes } from './data/without-indexes.ts'
import { floors } from './floors/floors.ts'
import { finished } from './jobs.ts'
import type { Target } from './requests.ts'

/** A tenth of the customers, or all of them. */
export type Size = 'tenth' | 'all'

/** The server that is measured, with its engines, its customers and the floors beside it. */
export interface World {
  owner: Sql
  warehouse: WarehouseClient
  api: Client
  app: Target & { pid: number }
  floor: Target & { pid: number }
  database: { pid: number }
  engines: Engines
  around: Surroundings
  /** Customers of a size, by number of person: 0 … n − 1. */
  customersOf(size: Size): number
  /** People who are in no size, each time others. */
  nextPeople(count: number): { from: number; to: number }
  /** Sees that so many customers are there, in both engines. */
  grow(size: Size): Promise<void>
  stop(): Promise<void>
}

export interface WorldOptions {
  customers: number
  /** Where the app writes its CPU profile when it ends. */
  profileFolder: string | undefined
  say: (text: string) => void
}

/** The built web app. */
export const webFolder = fileURLToPath(new URL('../apps/web/dist', import.meta.url))

const secret = 'a secret of the bench and of nothing else'
const warehouseName = 'zhike'

export async function createWorld({ customers, profileFolder, say }: WorldOptions): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'zhike-bench-'))
  const engines = await startEngines({ dataFolder: folder, log: () => {} })
  const { database } = engines
  await migrate(database, secret)
  await prepareQueue(database, secret)
  const owner = connect(database, { max: 12, name: 'bench' })
  const token = await setUp(owner)
  const around = await surroundings(owner)
  await loadProducts(owner)
  for (const { schema } of Object.values(floors)) if (schema) await owner.unsafe(schema)
  const warehouse = connectWarehouse({ url: engines.warehouse.url, database: warehouseName })
  // The limit that `npm start` sets.
  const flags = ['--max-old-space-size=768', ...(profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`])]
  const wish: AppWish = {
    database,
    warehouse: { url: engines.warehouse.url, database: warehouseName },
    secret,
    dataFolder: join(folder, 'files'),
    ...(existsSync(webFolder) ? { webFolder } : {}),
  }
  const app = await startChild('./app-child.ts', wish, flags)
  const floor = await startChild('./floors/floor-child.ts', database)
  const [pid = 0] = engines.processIds('database')
  let people = 0
  let strangers = customers
  const world: World = {
    owner,
    warehouse,
    api: createClient({ baseUrl: app.url, headers: () => ({ authorization: `Bearer ${token}`, 'accept-language': 'en' }) }),
    app: { url: app.url, token, pid: app.child.pid ?? 0 },
    floor: { url: floor.url, token, pid: floor.child.pid ?? 0 },
    database: { pid },
    engines,
    around,
    customersOf: (size) => (size === 'all' ? customers : Math.round(customers / 10)),
    nextPeople: (count) => {
      strangers += count
      return { from: strangers - count, to: strangers }
    },
    grow: async (size) => {
      const wanted = world.customersOf(size)
      if (people >= wanted) return
      const from = people
      people = wanted
      await growTo(world, { from, to: wanted }, say)
    },
    stop: async () => {
      await stopChild(app.child)
      await stopChild(floor.child)
      await warehouse.close()
      await owner.end({ timeout: 5 })
      await engines.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return world
}

async function growTo({ owner, around, api }: World, { from, to }: { from: number; to: number }, say: WorldOptions['say']): Promise<void> {
  const started = performance.now()
  const since = () => `${((performance.now() - started) / 1000).toFixed(0)} s`
  let counts = ''
  await withoutIndexes(owner, async () => {
    const { people, orders, lines } = await loadPeople(owner, around, from, to)
    counts = `${people} customers, ${orders} orders, ${lines} lines`
    say(`${counts} written (${since()}); indexes …`)
  })
  say(`indexes made (${since()}); warehouse …`)
  const rebuild = await finished(api, (await api(warehouseApi.rebuild, {})).id)
  say(`warehouse built (${since()}): ${JSON.stringify(rebuild.result)}`)
}

async function startChild(module: string, wish: object, execArgv: readonly string[] = []): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(new URL(module, import.meta.url), { execArgv: [...execArgv], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.send(wish)
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`${module} ended with ${code}`)
    }),
  ])) as [{ url: string }]
  return { child, url: message.url }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** The company, and somebody who may do everything; personal fields are masked as in every list. @returns an API key */
async function setUp(owner: Sql): Promise<string> {
  const token = `zk_${randomBytes(32).toString('base64url')}`
  const [id, role] = [newId(), newId()]
  const grants = Object.keys(rights).map((right) => ({ right, scope: 'all', pool: true }))
  await owner.begin(async (tx) => {
    await tx`insert into company (name, time_zone, currency, locale) values ('Bench', 'Asia/Shanghai', 'CNY', 'zh')`
    await tx`insert into users (id, name, email) values (${id}, 'Bench', 'bench@example.com')`
    await tx`insert into role (id, name, grants, personal, sensitive) values (${role}, 'bench', ${tx.json(grants)}, 'clear', 'hidden')`
    await tx`insert into user_role (user_id, role_id) values (${id}, ${role})`
    await tx`insert into api_key (id, user_id, name, hash, hint, expires_at)
      values (${newId()}, ${id}, 'bench', ${createHash('sha256').update(token).digest()}, 'zk_…', now() + interval '1 day')`
  })
  return token
}

/** Ten teams of five, and three channels. */
async function surroundings(owner: Sql): Promise<Surroundings> {
  const teams = Array.from({ length: 10 }, (_, i) => ({ id: newId(), name: `Team ${i + 1}` }))
  const users = Array.from({ length: 50 }, (_, i) => ({ id: newId(), name: `销售${i + 1}`, email: `sales${i + 1}@example.com` }))
  await owner`insert into team ${owner(teams)}`
  await owner`insert into team_closure ${owner(teams.map(({ id }) => ({ ancestor_id: id, descendant_id: id, depth: 0 })))}`
  await owner`insert into users ${owner(users)}`
  const channels = await owner<Surroundings['channels']>`
    insert into channel (code, name, kind) values ('bench-till', '门店', 'till'), ('bench-web', '网店', 'web'), ('bench-mini', '小程序', 'mini-program')
    returning id, code, trust`
  return { users: users.map(({ id }, i) => ({ id, team: teams[i % teams.length]?.id ?? '' })), channels: [...channels] }
}
