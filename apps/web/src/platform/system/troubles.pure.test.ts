import type { SystemState } from '@zhike/contract/platform/system.ts'
import { expect, test } from 'vitest'
import { troublesOf } from './troubles.ts'

const now = Date.parse('2026-03-10T00:00:00Z')
const gigabyte = 1024 ** 3
const well: SystemState = {
  version: '1.0.0',
  startedAt: '2026-03-09T00:00:00Z',
  node: '24.0.0',
  engines: [
    { name: 'database', kind: 'embedded', up: true, version: '18.4' },
    { name: 'warehouse', kind: 'embedded', up: true, version: '25.1' },
  ],
  schema: { current: 4, known: 4 },
  readers: [{ name: 'warehouse', events: 3, seconds: 2 }],
  jobs: {},
  disk: { free: 50 * gigabyte, total: 100 * gigabyte },
  backup: { lastAt: '2026-03-09T00:00:00Z' },
  archive: null,
  memory: { application: 1, engines: 1 },
  liveStreams: 0,
}
const kinds = (change: Partial<SystemState>) => troublesOf({ ...well, ...change }, now).map(({ kind }) => kind)

test('an installation that is well has none', () => {
  expect(kinds({})).toEqual([])
})

test.each([
  ['an engine that does not answer', { engines: [well.engines[0]!, { ...well.engines[1]!, up: false }] }, 'warehouse-away'],
  ['an archive that fails', { archive: { lastAt: null, failing: true } }, 'archive-failing'],
  ['no backup at all', { backup: { lastAt: null } }, 'no-backup'],
  ['a backup of more than a week ago', { backup: { lastAt: '2026-03-01T00:00:00Z' } }, 'backup-old'],
  ['less than a tenth of the disk', { disk: { free: 9 * gigabyte, total: 100 * gigabyte } }, 'disk-short'],
  ['less than a gigabyte', { disk: { free: gigabyte / 2, total: 100 * gigabyte } }, 'disk-full'],
  ['a schema older than the program', { schema: { current: 3, known: 4 } }, 'schema-old'],
  ['a reader five minutes behind', { readers: [{ name: 'warehouse', events: 9, seconds: 301 }] }, 'reader-behind'],
])('%s is told', (_what, change: Partial<SystemState>, kind) => {
  expect(kinds(change)).toEqual([kind])
})

test('a database elsewhere has its backups elsewhere', () => {
  const engines = well.engines.map((engine) => ({ ...engine, kind: 'external' as const }))
  expect(kinds({ engines, backup: { lastAt: null } })).toEqual([])
})
