import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, inject } from 'vitest'
import type { AppOptions } from '../../src/app.ts'
import type { TestServer } from '../harness.ts'

export interface ChildServer {
  url: string
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
})

/** Another server on the same database and files, in a process of its own. */
export async function serverProcess(server: TestServer, more: Pick<AppOptions, 'roles' | 'trustedProxies'>): Promise<ChildServer> {
  const { secret, warehouseUrl, dataFolder } = inject('engines')
  const database = server.app.database.address
  const options: AppOptions = {
    database,
    warehouse: { url: warehouseUrl, database: database.database },
    secret,
    dataFolder: join(dataFolder, database.database),
    host: '127.0.0.1',
    port: 0,
    ...more,
  }
  const file = fileURLToPath(new URL('./server-process.ts', import.meta.url))
  const child = fork(file, [JSON.stringify(options)], { execArgv: [], silent: true })
  children.push(child)
  const [url] = (await once(child, 'message')) as [string]
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}
