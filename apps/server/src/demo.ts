import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Client, createClient } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import * as files from '@zhike/contract/platform/files.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import { generateCompany, type Manifest } from '@zhike/demo/company.ts'
import type { RunningApp } from './app.ts'
import { withTemporaryKey } from './platform/auth/temporary-key.ts'
import { progressBar } from './progress-bar.ts'

const seed = 20_260_401

/**
 * Fills an empty installation with the generated company, through the ordinary import and with the ordinary analyses. What is
 * loaded already is not loaded again: a start that was broken off goes on where it stopped.
 */
export async function loadDemo(app: RunningApp, dataFolder: string, people = 20_000): Promise<void> {
  const folder = join(dataFolder, 'demo')
  const marker = join(folder, 'loaded')
  if (existsSync(marker)) return
  const bar = progressBar('Demo company 演示公司')
  const manifest = await demoFiles(folder, people)
  const total = manifest.files.reduce((sum, file) => sum + file.rows, 0)
  await withTemporaryKey(app.database, async (key) => {
    const call = createClient({ baseUrl: app.url, headers: () => ({ authorization: `Bearer ${key}`, 'accept-language': 'zh' }) })
    const done = new Set(
      (await call(imports.list, { query: { limit: 200 } })).items.filter(({ state }) => state === 'done').map(({ file }) => file.name),
    )
    let before = 0
    for (const file of manifest.files) {
      const name = basename(file.file)
      if (!done.has(name)) {
        await importFile(call, folder, file, (rows) => bar.show((before + rows) / total, `${file.channel.name.zh} ${name}`))
      }
      before += file.rows
      bar.show(before / total, name)
    }
    await app.sync.caughtUp()
    bar.show(1, 'RFM · ABC · CLV')
    await analyse(call, manifest.lastDay)
  })
  writeFileSync(marker, new Date().toISOString())
  bar.end()
}

async function demoFiles(folder: string, people: number): Promise<Manifest> {
  const manifest = join(folder, 'manifest.json')
  if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
  // Two years up to yesterday, so that "3 days ago" is true on the screens.
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  return generateCompany({ seed, people, endDate: yesterday, outFolder: folder })
}

async function importFile(call: Client, folder: string, file: Manifest['files'][number], onRows: (rows: number) => void): Promise<void> {
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
  await waitFor(call, started.jobId ?? '', onRows)
}

async function analyse(call: Client, asOf: string): Promise<void> {
  for (const { id } of (await call(analyses.list, {})).items) {
    const { job } = await call(analyses.start, { params: { id }, body: { asOf } })
    await waitFor(call, job.id, () => {})
  }
}

async function waitFor(call: Client, id: string, onRows: (done: number) => void): Promise<void> {
  for (;;) {
    const job = await call(jobs.get, { params: { id } })
    onRows(job.done)
    if (job.state === 'done') return
    if (job.state === 'failed' || job.state === 'cancelled') {
      throw new Error(`The demo could not be loaded: ${job.kind} ${job.state}: ${job.problem?.title ?? ''} ${job.problem?.detail ?? ''}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
