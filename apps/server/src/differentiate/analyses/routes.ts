import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import { localeFrom } from '@zhike/contract/texts/locale.ts'
import type { Database } from '../../platform/database/database.ts'
import { type Route, route } from '../../platform/http/route.ts'
import type { JobKind } from '../../platform/jobs/job-kind.ts'
import type { WarehouseClient } from '../../platform/warehouse/warehouse.ts'
import { createAnalysis, editAnalysis, getAnalysis, listAnalyses, startAnalysis } from './analyses.ts'
import { exportMembers } from './export.ts'
import { clvPoints, compareRuns, listMembers } from './members.ts'
import { getRun, listRuns, type RunInput } from './runs.ts'

const localeOf = (request: { headers: { 'accept-language'?: string | undefined } }) => localeFrom(request.headers['accept-language'])

interface World {
  database: Database
  warehouse: WarehouseClient
  job: JobKind<RunInput>
}

export const createAnalysisRoutes = ({ database, warehouse, job }: World): Route[] => [
  route(analyses.list, ({ tx, request }) => listAnalyses(tx, localeOf(request))),
  route(analyses.create, ({ tx, actor, body, request }) => createAnalysis(tx, actor, body, job, localeOf(request)), {
    action: 'analysis.create',
  }),
  route(analyses.get, ({ tx, params, request }) => getAnalysis(tx, params.id, localeOf(request))),
  route(
    analyses.edit,
    ({ tx, actor, params, body, expectedVersion, request }) =>
      editAnalysis(tx, actor, { id: params.id, draft: body, expectedVersion }, job, localeOf(request)),
    { action: 'analysis.edit' },
  ),
  route(
    analyses.start,
    async ({ tx, actor, params, body, request, note }) => {
      const started = await startAnalysis(tx, actor, { id: params.id, asOf: body.asOf }, job, localeOf(request))
      note({ objectId: params.id, details: { runId: started.run.id, asOf: started.run.asOf } })
      return started
    },
    { action: 'analysis.run' },
  ),
  route(analyses.runs, ({ tx, params, query }) => listRuns(tx, params.id, query)),
  route(analyses.run, ({ tx, params }) => getRun(tx, params.id)),
  route(analyses.compare, ({ tx, params, query }) => compareRuns(tx, warehouse, { ...params, by: query.by, glance: query.glance })),
  route(analyses.members, ({ tx, actor, params, query }) => listMembers(tx, warehouse, actor, { runId: params.id, query })),
  route(analyses.clvPoints, ({ tx, actor, params }) => clvPoints(tx, warehouse, actor, params.id)),
  route(analyses.exportRun, (context) => exportMembers({ database, warehouse }, context), { transaction: 'own' }),
]
