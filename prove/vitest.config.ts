import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const hours = 60 * 60 * 1000

/** The same tests as in every run, with time for the whole of them; and those that only make sense whole. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    environment: 'node',
    globalSetup: ['apps/server/test/engines.ts'],
    include: ['apps/{server,web}/**/*.test.ts', 'prove/*.test.ts'],
    // As in every run: a page has the time to show what it asked the server for.
    expect: { poll: { timeout: 10_000 } },
    fileParallelism: false,
    testTimeout: 24 * hours,
    hookTimeout: hours,
  },
})
