import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isRunning } from './processes.ts'
import { until } from './testing/engine-fixtures.ts'

test('where the system does not do it, the watchdog ends the child of a killed parent', async () => {
  const module = JSON.stringify(join(import.meta.dirname, 'engine-child.ts'))
  const script = `
    const { spawn } = await import('node:child_process')
    const { watchOver } = await import(${module})
    const child = spawn('sleep', ['100'], { detached: true, stdio: 'ignore' })
    watchOver(child)
    console.log(child.pid)
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const child = Number(line.toString())
  expect(isRunning(child)).toBe(true)
  parent.kill('SIGKILL')
  await until('the child ends', () => !isRunning(child), 5000)
})
