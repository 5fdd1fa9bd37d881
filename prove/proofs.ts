export interface Proof {
  /** Of docs/promises.md. */
  promises: readonly string[]
  what: string
  files: readonly string[]
  /** How much is tried, where a test has a measure of its own. */
  env?: Readonly<Record<string, string>>
}

const promises = (name: string) => `apps/server/test/promises/${name}.test.ts`

/** Every promise that has a test, and the tests that prove it. */
export const proofs: readonly Proof[] = [
  { promises: ['G02'], what: 'guessing passwords and finding accounts', files: ['prove/guessing.test.ts'] },
  { promises: ['G05'], what: 'keys never above their owners', files: ['prove/keys.test.ts'] },
  { promises: ['G04'], what: 'every way to lose a right, while much is under way', files: [promises('lost-rights')] },
  {
    promises: ['G06'],
    what: 'headers and cookies of every answer, and what foreign pages may make a browser do',
    files: [promises('browsers')],
  },
  {
    promises: ['G07', 'G08', 'G12'],
    what: 'every way to read, and the database with the checks off',
    files: [
      promises('reads'),
      'apps/server/src/identify/customers/row-scope.test.ts',
      'apps/server/src/platform/permissions/policy.test.ts',
    ],
  },
  { promises: ['G10', 'G11', 'G21', 'G32'], what: 'every way to change: refused, repeated, noted', files: [promises('deeds')] },
  { promises: ['G13'], what: 'injected texts', files: [promises('injection')] },
  {
    promises: ['G14'],
    what: 'stored texts in every page of the web app, with and without its policy',
    files: ['apps/web/journeys/stored-scripts.test.ts'],
  },
  { promises: ['G11', 'G15'], what: 'whatever can be sent to every operation', files: [promises('fuzz')] },
  { promises: ['G17', 'G20'], what: 'hostile files and formulas', files: [promises('files'), promises('formulas')] },
  { promises: ['G38'], what: 'whole personal values in every answer', files: [promises('masks')] },
  { promises: ['G18', 'G21', 'G32'], what: 'kill -9 of imports and servers', files: [promises('kill')] },
  {
    promises: ['G43'],
    what: 'kill -9 of workers and engines: the warehouse equals a rebuilt one',
    files: ['apps/server/src/identify/warehouse/crash.test.ts', 'apps/server/src/identify/warehouse/warehouse.test.ts'],
    env: { ZHIKE_PROVE_KILLINGS: '60', ZHIKE_PROVE_EDITS: '5000' },
  },
  {
    promises: ['G46'],
    what: 'backup and restore',
    files: ['apps/server/src/platform/backup/backup.test.ts', 'apps/server/test/restore.test.ts'],
  },
]
