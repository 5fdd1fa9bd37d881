import { useSyncExternalStore } from 'react'

let waiting: { promise: Promise<boolean>; resolve: (same: boolean) => void } | undefined
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** The session ended under somebody's hands. @returns true once the same person has signed in again, false when the page is left */
export function signedInAgain(): Promise<boolean> {
  if (!waiting) {
    waiting = Promise.withResolvers<boolean>()
    tell()
  }
  return waiting.promise
}

/** Lets every request that waited go on, or fail. */
export function endWaiting(same: boolean): void {
  waiting?.resolve(same)
  waiting = undefined
  tell()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useSessionEnded = (): boolean => useSyncExternalStore(subscribe, () => waiting !== undefined)
