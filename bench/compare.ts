import type { Context } from './figure.ts'
import { cpuMs } from './processes.ts'
import { type Answers, askFor, percentile, type Target, type Wish } from './requests.ts'
import type { World } from './world.ts'

export interface Load extends Answers {
  /** Of app and database together, for each round. */
  cpuMs: number
  /** Of the app alone. */
  appMs: number
}

export interface Comparison {
  ours: Load
  floor: Load
}

interface Rounds {
  ours: () => readonly Wish[]
  floor: () => readonly Wish[]
}

/** Measures the app and the floor in turns, so that what else the machine does falls on both. */
export async function compare({ milliseconds }: Context, world: World, { ours, floor }: Rounds): Promise<Comparison> {
  await askFor(milliseconds / 4, world.app, ours)
  await askFor(milliseconds / 4, world.floor, floor)
  const turns: Comparison[] = []
  for (let turn = 0; turn < 2; turn++) {
    turns.push({
      ours: await loadOn(world, world.app, milliseconds / 2, ours),
      floor: await loadOn(world, world.floor, milliseconds / 2, floor),
    })
  }
  return { ours: together(turns.map((turn) => turn.ours)), floor: together(turns.map((turn) => turn.floor)) }
}

async function loadOn(world: World, target: Target & { pid: number }, ms: number, round: () => readonly Wish[]): Promise<Load> {
  const taken = () => ({ app: cpuMs([target.pid]), database: cpuMs([world.database.pid]) })
  const before = taken()
  const answers = await askFor(ms, target, round)
  const after = taken()
  const appMs = (after.app - before.app) / answers.rounds
  return { ...answers, appMs, cpuMs: appMs + (after.database - before.database) / answers.rounds }
}

function together(loads: readonly Load[]): Load {
  const rounds = loads.reduce((sum, load) => sum + load.rounds, 0)
  const mean = (of: 'cpuMs' | 'appMs') => loads.reduce((sum, load) => sum + load[of] * load.rounds, 0) / rounds
  return {
    rounds,
    seconds: loads.reduce((sum, load) => sum + load.seconds, 0),
    latencies: loads.flatMap(({ latencies }) => latencies).sort((a, b) => a - b),
    cpuMs: mean('cpuMs'),
    appMs: mean('appMs'),
  }
}

const rate = ({ rounds, seconds }: Answers) => `${Math.round(rounds / seconds)}/s`
const ms = (value: number) => `${value.toFixed(1)} ms`

/** For the table: rates of both, and how long ours took. */
export const ratesOf = ({ ours, floor }: Comparison): string =>
  `${rate(ours)} against ${rate(floor)}; of the CPU the app ${ours.appMs.toFixed(2)}, floor ${floor.appMs.toFixed(2)}; p50 ${ms(percentile(ours.latencies, 0.5))}, p95 ${ms(percentile(ours.latencies, 0.95))}, floor p95 ${ms(percentile(floor.latencies, 0.95))}`
