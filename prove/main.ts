import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Proof, proofs } from './proofs.ts'

const usage = `npm run prove -- [--only G15,G08] [--seed N] [--small] [--list]
  --only   the proofs of these promises; all of them without it
  --seed   of every random choice; the same seed makes the same attack
  --small  only as much as every run of the tests tries
  --list   what there is`

interface Figure {
  promise: string
  what: string
  value: number | string
}

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string' },
    small: { type: 'boolean' },
    list: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})

if (flags.help) console.log(usage)
else if (flags.list) for (const { promises, what } of proofs) console.log(`${promises.join(' ').padEnd(20)} ${what}`)
else process.exitCode = await prove()

/** Runs the proofs one after the other and prints what they measured. @returns 0 when every promise was kept */
async function prove(): Promise<number> {
  const wanted = flags.only?.split(',')
  const unknown = (wanted ?? []).filter((name) => !proofs.some(({ promises }) => promises.includes(name)))
  if (unknown.length > 0) {
    console.error(`No proof of ${unknown.join(', ')}.\n${usage}`)
    return 2
  }
  const seed = Number(flags.seed ?? Math.floor(Math.random() * 1e9))
  const chosen = proofs.filter(({ promises }) => !wanted || promises.some((each) => wanted.includes(each)))
  const folder = mkdtempSync(join(tmpdir(), 'prove-'))
  const outcomes: { proof: Proof; kept: boolean; seconds: number; figures: Figure[] }[] = []
  console.log(`seed ${seed}`)
  try {
    for (const [i, proof] of chosen.entries()) {
      console.log(`\n${proof.promises.join(' ')}: ${proof.what}`)
      const began = Date.now()
      const file = join(folder, `${i}.jsonl`)
      const kept = (await run(proof, seed, file)) === 0
      outcomes.push({ proof, kept, seconds: Math.round((Date.now() - began) / 1000), figures: figuresIn(file) })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(`\n${'='.repeat(100)}\nseed ${seed}, ${flags.small ? 'the small part' : 'the whole'}, Node ${process.version}`)
  for (const { proof, kept, seconds, figures } of outcomes) {
    console.log(`\n${kept ? 'kept  ' : 'BROKEN'} ${proof.promises.join(' ')}: ${proof.what} (${seconds} s)`)
    for (const { promise, what, value } of figures) console.log(`       ${promise}  ${what}: ${value}`)
  }
  return outcomes.every(({ kept }) => kept) ? 0 : 1
}

function run({ files, env = {} }: Proof, seed: number, figures: string): Promise<number> {
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--config', 'prove/vitest.config.ts', ...files], {
    stdio: 'inherit',
    env: { ...process.env, ...(flags.small ? {} : { PROVE_WHOLE: '1', ...env }), PROVE_SEED: String(seed), PROVE_FIGURES: figures },
  })
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)))
}

function figuresIn(file: string): Figure[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as Figure)
}
