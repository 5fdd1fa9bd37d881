import { Worker } from 'node:worker_threads'
import type { CompanyOptions, Manifest } from '@zhike/demo/company.ts'

/**
 * Writes the generated company in a thread of its own, so that requests are served meanwhile.
 * @throws the signal's reason when it is aborted; the thread is ended then
 */
export function generateInWorker(options: CompanyOptions, signal: AbortSignal): Promise<Manifest> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./company-worker.ts', import.meta.url), { workerData: options })
  const { promise, resolve, reject } = Promise.withResolvers<Manifest>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  worker.on('message', resolve)
  worker.on('error', reject)
  worker.on('exit', (code) => reject(new Error(`The thread that writes the demo company ended with ${code}`)))
  return promise.finally(() => {
    signal.removeEventListener('abort', stop)
    void worker.terminate()
  })
}
