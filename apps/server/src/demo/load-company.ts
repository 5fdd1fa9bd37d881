import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Client, createClient } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import * as files from '@zhike/contract/platform/files.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import type { Manifest } from '@zhike/demo/company.ts'
import { withTemporaryKey } from '../platform/auth/temporary-key.ts'
import type { Database } from '../platform/database/database.ts'

export interface DemoWorld {
  database: Database
  /** Where the server itself listens: the demo comes in by the ordinary interface. */
  url: () => string
  /** When all that was imported can be analysed. */
  caughtUp: () => Promise<void>
}

export interface DemoFiles {
  folder: string
  manifest: Manifest
}

/** What comes after the rows: the file being read, or undefined once the analyses run. */
export type OnDemoProgress = (done: number, total: number, file: Manifest['files'][number] | undefined) => void

/**
 * Brings the files of the generated company in by the ordinary import, and runs the ordinary analyses. What is imported already
 * is not imported again, so a load that was broken off goes on where it stopped.
 * @throws the signal's reason when it is aborted; the import that runs then is stopped
 */
export async function loadCompany(
  { database, url, caughtUp }: DemoWorld,
  { folder, manifest }: DemoFiles,
  onProgress: OnDemoProgress,
  signal?: AbortSignal,
): Promise<void> {
  const total = manifest.files.reduce((sum, file) => sum + file.rows, 0)
  await withTemporaryKey(database, async (key) => {
    const call = createClient({ baseUrl: url(), headers: () => ({ authorization: `Bearer ${key}`, 'accept-language': 'zh' }) })
    const done = new Set(
      (await call(imports.list, { query: { limit: 200 } })).items.filter(({ state }) => state === 'done').map(({ file }) => file.name),
    )
    let before = 0
    for (const file of manifest.files) {
      onProgress(before, total, file)
      if (!done.has(basename(file.file))) {
        const jobId = await startImport(call, folder, file)
        await ended(call, jobId, (rows) => onProgress(before + rows, total, file), signal)
      }
      before += file.rows
    }
    onProgress(total, total, undefined)
    await caughtUp()
    for (const { id } of (await call(analyses.list, {})).items) {
      const { job } = await call(analyses.start, { params: { id }, body: { asOf: manifest.lastDay } })
      await ended(call, job.id, () => {}, signal)
    }
  })
}

async function startImport(call: Client, folder: string, file: Manifest['files'][number]): Promise<string> {
  const kind = file.importKind as ImportKind
  const form = new FormData()
  form.append('file', new Blob([await readFile(join(folder, file.file))]), basename(file.file))
  const stored = await call(files.upload, { body: form })
  const found = await call(imports.inspect, { body: { fileId: stored.id, kind } })
  const known = (await call(catalog.listChannels, {})).items.some(({ code }) => code === file.channel.code)
  const started = await call(imports.start, {
    body: {
      fileId: stored.id,
      channel: file.channel.code,
      ...(known ? {} : { newChannel: { name: file.channel.name.zh, kind: file.channel.kind, trust: file.channel.trust } }),
      settings: {
        kind,
        columns: found.columns.map(({ index, header, field }) => ({ index, header, field })),
        ...(found.dateFormat ? { dateFormat: found.dateFormat } : {}),
      },
    },
  })
  if (!started.jobId) throw new Error(`The import of ${file.file} has no job`)
  return started.jobId
}

async function ended(call: Client, id: string, onRows: (done: number) => void, signal: AbortSignal | undefined): Promise<void> {
  for (;;) {
    if (signal?.aborted) {
      // Not when it has just ended by itself.
      await call(jobs.cancel, { params: { id } }).catch(() => {})
      throw signal.reason
    }
    const job = await call(jobs.get, { params: { id } })
    onRows(job.done)
    if (job.state === 'done') return
    if (job.state === 'failed' || job.state === 'cancelled') {
      throw new Error(`The demo could not be loaded: ${job.kind} ${job.state}: ${job.problem?.title ?? ''} ${job.problem?.detail ?? ''}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
