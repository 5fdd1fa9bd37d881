import { Worker } from 'node:worker_threads'
import { openArchive } from './archive.ts'
import { FileProblem, type FileProblemCode } from './file-problem.ts'
import { limits } from './limits.ts'
import type { ReadOptions, TableBatch } from './table.ts'

export interface WorkerTask {
  path: string
  options: Pick<ReadOptions, 'sheet' | 'startRow' | 'batchSize'>
}

export type FromWorker =
  | { type: 'opened'; sheets: string[]; sheet: string }
  | { type: 'batch'; batch: TableBatch & { lastRow: number } }
  | { type: 'end' }
  | { type: 'problem'; code: FileProblemCode; values: Record<string, string | number> }

/**
 * Talks to a worker with a capped heap, one message at a time: it reads on only when the last batch has been taken. A file that needs more memory than it may
 * have ends the worker, not the server.
 */
async function* conversation(task: WorkerTask, signal: AbortSignal | undefined): AsyncGenerator<FromWorker> {
  signal?.throwIfAborted()
  const worker = new Worker(new URL('./xlsx-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: limits.workerMegabytes, maxYoungGenerationSizeMb: 48, stackSizeMb: 4 },
    execArgv: [],
  })
  const waiting: FromWorker[] = []
  let failure: unknown
  let wake: () => void = () => undefined
  worker.on('message', (message: FromWorker) => {
    waiting.push(message)
    wake()
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    failure = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new FileProblem('file-too-big', { limit: limits.workerMegabytes }) : error
    wake()
  })
  worker.on('exit', () => {
    failure ??= new FileProblem('file-broken')
    wake()
  })
  const abort = () => {
    failure ??= signal?.reason
    wake()
  }
  signal?.addEventListener('abort', abort)
  try {
    for (;;) {
      const message = waiting.shift()
      if (message) {
        yield message
        if (message.type === 'end' || message.type === 'problem') return
        worker.postMessage('next')
        continue
      }
      if (failure !== undefined) throw failure
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    signal?.removeEventListener('abort', abort)
    await worker.terminate()
  }
}

async function refuseBombs(path: string): Promise<void> {
  const archive = await openArchive(path)
  archive.close()
}

/** The rows of one sheet of an XLSX file in batches. */
export async function* readXlsx(path: string, options: ReadOptions): AsyncGenerator<TableBatch> {
  await refuseBombs(path)
  const { signal, sheet, startRow, batchSize } = options
  for await (const message of conversation({ path, options: defined({ sheet, startRow, batchSize }) }, signal)) {
    if (message.type === 'problem') throw new FileProblem(message.code, message.values)
    if (message.type === 'batch') yield { firstRow: message.batch.firstRow, rows: message.batch.rows, problems: message.batch.problems }
  }
}

/** The first rows of a sheet, the names of all visible ones, and the number of rows by the sheet's own word. */
export async function sampleXlsx(
  path: string,
  options: ReadOptions,
  most: number,
): Promise<{ batch: TableBatch; sheets: string[]; sheet: string; estimatedRows: number }> {
  await refuseBombs(path)
  let sheets: string[] = []
  let sheet = ''
  for await (const message of conversation({ path, options: defined({ sheet: options.sheet, batchSize: most }) }, options.signal)) {
    if (message.type === 'problem') throw new FileProblem(message.code, message.values)
    if (message.type === 'opened') ({ sheets, sheet } = message)
    if (message.type === 'batch') {
      const { batch } = message
      return { batch, sheets, sheet, estimatedRows: batch.rows.length < most ? batch.rows.length : Math.max(most, batch.lastRow) }
    }
  }
  throw new FileProblem('file-empty')
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

const defined = <T extends object>(values: T): Defined<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>
