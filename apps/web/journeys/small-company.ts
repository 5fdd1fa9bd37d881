import { urlOf } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import * as files from '@zhike/contract/platform/files.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import * as roles from '@zhike/contract/platform/roles.ts'
import * as users from '@zhike/contract/platform/users.ts'
import type { Page } from 'playwright-core'
import { call } from './company.ts'
import { customersFile, ordersFile } from './files.ts'

/** Waits for a job's end. */
async function ended(page: Page, id: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const { state, problem } = await call(page, jobs.get, { params: { id } })
    if (state === 'done') return
    if (state === 'failed' || state === 'cancelled') throw new Error(`The job ${id} ended as ${state}: ${JSON.stringify(problem)}`)
    await page.waitForTimeout(100)
  }
  throw new Error(`The job ${id} did not end`)
}

type GivenFile = ReturnType<typeof customersFile>

/** Imports a file as the app does: with what it finds out by itself. @returns the import's id */
export async function importFile(page: Page, file: GivenFile): Promise<string> {
  const stored = await page.request.post(urlOf(files.upload), { multipart: { file }, headers: { 'sec-fetch-site': 'same-origin' } })
  const { id: fileId } = files.upload.reply.parse(await stored.json())
  const { kind, columns } = await call(page, imports.inspect, { body: { fileId } })
  const started = await call(page, imports.start, {
    body: {
      fileId,
      channel: 'till',
      newChannel: { name: '滨江店收银', kind: 'till' },
      settings: { kind, columns: columns.map(({ index, header, field }) => ({ index, header, field })) },
    },
  })
  await ended(page, started.jobId ?? '')
  return started.id
}

async function run(page: Page, method: analyses.AnalysisMethod): Promise<string> {
  const { items } = await call(page, analyses.list, {})
  const analysis = items.find(({ definition }) => definition.method === method)
  if (!analysis) throw new Error(`There is no analysis of ${method}`)
  const started = await call(page, analyses.start, { params: { id: analysis.id }, body: {} })
  await ended(page, started.job.id)
  return started.run.id
}

/**
 * A company as it is after its first day: sixty customers and their orders imported, every analysis run, RFM twice. The page is signed
 * in. @returns for each address with a place for a record, one that is there: `/customers/$id` → its id
 */
export async function giveSmallCompany(page: Page): Promise<Record<string, string>> {
  const people = await importFile(page, customersFile('zh'))
  await importFile(page, ordersFile('zh'))
  const product = await call(page, catalog.createProduct, { body: { code: 'T1', name: '明前龙井', category: '绿茶', price: 1_980_000 } })
  const runs = [await run(page, 'rfm'), await run(page, 'rfm'), await run(page, 'abc'), await run(page, 'clv')]
  const [customer] = (await call(page, customers.list, { query: { sort: 'spent', order: 'descending' } })).items
  const [order] = (await call(page, catalog.listOrders, { query: {} })).items
  const [user] = (await call(page, users.list, { query: {} })).items
  const [role] = (await call(page, roles.list, {})).items
  if (!customer || !order || !user || !role) throw new Error('The company is not there')
  const [, run2 = ''] = runs
  return {
    '/customers/$id': customer.id,
    '/imports/$id': people,
    '/orders/$id': order.id,
    '/products/$id': product.id,
    '/rfm/$id/people': run2,
    '/runs/$id/people': run2,
    '/people/$id': user.id,
    '/people/roles/$id': role.id,
  }
}
