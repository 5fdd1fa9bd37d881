import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const hours = 60 * 60 * 1000

/** The same tests as in every run, with time for the whole of them; and those that only make sense whole. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    environment: 'node',
    globalSetup: ['apps/server/test/engines.ts'],
    include: ['apps/server/**/*.test.ts', 'prove/*.test.ts'],
    fileParallelism: false,
    testTimeout: 24 * hours,
    hookTimeout: hours,
  },
})
