import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Job } from './jobs.ts'

export const loadDemo = endpoint({
  method: 'POST',
  path: '/system/demo',
  access: 'system.manage',
  summary: 'Fills an empty company with a generated one, to look around in; the company is marked as generated',
  body: z.strictObject({
    /** People and companies together. */
    people: z.int().min(50).max(100_000).default(20_000),
  }),
  reply: Job,
  status: 202,
  problems: ['setup-needed', 'company-not-empty'],
})
