import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { generateCompany, type Manifest } from '@zhike/demo/company.ts'
import type { RunningApp } from '../app.ts'
import { progressBar } from '../progress-bar.ts'
import { demoSeed, lastDayOfDemo } from './demo-days.ts'
import { loadCompany } from './load-company.ts'

/** `--demo`: fills an empty installation before it is announced. A start that was broken off goes on where it stopped. */
export async function loadDemoAtStart(app: RunningApp, dataFolder: string, people = 20_000): Promise<void> {
  const folder = join(dataFolder, 'demo')
  const marker = join(folder, 'loaded')
  if (existsSync(marker)) return
  const bar = progressBar('Demo company 演示公司')
  const manifest = await demoFiles(folder, people)
  await loadCompany(
    { database: app.database, url: () => app.url, caughtUp: () => app.sync.caughtUp() },
    { folder, manifest },
    (done, total, file) => bar.show(done / total, file ? `${file.channel.name.zh} ${basename(file.file)}` : 'RFM · ABC · CLV'),
  )
  writeFileSync(marker, new Date().toISOString())
  bar.end()
}

async function demoFiles(folder: string, people: number): Promise<Manifest> {
  const manifest = join(folder, 'manifest.json')
  if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
  return generateCompany({ seed: demoSeed, people, endDate: lastDayOfDemo(new Date()), outFolder: folder })
}
