import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Builds the web app, unless the last build is newer than everything it was made of. `--force` builds in any case. */
const built = 'apps/web/dist/index.html'
const sources = [
  'apps/web/src',
  'apps/web/public',
  'apps/web/index.html',
  'apps/web/service-worker.js',
  'apps/web/vite.config.ts',
  'packages/contract/src',
  'package-lock.json',
]

function newest(path: string): number {
  if (!existsSync(path)) return 0
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

const current = existsSync(built) && statSync(built).mtimeMs > Math.max(...sources.map(newest))
if (!current || process.argv.includes('--force')) {
  const { status } = spawnSync('node_modules/.bin/vite', ['build', 'apps/web', '--logLevel', 'warn'], { stdio: 'inherit' })
  process.exit(status ?? 1)
}
