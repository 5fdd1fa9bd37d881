import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DatabaseAddress, EngineStatus } from './engine.ts'
import { type Engines, startEngines } from './engines.ts'
import { openPostgres } from './postgres-client.ts'
import { isRunning } from './processes.ts'
import { clientOf, holdEngines, problemOfSecond, temporaryFolder, until } from './testing/engine-fixtures.ts'

const quiet = () => {}

const connectTo = (database: DatabaseAddress) =>
  openPostgres({ ...database, max: 4, connect_timeout: 5, backoff: () => 0.1, onnotice: quiet })

describe('engines that are killed under load', () => {
  const folder = temporaryFolder()
  let engines: Engines
  beforeAll(async () => {
    engines = await startEngines({ dataFolder: folder.path, log: quiet, durable: true })
  })
  afterAll(async () => {
    await engines.stop()
    folder.remove()
  })

  test('PostgreSQL is back within 10 s and no acknowledged write is lost', async () => {
    const sql = connectTo(engines.database)
    await sql`create table written (n int primary key)`
    const writer = writing((n) => sql`insert into written values (${n})`)
    await until('writes begin', () => writer.acknowledged.length > 50)
    const seen = await killedAndBack(engines, 'database')
    const before = writer.acknowledged.length
    await until('writes go on', () => writer.acknowledged.length > before + 50)
    await writer.stop()
    const rows = await sql<{ n: number }[]>`select n from written`
    expect(missing(writer.acknowledged, new Set(rows.map(({ n }) => n)))).toEqual([])
    expect(seen.statuses).toEqual(['starting', 'up'])
    expect(seen.backAfterMs).toBeLessThan(10_000)
    await sql.end()
  })

  test('PostgreSQL is back after one of its sessions was killed', async () => {
    const sql = connectTo(engines.database)
    const [{ pid } = { pid: 0 }] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
    process.kill(pid, 'SIGKILL')
    const answered = () =>
      sql<{ a: number }[]>`select 1 as a`.then(
        () => true,
        () => false,
      )
    await until('a query is answered', answered)
    expect(await sql`select 1 as a`).toEqual([{ a: 1 }])
    await sql.end()
  })

  test('the warehouse is back within 10 s at the same address and no acknowledged batch is lost', async () => {
    const client = clientOf(engines.warehouse.url)
    await client.command({ query: 'create table batches (n UInt32, row UInt32) engine = MergeTree order by (n, row)' })
    const rowsOf = (n: number) => Array.from({ length: 500 }, (_, row) => ({ n, row }))
    const writer = writing((n) => client.insert({ table: 'batches', values: rowsOf(n), format: 'JSONEachRow' }))
    await until('writes begin', () => writer.acknowledged.length > 5)
    const seen = await killedAndBack(engines, 'warehouse')
    const before = writer.acknowledged.length
    await until('writes go on', () => writer.acknowledged.length > before + 5)
    await writer.stop()
    const answer = await client.query({ query: 'select n, count() as rows from batches group by n', format: 'JSONEachRow' })
    const rows = await answer.json<{ n: number; rows: number | string }>()
    const whole = new Set(rows.filter((batch) => Number(batch.rows) === 500).map(({ n }) => n))
    expect(missing(writer.acknowledged, whole)).toEqual([])
    expect(whole.size).toBe(rows.length)
    expect(seen.statuses).toEqual(['starting', 'up'])
    expect(seen.backAfterMs).toBeLessThan(10_000)
    await client.close()
  })

  test('a second server on the folder is refused with a sentence that names the first', async () => {
    const problem = await problemOfSecond(folder.path)
    expect(problem).toMatchObject({ problem: 'data-folder-in-use' })
    expect(problem['message']).toContain(`process ${process.pid}`)
  })

  test('no other process may connect without the password', async () => {
    const sql = connectTo({ ...engines.database, password: 'wrong' })
    await expect(sql`select 1`).rejects.toMatchObject({ code: '28P01' })
    await sql.end()
    const url = new URL(engines.warehouse.url)
    url.password = 'wrong'
    await expect(clientOf(url.href).query({ query: 'select 1' })).rejects.toMatchObject({ code: '516' })
  })
})

describe('a server that is killed', () => {
  const folder = temporaryFolder()
  afterAll(() => folder.remove())

  test('leaves no orphan, and the next start recovers what was acknowledged', async () => {
    const first = await holdEngines(folder.path)
    const sql = connectTo(first.database)
    const client = clientOf(first.warehouse.url)
    await sql`create table kept as select 1 as n`
    await client.command({ query: 'create table kept engine = MergeTree order by n as select 1 as n' })
    first.process.kill('SIGKILL')
    await until('its engines end', () => !first.pids.some(isRunning))
    await Promise.allSettled([sql.end({ timeout: 0 }), client.close()])

    const second = await startEngines({ dataFolder: folder.path, log: quiet, durable: false })
    const again = connectTo(second.database)
    const clientAgain = clientOf(second.warehouse.url)
    expect(await again`select n from kept`).toEqual([{ n: 1 }])
    expect(await (await clientAgain.query({ query: 'select n from kept', format: 'JSONEachRow' })).json()).toEqual([{ n: 1 }])
    await Promise.all([again.end(), clientAgain.close()])
    await second.stop()
    expect(second.status()).toEqual({ database: 'down', warehouse: 'down' })
  })

  test('does not lose its engines to an interrupt of its process group before it has finished', async () => {
    const server = await holdEngines(folder.path)
    process.kill(-(server.process.pid ?? 0), 'SIGINT')
    expect(await server.nextLine()).toEqual({ stillUp: true })
    await until('everything has ended', () => !server.pids.some(isRunning))
  })
})

test('only the engine asked for is started', async () => {
  const folder = temporaryFolder()
  const engines = await startEngines({ dataFolder: folder.path, log: quiet, durable: false, which: ['warehouse'] })
  expect(engines.status()).toEqual({ database: 'down', warehouse: 'up' })
  expect(engines.processIds()).toHaveLength(1)
  await engines.stop()
  folder.remove()
})

interface Writer {
  /** Numbers whose write was acknowledged, in order. */
  readonly acknowledged: number[]
  stop(): Promise<void>
}

/** Writes 1, 2, 3, … with four at a time, going on after failures. */
function writing(write: (n: number) => PromiseLike<unknown>): Writer {
  const acknowledged: number[] = []
  let stopped = false
  let next = 0
  const work = async () => {
    while (!stopped) {
      next += 1
      const n = next
      try {
        await write(n)
        acknowledged.push(n)
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }
  const workers = [work(), work(), work(), work()]
  return {
    acknowledged,
    stop: async () => {
      stopped = true
      await Promise.all(workers)
    },
  }
}

async function killedAndBack(engines: Engines, name: 'database' | 'warehouse') {
  const statuses: EngineStatus[] = []
  const stopListening = engines.onStatus((all) => statuses.push(all[name]))
  const [victim = 0] = engines.processIds(name)
  const killedAt = performance.now()
  process.kill(victim, 'SIGKILL')
  await until('it is back', () => statuses.at(-1) === 'up')
  const backAfterMs = performance.now() - killedAt
  stopListening()
  return { statuses, backAfterMs }
}

function missing(acknowledged: readonly number[], present: ReadonlySet<number>): number[] {
  return acknowledged.filter((n) => !present.has(n))
}
