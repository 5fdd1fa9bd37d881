import type { Result } from './result.ts'
import type { World } from './world.ts'

export interface Figure {
  name: string
  /** In words; each result says its own as a number. */
  target: string
  run(context: Context): Promise<Result[]>
}

export interface Context {
  /** Started when the first figure asks for it. */
  world(): Promise<World>
  /** Of one measurement of a load. */
  milliseconds: number
  say(text: string): void
}
