import { Worker } from 'node:worker_threads'
import type { ClvInput, ClvOutput } from './model.ts'
import type { WorkerMessage } from './model-worker.ts'

/**
 * Values customers in a thread of its own, so that requests are served meanwhile. The columns of `input` are handed over: they are
 * empty afterwards.
 * @throws the signal's reason when it is aborted; the thread is ended then
 */
export function valueInWorker(input: ClvInput, signal: AbortSignal, onStep: (fraction: number) => void): Promise<ClvOutput> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./model-worker.ts', import.meta.url), { workerData: input, transferList: columnsOf(input) })
  const { promise, resolve, reject } = Promise.withResolvers<ClvOutput>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  worker.on('message', (message: WorkerMessage) => {
    if ('output' in message) resolve(message.output)
    else onStep(message.fraction)
  })
  worker.on('error', reject)
  worker.on('exit', (code) => reject(new Error(`The thread that values customers ended with ${code}`)))
  return promise.finally(() => {
    signal.removeEventListener('abort', stop)
    void worker.terminate()
  })
}

function columnsOf({ history, calibration, current }: ClvInput): ArrayBuffer[] {
  const columns = [...Object.values(history), ...Object.values(calibration ?? {}), current]
  return columns.flatMap((column) => (column instanceof Float64Array ? [column.buffer as ArrayBuffer] : []))
}
