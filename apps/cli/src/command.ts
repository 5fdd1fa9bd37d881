import type { Client } from '@zhike/contract/client.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import type { Say, Text } from './text.ts'

interface Option {
  readonly type: 'string' | 'boolean'
  /** May be given more than once. */
  readonly multiple?: true
  /** What stands for the value in the help: DATE. */
  readonly value?: string
  readonly text: Text
}

export type Options = Readonly<Record<string, Option>>

/** Options as they were given. */
export interface Given {
  /** The value of an option that is not repeated. */
  text(name: string): string | undefined
  texts(name: string): readonly string[]
  flag(name: string): boolean
  /** @throws UsageProblem unless it is a whole number in this range */
  whole(name: string, least: number, most: number): number | undefined
}

/** What a command is given. */
export interface Context {
  readonly call: Client
  readonly locale: Locale
  readonly say: Say
  readonly words: readonly string[]
  readonly given: Given
  /** A line for people; not with --json. */
  print(line: string): void
  /** A line beside the result, on the error output; not with --quiet. */
  remark(line: string): void
  /** Shows how far a job is; only on a terminal. */
  readonly showsProgress: boolean
}

export interface Outcome {
  /** With --json the last line. */
  readonly result: unknown
  /** 0 unless said otherwise. */
  readonly exit?: number
}

export interface Command {
  readonly name: string
  /** After `zhike`. */
  readonly usage: readonly string[]
  readonly text: Text
  readonly options: Options
  run(context: Context): Promise<Outcome>
}
