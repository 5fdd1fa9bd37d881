import type { Client } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import * as views from '@zhike/contract/identify/views.ts'
import * as apiKeys from '@zhike/contract/platform/api-keys.ts'
import * as files from '@zhike/contract/platform/files.ts'
import * as roles from '@zhike/contract/platform/roles.ts'
import * as settings from '@zhike/contract/platform/settings.ts'
import * as teams from '@zhike/contract/platform/teams.ts'
import * as users from '@zhike/contract/platform/users.ts'
import type { Payload } from './payloads.ts'

/** Addresses of what was planted, and the files whose content is anybody’s guess. */
export interface Planted {
  pages: string[]
  files: string[]
}

/** Where names must differ, so do these. */
const apart = (text: string, i: number) => `${text}${i}`

/** Gives one text after the other, each no longer than asked for. */
type Next = (longest: number) => string

function taking(payloads: readonly Payload[], from: number): Next {
  let at = from
  return (longest) => {
    for (let tries = 0; tries < payloads.length; tries++) {
      const { text = '' } = payloads[at++ % payloads.length] ?? {}
      if (text.length <= longest) return text
    }
    throw new Error(`No text has ${longest} characters or fewer`)
  }
}

/** Puts texts into every field that takes a text, in so many records of each kind. */
export async function plantEverywhere(api: Client, payloads: readonly Payload[], records: number): Promise<Planted> {
  const pages: string[] = []
  for (let i = 0; i < records; i++) pages.push(...(await plantRecords(api, taking(payloads, i), i)))
  for (let i = 0; i < Math.min(records, 20); i++) await plantAround(api, taking(payloads, i * 9), i)
  for (let i = 0; i < Math.max(1, Math.ceil(records / 40)); i++) pages.push(await plantImport(api, payloads, i))
  const company = await api(settings.get, {})
  await api(settings.edit, { body: { name: taking(payloads, 1)(120) } }, { version: company.version })
  return { pages, files: await plantFiles(api) }
}

/** Two customers with all their fields, what they bought, and what was said to them. */
async function plantRecords(api: Client, next: Next, i: number): Promise<string[]> {
  const person = await api(customers.create, {
    body: {
      kind: 'person',
      values: {
        name: next(120),
        memberNumber: apart(next(60), i),
        externalId: apart(next(120), i),
        unionid: apart(next(120), i),
        openid: apart(next(120), i),
        country: next(60),
        province: next(60),
        city: next(60),
        district: next(60),
        address: next(300),
        employer: next(120),
        jobTitle: next(80),
        memberLevel: next(40),
        tags: [next(40), next(40)],
        preference: next(500),
        taboo: next(500),
        note: next(4000),
      },
    },
  })
  const firm = await api(customers.create, {
    body: { kind: 'organization', values: { name: next(120), industry: next(80), contactName: next(120), memberNumber: `F${i}` } },
  })
  const product = await api(catalog.createProduct, {
    body: { code: apart(next(60), i), name: next(200), category: next(80), brand: next(80), unit: next(20) },
  })
  const order = await api(catalog.createOrder, {
    body: {
      customerId: person.id,
      number: apart(next(60), i),
      placedAt: new Date(Date.now() - (i + 1) * 86_400_000).toISOString(),
      shop: next(80),
      paymentMeans: next(40),
      items: [
        { productCode: product.code, productName: next(200), quantity: 1000, unitPrice: 990_000 + i },
        { productName: next(200), quantity: 2000, unitPrice: 10_000 },
      ],
    },
  })
  await api(catalog.recordContact, {
    params: { id: person.id },
    body: { medium: 'phone', direction: 'in', purpose: next(120), content: next(4000), result: next(500), nextStep: next(500) },
  })
  return [`/customers/${person.id}`, `/customers/${firm.id}`, `/products/${product.id}`, `/orders/${order.id}`]
}

/** What people call the things around: channels, views, analyses, mappings, teams, roles, each other and their keys. */
async function plantAround(api: Client, next: Next, i: number): Promise<void> {
  await api(catalog.createChannel, { body: { code: `planted-${i}`, name: next(80), kind: 'web' } })
  await api(views.create, {
    body: {
      name: apart(next(36), i),
      state: { filter: { match: 'any', conditions: [{ field: 'city', operator: 'is', value: next(200) }] } },
      teamId: null,
    },
  })
  await api(analyses.create, { body: { name: apart(next(76), i), definition: { method: 'rfm' }, schedule: null, writesLabels: false } })
  const headers = [next(200), next(200)]
  const columns = headers.map((header, index) => ({ index, header, field: index === 0 ? 'name' : null }))
  await api(imports.saveMapping, { body: { name: apart(next(76), i), kind: 'customers', headers, columns } })
  const team = await api(teams.create, { body: { name: apart(next(76), i), parentId: null } })
  const role = await api(roles.create, {
    body: {
      name: apart(next(76), i),
      grants: [{ right: 'customer.read', scope: 'all', pool: false }],
      personal: 'masked',
      sensitive: 'hidden',
    },
  })
  await api(users.invite, { body: { name: next(80), email: `planted-${i}@test.invalid`, roleIds: [role.id], teamIds: [team.id] } })
  await api(apiKeys.create, { body: { name: next(80), rights: ['customer.read'], expiresInDays: 1 } })
}

/** A file whose name, headings and refused rows are not what they seem. @returns the page of its import */
async function plantImport(api: Client, payloads: readonly Payload[], i: number): Promise<string> {
  const next = taking(payloads, i * 40)
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const headings = [next(200), next(200)]
  const rows = Array.from({ length: 20 }, () => [next(100), '12345', next(100), next(100)])
  const text = [['姓名', '手机号', ...headings], ...rows].map((cells) => cells.map(quoted).join(',')).join('\n')
  const form = new FormData()
  form.append('file', new Blob([text]), `${next(100)}.csv`)
  const { id: fileId } = await api(files.upload, { body: form })
  const found = await api(imports.inspect, { body: { fileId, kind: 'customers' } })
  const columns = found.columns.map(({ index, header, field }) => ({ index, header, field }))
  const started = await api(imports.start, {
    body: { fileId, channel: `file-${i}`, newChannel: { name: next(80), kind: 'till' }, settings: { kind: 'customers', columns } },
  })
  return `/imports/${started.id}`
}

/** Files that a browser would open as pages. @returns where their content is */
async function plantFiles(api: Client): Promise<string[]> {
  const made: string[] = []
  for (const [name, type, content] of [
    ['page.html', 'text/html', '<script>pwn(9001)</script>'],
    ['picture.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="pwn(9002)"/>'],
    ['page.xhtml', 'application/xhtml+xml', '<html xmlns="http://www.w3.org/1999/xhtml"><script>pwn(9003)</script></html>'],
    ['list.csv', 'text/csv', '<script>pwn(9004)</script>'],
  ] as const) {
    const form = new FormData()
    form.append('file', new Blob([content], { type }), name)
    const { id } = await api(files.upload, { body: form })
    made.push(`/api/v1/files/${id}/content`)
  }
  return made
}
