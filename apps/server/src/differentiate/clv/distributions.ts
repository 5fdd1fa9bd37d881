import type { ClvSummary } from '@zhike/contract/differentiate/analyses.ts'
import type { RunWork } from '../analyses/run-work.ts'
import { rowsOf } from '../warehouse-query.ts'
import { aliveTenths, futureSteps } from './sql.ts'

/** Values of which a customer has reached one or not: as many as bars stand side by side. */
const edgeCount = 9

/** Customers of a run's rows by their probability of being alive, and by their future value. */
export async function distributions({ warehouse, settings, run }: RunWork): Promise<Pick<ClvSummary, 'aliveBins' | 'futureBins'>> {
  const tenths = await rowsOf<{ tenth: number; customers: number; most: number }>(warehouse, aliveTenths(run), settings())
  const edges = roundEdges(Math.max(...tenths.map(({ most }) => most)))
  const steps = await rowsOf<{ reached: number; customers: number }>(warehouse, futureSteps(run, edges), settings())
  return {
    aliveBins: Array.from({ length: 10 }, (_, i) => ({
      from: i * 10,
      to: (i + 1) * 10,
      customers: tenths.find(({ tenth }) => tenth === i)?.customers ?? 0,
    })),
    futureBins: Array.from({ length: edges.length + 1 }, (_, i) => ({
      from: edges[i - 1] ?? null,
      to: edges[i] ?? null,
      customers: steps.find(({ reached }) => reached === i)?.customers ?? 0,
    })),
  }
}

/** Rising round values 1, 2, 5, 10, 20 … of which the last is the largest one not above `most`. */
export function roundEdges(most: number): number[] {
  const all = Array.from({ length: 46 }, (_, i) => [1, 2, 5][i % 3]! * 10 ** Math.floor(i / 3))
  return all.filter((value) => value <= most).slice(-edgeCount)
}
