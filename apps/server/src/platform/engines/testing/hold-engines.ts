import { EngineProblem } from '../engine-problems.ts'
import { startEngines } from '../engines.ts'

// A server reduced to its engines, for tests that end servers: `node hold-engines.ts FOLDER`. It writes one line with the
// addresses, or with the problem, and at an interrupt looks whether the engines still answer before it stops them.
const [, , dataFolder = ''] = process.argv

try {
  const engines = await startEngines({ dataFolder, log: () => {}, durable: false })
  const { database, warehouse } = engines
  const line = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)
  const leave = async () => {
    await new Promise((resolve) => setTimeout(resolve, 500))
    line({ stillUp: engines.processIds().every(isThere) })
    await engines.stop()
    process.exit(0)
  }
  process.once('SIGINT', () => void leave())
  line({ database, warehouse, pids: engines.processIds() })
  setInterval(() => {}, 60_000)
} catch (error) {
  if (!(error instanceof EngineProblem)) throw error
  process.stdout.write(`${JSON.stringify({ problem: error.code, message: error.message })}\n`)
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
