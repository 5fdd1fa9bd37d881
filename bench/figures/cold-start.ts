import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Context, Figure } from '../figure.ts'
import { memoryMb } from '../processes.ts'
import { percentile } from '../requests.ts'
import { atMost } from '../result.ts'

const startSeconds = 5
const idleMb = { app: 200, all: 600 }
const restMs = 15_000
const tries = 3

/** The server as an operator starts it, engines embedded, on a data folder that is there. */
export const coldStart: Figure = {
  name: 'cold-start',
  target: `start to ready ≤ ${startSeconds} s; idle memory of all processes ≤ ${idleMb.all} MB, of the app ≤ ${idleMb.app} MB`,
  run: measure,
}

async function measure({ say }: Context) {
  const folder = mkdtempSync(join(tmpdir(), 'zhike-start-'))
  try {
    const first = await start(folder)
    await stop(first.child)
    const seconds: number[] = []
    let idle = { app: 0, all: 0 }
    for (let i = 0; i < tries; i++) {
      const { child, ms } = await start(folder)
      seconds.push(ms / 1000)
      if (i === tries - 1) {
        say('resting')
        await sleep(restMs)
        idle = memoryOf(child)
      }
      await stop(child)
    }
    const start50 = percentile(
      seconds.sort((a, b) => a - b),
      0.5,
    )
    return [
      atMost(
        { name: 'cold-start', value: start50, unit: 's', note: `first start on an empty folder ${(first.ms / 1000).toFixed(1)} s` },
        startSeconds,
      ),
      atMost({ name: 'memory-idle', value: idle.all, unit: 'MB', note: 'app, PostgreSQL and warehouse' }, idleMb.all),
      atMost({ name: 'memory-idle app', value: idle.app, unit: 'MB' }, idleMb.app),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const main = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))

/** @returns when it says that it is ready */
async function start(folder: string): Promise<{ child: ChildProcess; ms: number }> {
  const began = performance.now()
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('ZHIKE_') && !name.startsWith('npm_'))
  const child = spawn(process.execPath, [main], {
    env: {
      ...Object.fromEntries(environment),
      ZHIKE_DATA: folder,
      ZHIKE_PORT: '0',
      ZHIKE_ADMIN_EMAIL: 'bench@example.com',
      ZHIKE_ADMIN_PASSWORD: 'a long password for the bench 7',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await addressOf(child)
  while (!(await fetch(`${url}/readyz`)).ok) await sleep(20)
  return { child, ms: performance.now() - began }
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let text = ''
  for await (const part of stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    text += String(part)
    const url = /Zhike 知客 {2}(http:\S+)/.exec(text)?.[1]
    if (url !== undefined) {
      stdout?.resume()
      return url
    }
  }
  throw new Error(`The server ended before it was ready: ${text.slice(-1000)}`)
}

function memoryOf({ pid = 0 }: ChildProcess): { app: number; all: number } {
  return { app: memoryMb([pid], 'alone'), all: memoryMb([pid]) }
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
