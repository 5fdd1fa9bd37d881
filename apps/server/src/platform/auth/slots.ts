import { Problem } from '../http/problem.ts'

export interface Slots {
  /** Waits for a free slot and runs. @throws Problem `overloaded` when too many wait already */
  run<T>(work: () => Promise<T>): Promise<T>
}

/** At most `most` pieces of work at once; up to `mostWaiting` more wait in line. */
export function slots(most: number, mostWaiting: number): Slots {
  let running = 0
  const waiting: (() => void)[] = []
  return {
    run: async (work) => {
      if (running >= most) {
        if (waiting.length >= mostWaiting) throw new Problem('overloaded', { seconds: 5 })
        // Whoever ends hands over its slot, so that nobody can slip in between.
        await new Promise<void>((resolve) => waiting.push(resolve))
      } else running += 1
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running -= 1
      }
    },
  }
}
