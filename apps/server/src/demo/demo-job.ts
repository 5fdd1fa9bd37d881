import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { defineJob, type JobKind } from '../platform/jobs/job-kind.ts'
import { demoSeed } from './demo-days.ts'
import { generateInWorker } from './in-worker.ts'
import { type DemoWorld, loadCompany } from './load-company.ts'

/** With the same values the same files are written, so a second attempt goes on where the first one stopped. */
const DemoInput = z.strictObject({ people: z.int(), lastDay: z.iso.date() })
type DemoInput = z.infer<typeof DemoInput>

export const demoJobType = { kind: 'demo', input: DemoInput } satisfies Pick<JobKind<DemoInput>, 'kind' | 'input'>

/** `demo`: writes the files of the generated company, imports and analyses them; its imports and analyses are jobs themselves. */
export function demoJob(world: DemoWorld): JobKind<DemoInput> {
  return defineJob({
    ...demoJobType,
    right: 'system.manage',
    run: async ({ job, signal, progress }) => {
      const folder = await mkdtemp(join(tmpdir(), 'zhike-demo-'))
      try {
        await progress(0, null, 'files')
        const { people, lastDay } = job.input
        const manifest = await generateInWorker({ seed: demoSeed, people, endDate: lastDay, outFolder: folder }, signal)
        const onProgress = (done: number, total: number, file: { importKind: string } | undefined) =>
          void progress(done, total, file?.importKind ?? 'analyses')
        await loadCompany(world, { folder, manifest }, onProgress, signal)
        return { ...manifest.counts }
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  })
}
