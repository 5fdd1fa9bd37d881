import { openWarehouse } from './warehouse-engine.ts'
import { serveWarehouse } from './warehouse-http.ts'

/** What the parent sends first. */
export interface ChildOptions {
  readonly folder: string
  readonly password: string
  /** 0: any free one. */
  readonly port: number
  /** Bytes all queries together may use. */
  readonly memoryLimit: number
}

/** What the child answers once. */
export interface ChildMessage {
  readonly port?: number
  readonly problem?: string
}

process.title = 'zhike warehouse'
// Stopping is the parent's decision; it closes the channel, and so does its death.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

process.once('message', (options: ChildOptions) => {
  void start(options)
})

async function start({ folder, password, port, memoryLimit }: ChildOptions): Promise<void> {
  try {
    const engine = await openWarehouse(folder, memoryLimit)
    process.once('disconnect', () => {
      // A query that does not let itself be cancelled must not keep us: what is acknowledged is already in its files.
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5000).unref()
      void engine.close().then(() => process.kill(process.pid, 'SIGKILL'))
    })
    process.send?.({ port: await serveWarehouse(engine, { password, port }) } satisfies ChildMessage)
  } catch (error) {
    process.send?.({ problem: (error as Error).message } satisfies ChildMessage)
  }
}
