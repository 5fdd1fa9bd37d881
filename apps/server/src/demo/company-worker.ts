import { parentPort, workerData } from 'node:worker_threads'
import { type CompanyOptions, generateCompany } from '@zhike/demo/company.ts'

const port = parentPort
if (!port) throw new Error('This file runs as a worker thread')
port.postMessage(await generateCompany(workerData as CompanyOptions))
