import type { Database } from '../platform/database/database.ts'
import type { Route } from '../platform/http/route.ts'
import type { AnyJobKind } from '../platform/jobs/job-kind.ts'
import { createAnalysisRoutes } from './analyses/routes.ts'
import { type AnalysisWorld, analysisJob } from './analyses/run-job.ts'
import { createSalesRoutes } from './sales/sales-by-month.ts'

/** What this word of the domain adds to the app: endpoints and kinds of job. Its tables of results are in `results.ts`. */
export function createDifferentiate(world: AnalysisWorld & { database: Database }): { routes: Route[]; kinds: AnyJobKind[] } {
  const { database, warehouse } = world
  const job = analysisJob(world)
  return { routes: [...createAnalysisRoutes({ database, warehouse, job }), ...createSalesRoutes(warehouse)], kinds: [job] }
}
