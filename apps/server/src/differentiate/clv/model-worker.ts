import { parentPort, workerData } from 'node:worker_threads'
import { type ClvInput, type ClvOutput, valueCustomers } from './model.ts'

/** What the thread sends: how far it is, several times; then what it found. */
export type WorkerMessage = { fraction: number } | { output: ClvOutput }

const port = parentPort
if (!port) throw new Error('This file runs as a worker thread')
const send = (message: WorkerMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)

const output = valueCustomers(workerData as ClvInput, (fraction) => send({ fraction }))
const columns = [...Object.values(output.scores), output.matrix.quadrants] as { buffer: ArrayBuffer }[]
send(
  { output },
  columns.map(({ buffer }) => buffer),
)
