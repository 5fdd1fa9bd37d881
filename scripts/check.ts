import { spawn } from 'node:child_process'

/** Everything that must hold before a change lands; each line can be run alone. */
const checks = {
  format: ['biome', 'ci', '.'],
  lint: ['oxlint', '--type-aware', '--deny-warnings'],
  'types (server, tools)': ['tsc', '-p', 'tsconfig.json'],
  'types (web)': ['tsc', '-p', 'apps/web/tsconfig.json'],
  'dead code': ['knip', '--no-progress'],
  'module circles': ['oxlint', '--import-plugin', '-A', 'all', '-D', 'import/no-cycle'],
} as const satisfies Record<string, readonly string[]>

function run([program, ...args]: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${program}`, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

let failed = 0
for (const [name, command] of Object.entries(checks)) {
  const started = performance.now()
  const { code, output } = await run(command)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
  if (code === 0) continue
  failed++
  console.log(output.slice(0, 20_000))
}
process.exit(failed === 0 ? 0 : 1)
