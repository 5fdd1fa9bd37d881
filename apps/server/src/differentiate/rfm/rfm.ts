import { rfmGroupNames } from '@zhike/analytics/rfm/groups.ts'
import type { RfmDefinition, RfmSummary } from '@zhike/contract/differentiate/analyses.ts'
import type { z } from 'zod'
import type { RunWork } from '../analyses/run-work.ts'
import { type Facts, salesFacts, salesWorth } from '../sales-facts.ts'
import { execute, rowOf, rowsOf } from '../warehouse-query.ts'
import { anonymousOrders, type CellRow, type EdgeRow, insertRfm, rfmCells, rfmEdges } from './sql.ts'

/** Scores the customers of a run and sums them up. */
export async function runRfm(work: RunWork, definition: z.output<typeof RfmDefinition>): Promise<RfmSummary> {
  const { warehouse, settings, run, asOf, basis } = work
  const worth = salesWorth(basis)
  const facts = salesFacts(basis, asOf, worth)
  await work.step('score', () => execute(warehouse, insertRfm(run, facts, definition.scoring), settings()))
  return work.step('summary', async () => {
    const [cells, edges, anonymous] = await Promise.all([
      rowsOf<CellRow>(warehouse, rfmCells(run), settings()),
      rowsOf<EdgeRow>(warehouse, rfmEdges(run), settings()),
      rowOf<{ orders: number; revenue: number }>(warehouse, anonymousStatement(facts, worth.order), settings()),
    ])
    return {
      ...summaryOf(cells, edges),
      currency: work.company.currency,
      anonymousOrders: anonymous.orders,
      anonymousRevenue: anonymous.revenue,
    }
  })
}

const anonymousStatement = (facts: Facts, worth: string) => anonymousOrders(facts.counted, facts.params, worth)

/** Figures of a result from its cells: every group is there, with nobody in it as well. */
function summaryOf(
  rows: readonly CellRow[],
  edges: readonly EdgeRow[],
): Pick<RfmSummary, 'customers' | 'revenue' | 'cutOffs' | 'cells' | 'groups'> {
  const total = (of: readonly CellRow[]) => ({
    customers: of.reduce((sum, row) => sum + row.customers, 0),
    revenue: of.reduce((sum, row) => sum + row.revenue, 0),
  })
  return {
    ...total(rows),
    cutOffs: { recencyDays: edgesOf(edges, 'recencyDays'), frequency: edgesOf(edges, 'frequency'), monetary: edgesOf(edges, 'monetary') },
    cells: rows.map(({ r, f, m, customers, revenue }) => ({ r, f, m, customers, revenue })),
    groups: rfmGroupNames.map((group) => ({ group, ...total(rows.filter((row) => row.grp === group)) })),
  }
}

/** The values at which the scores 2, 3, 4, 5 begin; scores that nobody has are left out. */
function edgesOf(edges: readonly EdgeRow[], measure: EdgeRow['measure']): number[] {
  return edges
    .filter((row) => row.measure === measure && row.score > 1)
    .toSorted((a, b) => a.score - b.score)
    .map((row) => row.edge)
}
