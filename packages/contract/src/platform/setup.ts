import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Email, NewPassword, PersonName } from './people.ts'
import { CompanyDraft } from './settings.ts'

export const get = endpoint({
  method: 'GET',
  path: '/setup',
  access: 'public',
  summary: 'Whether the first run is still to be done',
  reply: z.object({ needed: z.boolean() }),
})

export const run = endpoint({
  method: 'POST',
  path: '/setup',
  access: 'public',
  summary: 'First run: the company and its first administrator, once; sign in afterwards',
  body: z.strictObject({
    company: CompanyDraft,
    administrator: z.strictObject({ name: PersonName, email: Email, password: NewPassword }),
  }),
  reply: z.object({ userId: z.uuid() }),
  status: 201,
  problems: ['setup-done', 'password-too-weak', 'cross-site-request'],
})
