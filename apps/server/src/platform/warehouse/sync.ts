import { setTimeout as sleep } from 'node:timers/promises'
import { connect, type Sql } from '../database/database.ts'
import { finishBatch, outboxLag, takeBatch } from '../outbox/outbox.ts'
import { applyBatch } from './apply-batch.ts'
import { type BuildOptions, type BuildResult, buildWarehouse, completeWarehouse, ensureWarehouse } from './rebuild.ts'
import type { WarehouseWorld } from './world.ts'

/** The name under which the outbox keeps where we are. */
export const syncReader = 'warehouse'
/** In one batch. */
const most = { events: 1000, ids: 50_000 }
/**
 * Between looks at the outbox. A look is one cheap statement, a batch a dozen and an insert into each table of the warehouse, whatever
 * its size: what comes within this time goes together. Notifications would be dearer: each commit that sends one wakes every
 * connection that listens, and waits for the commit before it.
 */
const lookEveryMs = 400
const afterErrorMs = 1000

export interface WarehouseSync {
  /** Goes on with the outbox until stopped, unless another process does. */
  start(): void
  stop(): Promise<void>
  /**
   * Waits until everything that is committed now is in the warehouse; does the work itself when nobody else does.
   * @throws Error when that takes longer than `withinMs`
   */
  caughtUp(withinMs?: number): Promise<void>
  /** Builds the warehouse again from the system of record; the sync stands still meanwhile. */
  rebuild(options?: BuildOptions): Promise<BuildResult>
}

/** `full`: there may be more already. */
type Step = 'full' | 'worked' | 'idle' | 'elsewhere'

/** Keeps the warehouse equal to the system of record. */
export function createSync(world: WarehouseWorld): WarehouseSync {
  const loop = syncLoop(world)
  let work: Promise<void> | undefined
  return {
    start: () => {
      work = loop.run()
    },
    stop: async () => {
      loop.end()
      await work
      await loop.close()
    },
    caughtUp: (withinMs = 20_000) => caughtUp(world, loop, withinMs),
    rebuild: (options = {}) => rebuild(world, options),
  }
}

interface SyncLoop {
  run(): Promise<void>
  /** One batch, if this process may and there is one. */
  step(): Promise<Step>
  end(): void
  close(): Promise<void>
  lastError(): unknown
}

function syncLoop(world: WarehouseWorld): SyncLoop {
  // The lock lives and dies with this one connection.
  const own = lockConnection(world)
  const stopping = new AbortController()
  let completed = false
  let lastError: unknown
  const step = async (): Promise<Step> => {
    if (completed && !(await hasNews(own))) return 'idle'
    if (!(await tryLock(own))) return 'elsewhere'
    try {
      await ensureWarehouse(world, syncReader, { signal: stopping.signal })
      if (!completed) await completeWarehouse(world)
      completed = true
      const batch = await takeBatch(own, syncReader, most)
      if (!batch) return 'idle'
      await applyBatch(world, batch)
      await finishBatch(own, syncReader, batch)
      return batch.full ? 'full' : 'worked'
    } catch (error) {
      completed = false
      throw error
    } finally {
      await unlock(own)
    }
  }
  const oneAtATime = serialised(step)
  const pause = (ms: number) => sleep(ms, undefined, { ref: false, signal: stopping.signal }).catch(() => {})
  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        const step = await oneAtATime()
        if (step === 'full' || step === 'worked') lastError = undefined
        if (step !== 'full') await pause(lookEveryMs)
      } catch (error) {
        if (stopping.signal.aborted) return
        lastError = error
        world.log('warn', 'The warehouse could not be brought up to date; trying again', { error: (error as Error).message })
        await pause(afterErrorMs)
      }
    }
  }
  return {
    run,
    step: oneAtATime,
    end: () => stopping.abort(),
    close: () => own.end({ timeout: 5 }),
    lastError: () => lastError,
  }
}

/** Runs one call after the other: the lock of a session does not keep the session itself out. */
function serialised<T>(work: () => Promise<T>): () => Promise<T> {
  let before: Promise<unknown> = Promise.resolve()
  return () => {
    const next = before.then(work, work)
    before = next.catch(() => {})
    return next
  }
}

const lockConnection = ({ database }: WarehouseWorld): Sql =>
  connect(database.address, {
    user: 'zhike_system',
    password: database.passwordOf('zhike_system'),
    max: 1,
    name: 'zhike_warehouse',
  })

/** Whether a look at the outbox is worth its transaction. */
async function hasNews(own: Sql): Promise<boolean> {
  const [row] = await own<{ news: boolean }[]>`
    select not exists (select 1 from outbox_cursor where reader = ${syncReader})
        or exists (select 1 from outbox_cursor c join outbox o on (o.xid, o.position) > (c.xid, c.position)
                    where c.reader = ${syncReader}) as news`
  return row?.news ?? true
}

const lockKey = 'zhike_warehouse'

async function tryLock(own: Sql): Promise<boolean> {
  const [row] = await own<{ held: boolean }[]>`select pg_try_advisory_lock(hashtext(${lockKey})) as held`
  return row?.held ?? false
}

/** If the connection is gone, so is the lock. */
async function unlock(own: Sql): Promise<void> {
  await own`select pg_advisory_unlock_all()`.catch(() => {})
}

async function caughtUp({ database }: WarehouseWorld, loop: SyncLoop, withinMs: number): Promise<void> {
  const { system } = database
  const until = performance.now() + withinMs
  const [last] = await system<{ xid: string; position: number }[]>`
    select xid::text, position from outbox order by outbox.xid desc, outbox.position desc limit 1`
  const { xid, position } = last ?? { xid: '0', position: 0 }
  const isReached = async () => {
    const rows = await system`select 1 from outbox_cursor where reader = ${syncReader} and (xid, position) >= (${xid}::xid8, ${position})`
    return rows.length > 0
  }
  let error: unknown
  while (!(await isReached())) {
    const step = await loop.step().catch((problem: unknown) => {
      error = problem
      return 'idle'
    })
    if (performance.now() > until) {
      throw new Error(`The warehouse did not catch up within ${withinMs} ms`, { cause: error ?? loop.lastError() })
    }
    if (step !== 'full' && step !== 'worked') await sleep(10)
  }
}

async function rebuild(world: WarehouseWorld, options: BuildOptions): Promise<BuildResult> {
  const own = lockConnection(world)
  try {
    await own`select pg_advisory_lock(hashtext(${lockKey}))`
    return await buildWarehouse(world, syncReader, options)
  } finally {
    await own.end({ timeout: 5 })
  }
}

/** How far the warehouse is behind, and when it last moved. */
export async function syncState({ database }: WarehouseWorld): Promise<{ events: number; seconds: number; lastSyncAt: Date | null }> {
  const [lag, cursors] = await Promise.all([
    outboxLag(database.system, syncReader),
    database.system<{ at: Date }[]>`select updated_at as at from outbox_cursor where reader = ${syncReader}`,
  ])
  return { ...lag, lastSyncAt: cursors[0]?.at ?? null }
}
