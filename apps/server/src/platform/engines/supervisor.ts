import { setTimeout as sleep } from 'node:timers/promises'

import type { EngineStatus, Log } from './engine.ts'

/** One life of an engine's process, from ready to gone. */
export interface EngineProcess {
  readonly pids: readonly number[]
  /** Settles with what ended it. */
  readonly exited: Promise<string>
  /** Asks it to finish, then makes it. */
  stop(): Promise<void>
}

export interface Supervised {
  status(): EngineStatus
  pids(): readonly number[]
  stop(): Promise<void>
}

export interface SupervisedOptions {
  readonly name: string
  /** Settles when the process answers queries. */
  readonly start: () => Promise<EngineProcess>
  /** A real query; rejects when it is not answered. */
  readonly probe: () => Promise<void>
  readonly onStatus: (status: EngineStatus) => void
  readonly log: Log
}

const pausesMs = [0, 200, 400, 800, 1500, 3000, 5000]
const probeEveryMs = 3000
const failuresUntilDown = 5

async function startedAndAnswering({ start, probe }: SupervisedOptions): Promise<EngineProcess> {
  const started = await start()
  try {
    await probe()
    return started
  } catch (error) {
    await started.stop()
    throw error
  }
}

/**
 * Starts an engine and keeps it running until stopped: a process that ends is started again, at once and then after growing
 * pauses. The first start is the caller's: its failure is thrown.
 */
export async function supervise(options: SupervisedOptions): Promise<Supervised> {
  const { name, log } = options
  let status: EngineStatus = 'starting'
  let stopping = false
  const setStatus = (next: EngineStatus) => {
    if (next === status || stopping) return
    status = next
    options.onStatus(next)
  }
  let current: EngineProcess | undefined = await startedAndAnswering(options)
  setStatus('up')

  const startAgain = async () => {
    for (let failures = 0; !stopping; failures += 1) {
      await sleep(pausesMs[Math.min(failures, pausesMs.length - 1)] ?? 0)
      if (stopping) return
      try {
        current = await startedAndAnswering(options)
        return
      } catch (error) {
        log('error', `${name} did not start again`, { attempt: failures + 1, reason: (error as Error).message })
        if (failures + 1 >= failuresUntilDown) setStatus('down')
      }
    }
  }
  const keepRunning = async () => {
    while (!stopping && current !== undefined) {
      const reason = await current.exited
      if (stopping) return
      current = undefined
      setStatus('starting')
      const since = performance.now()
      log('warn', `${name} ended unexpectedly and is started again`, { reason })
      await startAgain()
      if (current === undefined) return
      setStatus('up')
      log('info', `${name} is back`, { afterMs: Math.round(performance.now() - since) })
    }
  }
  const running = keepRunning()

  // A process may live without answering, as PostgreSQL does while it recovers from a killed backend.
  let probing = false
  const look = async () => {
    if (probing || current === undefined) return
    probing = true
    const probed = current
    const answered = await options.probe().then(
      () => true,
      () => false,
    )
    if (probed === current) setStatus(answered ? 'up' : 'starting')
    probing = false
  }
  const probeTimer = setInterval(() => void look(), probeEveryMs)
  probeTimer.unref()

  return {
    status: () => status,
    pids: () => current?.pids ?? [],
    stop: async () => {
      clearInterval(probeTimer)
      setStatus('down')
      stopping = true
      await current?.stop()
      await running
      await current?.stop()
    },
  }
}
