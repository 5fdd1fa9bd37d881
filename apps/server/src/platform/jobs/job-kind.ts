import type { Right } from '@zhike/contract/platform/rights.ts'
import type { z } from 'zod'
import type { Tx } from '../database/database.ts'
import type { Actor } from '../permissions/principal.ts'

/** What a running job is given. */
export interface JobContext<I = unknown> {
  readonly job: { readonly id: string; readonly kind: string; readonly input: I; readonly attempt: number }
  /** Whoever started it, with the rights they have now; undefined for what the system does by itself. */
  readonly actor: Actor | undefined
  /** Aborted when the job is cancelled, its person loses the right, or the worker stops. */
  readonly signal: AbortSignal
  /** Written outside the work's transactions, at most a few times a second; what would go back is ignored. */
  progress(done: number, total?: number | null, stage?: string): Promise<void>
  /**
   * A transaction as the person (under their row scope) or as the system. Cancelling ends its running statement; once the job
   * is cancelled or was taken over by another worker, none begins.
   */
  transaction<T>(as: 'actor' | 'system', work: (tx: Tx) => Promise<T>): Promise<T>
  /** To be spread into every call of the warehouse client, so that cancelling ends its query. */
  warehouseSettings(): { query_id: string; abort_signal: AbortSignal }
  /** Loads the person's rights again; before each batch. @throws Problem `right-missing` */
  recheck(): Promise<void>
  throwIfCancelled(): void
}

export type JobOutcome = 'done' | 'failed' | 'cancelled'

/**
 * A kind of long work. `run` is started again from the beginning after a crash, so it must find out what it has done already
 * and go on there.
 */
export interface JobKind<I = unknown> {
  readonly kind: string
  readonly input: z.ZodType<I>
  /** Whoever starts it must hold this until the end. */
  readonly right?: Right
  /** Further attempts after an unexpected error: 2 unless said otherwise. A Problem is final. */
  readonly retries?: number
  run(context: JobContext<I>): Promise<Record<string, unknown>>
  /** Runs in the transaction that ends the job, whatever the outcome: the place to set a record's own state. */
  settled?(tx: Tx, job: { id: string; input: I; outcome: JobOutcome; result: Record<string, unknown> | null }): Promise<void>
}

/** Declares a kind of job. */
export const defineJob = <I>(kind: JobKind<I>): JobKind<I> => kind

/** Kinds of different inputs side by side: each one parses its own input before it runs. */
// oxlint-disable-next-line typescript/no-explicit-any -- the input of a kind stands in both positions
export type AnyJobKind = JobKind<any>
