import { parentPort, workerData } from 'node:worker_threads'
import { FileProblem } from './file-problem.ts'
import type { FromWorker, WorkerTask } from './xlsx.ts'
import { openSheet } from './xlsx-reader.ts'

const port = parentPort
const { path, options } = workerData as WorkerTask

async function run(send: (message: FromWorker) => void, asked: () => Promise<void>): Promise<void> {
  try {
    const { sheets, sheet, batches } = await openSheet(path, options)
    send({ type: 'opened', sheets, sheet })
    await asked()
    for await (const batch of batches) {
      send({ type: 'batch', batch })
      await asked()
    }
    send({ type: 'end' })
  } catch (error) {
    // whatever a damaged file does to the reader, it is the file that is broken
    if (error instanceof FileProblem) send({ type: 'problem', code: error.code, values: error.values })
    else send({ type: 'problem', code: 'file-broken', values: {} })
  }
}

if (port) {
  await run(
    (message) => port.postMessage(message),
    () => new Promise((resolve) => port.once('message', () => resolve())),
  )
  port.close()
}
