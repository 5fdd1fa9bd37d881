import { useSyncExternalStore } from 'react'

/** Whether the server answers: `offline` is this device's network, `down` the server's silence. */
export type Connection = 'up' | 'offline' | 'down'

let connection: Connection = 'up'
let probing: Promise<void> | undefined
let wake = () => {}
const listeners = new Set<() => void>()

function become(next: Connection): void {
  if (connection === next) return
  connection = next
  for (const listener of listeners) listener()
}

/** The address of the smallest answer there is. */
const probe = '/healthz'
const longestPause = 10_000

/** Asks until the server answers, more and more rarely; at once when the network comes back or somebody presses “now”. */
async function untilReached(): Promise<void> {
  for (let pause = 1000; ; pause = Math.min(pause * 1.5, longestPause)) {
    become(navigator.onLine ? 'down' : 'offline')
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pause)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    const answer = await window.fetch(probe, { cache: 'no-store' }).catch(() => undefined)
    if (answer && answer.status < 500) return become('up')
  }
}

/** Tells that the server did not answer. @returns when it does again */
export function connectionLost(): Promise<void> {
  probing ??= untilReached().finally(() => {
    probing = undefined
  })
  return probing
}

export const tryNow = (): void => wake()
window.addEventListener('online', tryNow)
window.addEventListener('offline', () => void connectionLost())

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => connection)

/** Calls back each time the server answers again. */
export function whenBack(handler: () => void): void {
  listeners.add(() => {
    if (connection === 'up') handler()
  })
}
