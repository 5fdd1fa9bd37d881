import { abcNames } from '@zhike/analytics/pareto/abc-classes.ts'
import { pyramidLevels } from '@zhike/analytics/pyramid/value-pyramid.ts'
import type { AbcDefinition, AbcSummary } from '@zhike/contract/differentiate/analyses.ts'
import type { z } from 'zod'
import type { RunWork } from '../analyses/run-work.ts'
import { salesFacts, salesWorth } from '../sales-facts.ts'
import { execute, rowOf, rowsOf } from '../warehouse-query.ts'
import { type AbcCuts, type AbcTotals, abcParts, abcShares, abcTotals, insertAbc } from './sql.ts'

type Definition = z.output<typeof AbcDefinition>

interface PartRow {
  name: string
  customers: number
  revenue: number
}

/** Ranks the customers of a run by value and sums them up. */
export async function runAbc(work: RunWork, definition: Definition): Promise<AbcSummary> {
  const { warehouse, settings, run, asOf, basis } = work
  const facts = salesFacts(basis, asOf, salesWorth(basis))
  await work.step('score', () => execute(warehouse, insertAbc(run, facts, cutsOf(definition)), settings()))
  return work.step('summary', async () => {
    const [totals, classes, levels] = await Promise.all([
      rowOf<AbcTotals>(warehouse, abcTotals(run), settings()),
      rowsOf<PartRow>(warehouse, abcParts(run, 'class'), settings()),
      rowsOf<PartRow>(warehouse, abcParts(run, 'level'), settings()),
    ])
    const shares = await rowsOf<{ position: number; share: number }>(
      warehouse,
      abcShares(run, curvePositions(totals.customers)),
      settings(),
    )
    const { customers, revenue, gini, topFifthShare } = totals
    return {
      customers,
      revenue,
      gini,
      topFifthShare,
      currency: work.company.currency,
      classes: abcNames.map((name) => ({ class: name, ...figures(classes, name) })),
      levels: pyramidLevels.map((name) => ({ level: name, ...figures(levels, name) })),
      curve: [[0, 0], ...shares.map(({ position, share }): [number, number] => [position / customers, share])],
    }
  })
}

const figures = (rows: readonly PartRow[], name: string) => {
  const row = rows.find((each) => each.name === name)
  return { customers: row?.customers ?? 0, revenue: row?.revenue ?? 0 }
}

function cutsOf({ a, b, pyramid: [key, major, ordinary] }: Definition): AbcCuts {
  const [keyShare, majorShare, ordinaryShare] = [key / 100, major / 100, ordinary / 100]
  return { a: a / 100, b: b / 100, heads: [keyShare, keyShare + majorShare, keyShare + majorShare + ordinaryShare] }
}

/** Points of the curve besides the origin. */
const curveSegments = 199

/** Positions evenly spread over the customers, the last one included: as `paretoCurve` of the analytics library. */
function curvePositions(customers: number): number[] {
  const segments = Math.min(curveSegments, customers)
  return Array.from({ length: segments }, (_, i) => Math.round(((i + 1) * customers) / segments))
}
