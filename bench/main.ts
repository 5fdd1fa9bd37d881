import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { Context } from './figure.ts'
import { figures } from './figures/figures.ts'
import { floorPlans } from './plans.ts'
import { machineLoad } from './processes.ts'
import { type Result, table, tableLine } from './result.ts'
import { createWorld, type World } from './world.ts'

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    customers: { type: 'string', default: '1000000' },
    plans: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
})
const customers = Number(flags.customers)
const fewest = 2000
/** From here on figures are worth measuring for long. */
const many = 200_000

function say(text: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)}  ${text}`)
}

async function run(): Promise<number> {
  const wanted = flags.only ? figures.filter(({ name }) => flags.only?.includes(name)) : figures
  const unknown = (flags.only ?? []).filter((name) => !figures.some((figure) => figure.name === name))
  if (unknown.length > 0) throw new Error(`There is no figure ${unknown.join(', ')}; --list tells what there is`)
  if (!(customers >= fewest)) throw new Error(`--customers takes a number from ${fewest} on`)
  let started: Promise<World> | undefined
  const context: Context = {
    world: () => (started ??= createWorld({ customers, profileFolder: flags.profile, say })),
    milliseconds: customers >= many ? 8000 : 2000,
    say,
  }
  const lines: string[][] = []
  let failed = 0
  const report = (result: Result, load: number) => {
    const { note, ...figures } = result
    lines.push(tableLine(result, load))
    if (flags.json) console.log(JSON.stringify(figures))
    else say(`${result.name}: ${result.value} ${result.unit}${result.floor === null ? '' : ` (floor ${result.floor})`} ${note}`)
  }
  try {
    for (const figure of flags.plans ? [] : wanted) {
      say(`— ${figure.name}`)
      try {
        for (const result of await figure.run(context)) report(result, machineLoad())
      } catch (error) {
        failed += 1
        console.error(`${figure.name} could not be measured:`, error)
      }
      globalThis.gc?.()
    }
    if (flags.plans) console.log(await floorPlans(await context.world()))
  } finally {
    if (started) await (await started).stop()
  }
  if (!flags.json && lines.length > 0) {
    const machine = `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`
    console.log(`\n${new Date().toISOString().slice(0, 10)}, ${customers} customers; ${machine}\n\n${table(lines)}`)
  }
  return failed
}

if (flags.list) for (const { name, target } of figures) console.log(`${name.padEnd(20)} ${target}`)
else process.exitCode = (await run()) > 0 ? 1 : 0
