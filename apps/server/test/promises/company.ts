import type { Client } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import * as files from '@zhike/contract/platform/files.ts'
import type { TestServer } from '../harness.ts'

/** Uploads a file. */
export async function upload(api: Client, content: string | Uint8Array<ArrayBuffer>, name = 'file.csv'): Promise<files.StoredFile> {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  return api(files.upload, { body: form })
}

/** Uploads a file, lets the server find the mapping, and starts its import. */
export async function startImport(
  api: Client,
  content: string | Uint8Array<ArrayBuffer>,
  options: { name?: string; channel?: string; kind?: 'customers' | 'orders' | 'order-lines' | 'products' | 'contacts' } = {},
): Promise<imports.Import> {
  const file = await upload(api, content, options.name)
  const found = await api(imports.inspect, { body: { fileId: file.id, ...(options.kind ? { kind: options.kind } : {}) } })
  return api(imports.start, {
    body: {
      fileId: file.id,
      channel: options.channel ?? 'till',
      newChannel: { name: options.channel ?? 'till', kind: 'till', trust: 50 },
      settings: {
        kind: found.kind,
        columns: found.columns.map(({ index, header, field }) => ({ index, header, field })),
        ...(found.encoding ? { encoding: found.encoding as 'utf-8' } : {}),
        ...(found.delimiter ? { delimiter: found.delimiter } : {}),
      },
    },
  })
}

/** Waits until an import has ended, and says how. */
export async function importEnded(api: Client, id: string, seconds = 60): Promise<imports.Import> {
  const until = Date.now() + seconds * 1000
  for (;;) {
    const found = await api(imports.get, { params: { id } })
    if (!['ready', 'running', 'undoing'].includes(found.state)) return found
    if (Date.now() > until) throw new Error(`the import is still ${found.state} after ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export interface Records {
  customer: customers.Customer
  other: customers.Customer
  product: catalog.Product
  order: catalog.Order
  analysis: analyses.Analysis
  fileId: string
  importId: string
}

/** One record of each kind, for requests to be about. */
export async function givenRecords(server: TestServer, api: Client): Promise<Records> {
  const customer = await api(customers.create, { body: { kind: 'person', values: { name: '张伟', phone: '13812346721' } } })
  const other = await api(customers.create, { body: { kind: 'person', values: { name: '李娜', phone: '13900001111' } } })
  const product = await api(catalog.createProduct, { body: { code: 'A', name: '茶' } })
  const order = await api(catalog.createOrder, {
    body: { customerId: customer.id, number: 'SO-1', placedAt: '2026-03-01T10:00:00Z', items: [{ quantity: 1000, unitPrice: 100 }] },
  })
  const [analysis] = (await api(analyses.list, {})).items
  if (!analysis) throw new Error('a new company has no analysis')
  const file = await upload(api, '姓名,手机\n王芳,13700001111\n')
  const started = await startImport(api, '姓名,手机\n王芳,13700001111\n')
  await server.owner`update import set state = 'done', finished_at = now() where id = ${started.id}`
  return { customer, other, product, order, analysis, fileId: file.id, importId: started.id }
}
