import { loadDemo } from '@zhike/contract/platform/demo.ts'
import type { Tx } from '../platform/database/database.ts'
import { Problem } from '../platform/http/problem.ts'
import { type Route, route } from '../platform/http/route.ts'
import { readJob } from '../platform/jobs/job-view.ts'
import { startJob } from '../platform/jobs/start-job.ts'
import { lastDayOfDemo } from './demo-days.ts'
import { demoJobType } from './demo-job.ts'

export const demoRoutes: Route[] = [
  route(
    loadDemo,
    async ({ tx, actor, body, now, note }) => {
      // One at a time: the second waits here, and then finds the first.
      const [company] = await tx`select 1 from company for update`
      if (!company) throw new Problem('setup-needed')
      if (!(await isEmpty(tx))) throw new Problem('company-not-empty')
      await tx`update company set generated = true, version = version + 1`
      const id = await startJob(tx, demoJobType, { people: body.people, lastDay: lastDayOfDemo(now) }, actor)
      note({ object: 'system', objectId: id, details: { people: body.people } })
      const job = await readJob(tx, id, actor.locale)
      if (!job) throw new Error('The job that was just started is not there')
      return job
    },
    // Whether it is empty is not a matter of what one may see.
    { as: 'system', action: 'demo.load' },
  ),
]

/** Whether nobody has put anything in, and no demo is on its way. */
async function isEmpty(tx: Tx): Promise<boolean> {
  const [found] = await tx<{ empty: boolean }[]>`
    select not (exists (select 1 from profile) or exists (select 1 from orders) or exists (select 1 from product)
                or exists (select 1 from import)
                or exists (select 1 from job where kind = ${demoJobType.kind} and state in ('waiting', 'running'))) as empty`
  return found?.empty === true
}
