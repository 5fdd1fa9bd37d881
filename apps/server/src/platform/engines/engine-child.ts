import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readSync, statSync, truncateSync } from 'node:fs'
import { dirname } from 'node:path'

const logLimit = 10 * 1024 * 1024

/** Opens the file that a child writes its messages to; starts it anew when it has grown large. */
export function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const output = openSync(file, 'a', 0o600)
  if (statSync(file).size > logLimit) truncateSync(file)
  return output
}

/** The last line of a log, for the sentence that says why a child ended. */
export function lastLogLine(file: string): string {
  const size = statSync(file).size
  const tail = Buffer.alloc(Math.min(size, 4000))
  const input = openSync(file, 'r')
  readSync(input, tail, 0, tail.length, size - tail.length)
  closeSync(input)
  return lastLine(tail.toString())
}

export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

/** Settles with what ended the child. */
export async function exitOf(child: ChildProcess): Promise<string> {
  const failed = once(child, 'error').then(([error]) => (error as Error).message)
  const ended = once(child, 'exit').then(([code, signal]) => (signal === null ? `exit code ${code}` : `signal ${signal}`))
  return Promise.race([failed, ended])
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Where the system does not end a child with its parent: a shell that sees our end of a pipe close does. */
export function watchOver(child: ChildProcess): void {
  const watchdog = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1" 2>/dev/null', 'sh', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watchdog.unref()
  child.once('exit', () => watchdog.kill('SIGKILL'))
}
