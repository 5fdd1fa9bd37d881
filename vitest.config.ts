import { defineConfig } from 'vitest/config'

const shared = { environment: 'node', testTimeout: 30_000, hookTimeout: 60_000 } as const

/** pure: no engines · server: through HTTP on both engines, one pair per run · engines: start and kill their own · web: Chromium. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'pure',
          include: [
            'packages/**/*.test.ts',
            'apps/cli/**/*.test.ts',
            'apps/server/src/config.test.ts',
            'apps/server/src/identify/identity/**/*.test.ts',
            'apps/server/src/identify/collection/{files,mapping}/**/*.test.ts',
            'apps/**/*.pure.test.ts',
          ],
        },
      },
      {
        test: {
          ...shared,
          name: 'server',
          globalSetup: ['apps/server/test/engines.ts'],
          include: ['apps/server/**/*.test.ts'],
          exclude: [
            'apps/server/src/config.test.ts',
            'apps/server/src/identify/identity/**/*.test.ts',
            'apps/server/src/identify/collection/{files,mapping}/**/*.test.ts',
            'apps/server/src/platform/{engines,backup}/**',
            'apps/server/test/restore.test.ts',
            '**/*.pure.test.ts',
          ],
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...shared,
          name: 'engines',
          testTimeout: 120_000,
          include: ['apps/server/src/platform/{engines,backup}/**/*.test.ts', 'apps/server/test/restore.test.ts'],
          fileParallelism: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'web',
          // A page has the time to show what it asked the server for.
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 120_000,
          globalSetup: ['apps/server/test/engines.ts'],
          include: ['apps/web/**/*.test.ts'],
          maxWorkers: 2,
        },
      },
    ],
  },
})
