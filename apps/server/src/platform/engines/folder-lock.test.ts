import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from './folder-lock.ts'
import { processIdentity } from './processes.ts'
import { temporaryFolder } from './testing/engine-fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder.path, 'server.lock')
})
afterEach(() => folder.remove())

test('a folder is held until it is released', async () => {
  const lock = await lockFolder(folder.path)
  await expect(lockFolder(folder.path)).rejects.toMatchObject({ code: 'data-folder-in-use' })
  lock.release()
  expect(existsSync(file)).toBe(false)
  ;(await lockFolder(folder.path)).release()
})

test('a folder held by a living process is refused, naming it', async () => {
  const other = spawn('sleep', ['60'])
  await once(other, 'spawn')
  writeFileSync(file, JSON.stringify({ pid: other.pid, identity: processIdentity(other.pid ?? 0) }))
  await expect(lockFolder(folder.path)).rejects.toThrow(`process ${other.pid}`)
  other.kill()
})

test.each([
  ['of a process that is gone', () => JSON.stringify({ pid: 4_000_000, identity: 'x' })],
  ['whose process number belongs to another process now', () => JSON.stringify({ pid: 1, identity: 'earlier boot:1' })],
  ['whose process number is ours now, as in a container', () => JSON.stringify({ pid: process.pid, identity: 'earlier boot:1' })],
  ['cut short by a crash', () => ''],
])('a lock %s is taken over', async (_, content) => {
  writeFileSync(file, content())
  const lock = await lockFolder(folder.path)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid })
  lock.release()
})

test('of many that find a stale lock at once, one gets the folder', async () => {
  writeFileSync(file, JSON.stringify({ pid: 4_000_000, identity: 'x' }))
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => lockFolder(folder.path)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a folder that cannot be made is a clear sentence', async () => {
  writeFileSync(join(folder.path, 'file'), '')
  await expect(lockFolder(join(folder.path, 'file', 'data'))).rejects.toMatchObject({ code: 'data-folder-unusable' })
})
