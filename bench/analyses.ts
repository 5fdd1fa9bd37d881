import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import { lastDay } from './data/person.ts'
import { finished } from './jobs.ts'
import type { World } from './world.ts'

export interface MeasuredRun {
  customers: number
  /** From the job's start to its end. */
  seconds: number
  /** Seconds of each step. */
  steps: Record<string, number>
}

/** Runs a new analysis that writes no labels. */
export async function runApart(world: World, definition: analyses.AnalysisDefinition): Promise<MeasuredRun> {
  const name = `${definition.method} ${performance.now()}`
  const { id } = await world.api(analyses.create, { body: { name, definition, schedule: null, writesLabels: false } })
  return runOnce(world, id)
}

/** Runs the stored analysis of a method, the one that writes its labels to the customers. */
export async function runWithLabels(world: World, method: analyses.AnalysisMethod): Promise<MeasuredRun> {
  const { items } = await world.api(analyses.list, {})
  const found = items.find((item) => item.writesLabels && item.definition.method === method)
  if (!found) throw new Error(`There is no analysis of ${method}`)
  return runOnce(world, found.id)
}

async function runOnce(world: World, id: string): Promise<MeasuredRun> {
  const { run, job } = await world.api(analyses.start, { params: { id }, body: { asOf: lastDay } })
  await finished(world.api, job.id)
  const { customers, milliseconds } = await world.api(analyses.run, { params: { id: run.id } })
  const [row] = await world.owner<{ timings: Record<string, number> | null }[]>`select timings from analysis_run where id = ${run.id}`
  const steps = Object.fromEntries(Object.entries(row?.timings ?? {}).map(([step, ms]) => [step, ms / 1000]))
  return { customers: customers ?? 0, seconds: (milliseconds ?? 0) / 1000, steps }
}

export const stepsText = ({ steps }: MeasuredRun): string =>
  Object.entries(steps)
    .map(([step, seconds]) => `${step} ${seconds.toFixed(2)} s`)
    .join(', ')
