import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import * as rates from '@zhike/contract/identify/exchange-rates.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import * as views from '@zhike/contract/identify/views.ts'
import * as apiKeys from '@zhike/contract/platform/api-keys.ts'
import * as roles from '@zhike/contract/platform/roles.ts'
import * as session from '@zhike/contract/platform/session.ts'
import * as settings from '@zhike/contract/platform/settings.ts'
import * as teams from '@zhike/contract/platform/teams.ts'
import * as users from '@zhike/contract/platform/users.ts'
import * as warehouse from '@zhike/contract/platform/warehouse.ts'
import { authenticatorCode, browserSession } from '../browser-session.ts'
import type { TestServer, TestUser } from '../harness.ts'
import { canary } from './canaries.ts'
import { startImport, upload } from './company.ts'
import type { Sent } from './send.ts'

/** Prepares what it needs and says what to send; the request then succeeds. */
export type Deed = () => Promise<Omit<Sent, 'method' | 'path'> & { params?: Record<string, string> }>

/** Why an operation that changes something has no deed here. */
export const apart: Readonly<Record<string, string>> = {
  'POST /setup': 'a company is set up once; sign-in.test.ts counts its event',
  'POST /session/second-factor': 'needs a cookie of the first step; sign-in.test.ts counts its events',
  'POST /system/demo': 'needs an empty company; demo.test.ts',
  'POST /backups': 'needs engines of its own; restore.test.ts',
  'DELETE /backups/{name}': 'needs engines of its own; restore.test.ts',
}

/** Changing requests that change nothing, so that the log says nothing of them. */
export const quiet: ReadonlySet<string> = new Set([
  'POST /imports/inspect',
  'POST /imports/dry-run',
  'POST /links/read',
  'POST /warehouse/check',
])

const password = 'lantern otter 92 quill'
let serial = 0
const fresh = (word: string) => `${word}-${++serial}-${process.pid}`
const version = (of: { version: number }) => ({ 'if-match': `"${of.version}"` })
const tokenOf = (url: string) => new URL(url).hash.slice(1)

/** One request for every operation that changes something, each with personal values that occur nowhere else. */
export function deedsOf(server: TestServer, admin: TestUser): Record<string, Deed> {
  const api = server.as(admin)
  const person = () => {
    const { name, phone, email, idNumber, note } = canary()
    return { kind: 'person' as const, values: { name, phone, email, idNumber, note } }
  }
  const customer = () => api(customers.create, { body: person() })
  const product = () => api(catalog.createProduct, { body: { code: fresh('P'), name: 'tea' } })
  const orderDraft = (customerId: string) => ({
    customerId,
    number: fresh('SO'),
    placedAt: '2026-03-01T10:00:00Z',
    items: [{ quantity: 1000, unitPrice: 100 }],
  })
  const csv = () => {
    const { name, phone, email } = canary()
    return `姓名,手机,邮箱\n${name},${phone},${email}\n`
  }
  const columns = [
    { index: 0, header: '姓名', field: 'name' },
    { index: 1, header: '手机', field: 'phone' },
    { index: 2, header: '邮箱', field: 'email' },
  ]
  const importIn = async (state: string) => {
    const { id } = await startImport(api, csv())
    await server.owner`update job set state = ${state === 'done' ? 'done' : 'cancelled'}, finished_at = now() where id = (select job_id from import where id = ${id})`
    await server.owner`update import set state = ${state}, finished_at = now() where id = ${id}`
    return { id }
  }
  const invited = () => {
    const { name, email } = canary()
    return api(users.invite, { body: { name, email, roleIds: [], teamIds: [] } })
  }
  const member = async () => {
    const { user, invitation } = await invited()
    await browserSession(server.url).call(session.useLink, { body: { token: tokenOf(invitation.url), password } })
    return user
  }
  /** Somebody at a browser: the cookie stands for them. */
  const browser = async () => {
    const user = await member()
    const visit = browserSession(server.url)
    await visit.call(session.signIn, { body: { email: user.email, password } })
    const headers = () => ({
      authorization: '',
      cookie: [...visit.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'sec-fetch-site': 'same-origin',
    })
    return { user, visit, headers }
  }
  const analysisDraft = () => ({ name: fresh('RFM'), definition: { method: 'rfm' as const }, schedule: null, writesLabels: false })
  const viewDraft = () => ({ name: fresh('view'), state: {}, teamId: null })
  const roleDraft = () => ({
    name: fresh('role'),
    grants: [{ right: 'customer.read' as const, scope: 'own' as const, pool: false }],
    personal: 'masked' as const,
    sensitive: 'hidden' as const,
  })

  return {
    'POST /customers': async () => ({ body: person() }),
    'PATCH /customers/{id}': async () => {
      const made = await customer()
      const { phone, note } = canary()
      return { params: { id: made.id }, headers: version(made), body: { values: { phone, note } } }
    },
    'POST /customers/{id}/contacts': async () => ({
      params: { id: (await customer()).id },
      body: { medium: 'phone', direction: 'in', content: canary().note },
    }),
    'POST /customers/{id}/profiles': async () => ({ params: { id: (await customer()).id }, body: { customerId: (await customer()).id } }),
    'DELETE /customers/{id}/profiles/{profileId}': async () => {
      const [one, two] = [await customer(), await customer()]
      await api(customers.link, { params: { id: one.id }, body: { customerId: two.id } })
      return { params: { id: one.id, profileId: two.profiles[0]?.id ?? '' } }
    },
    'POST /customer-views': async () => ({ body: viewDraft() }),
    'PUT /customer-views/{id}': async () => ({ params: { id: (await api(views.create, { body: viewDraft() })).id }, body: viewDraft() }),
    'DELETE /customer-views/{id}': async () => ({ params: { id: (await api(views.create, { body: viewDraft() })).id } }),
    'POST /products': async () => ({ body: { code: fresh('P'), name: 'tea' } }),
    'PUT /products/{id}': async () => {
      const made = await product()
      return { params: { id: made.id }, headers: version(made), body: { code: made.code, name: 'green tea' } }
    },
    'POST /orders': async () => ({ body: orderDraft((await customer()).id) }),
    'POST /orders/{id}/cancel': async () => {
      const order = await api(catalog.createOrder, { body: orderDraft((await customer()).id) })
      return { params: { id: order.id }, headers: version(order), body: {} }
    },
    'POST /orders/{id}/restore': async () => {
      const order = await api(catalog.createOrder, { body: orderDraft((await customer()).id) })
      const cancelled = await api(catalog.cancelOrder, { params: { id: order.id }, body: {} }, { version: order.version })
      return { params: { id: order.id }, headers: version(cancelled), body: { status: 'completed' } }
    },
    'POST /channels': async () => ({ body: { code: fresh('c'), name: 'Shop', kind: 'web' } }),
    'PATCH /channels/{code}': async () => {
      const made = await api(catalog.createChannel, { body: { code: fresh('c'), name: 'Shop', kind: 'web' } })
      return { params: { code: made.code }, headers: version(made), body: { name: 'Shop by the river', trust: 70 } }
    },
    'POST /exchange-rates': async () => ({ body: { rates: [{ currency: 'USD', day: '2026-01-02', rate: 7.2 }] } }),
    'DELETE /exchange-rates/{currency}/{day}': async () => {
      const params = { currency: 'JPY', day: '2026-01-02' }
      await api(rates.set, { body: { rates: [{ ...params, rate: 0.048 }] } })
      return { params }
    },
    'POST /files': async () => {
      const form = new FormData()
      form.append('file', new Blob([csv()]), `${canary().name}.csv`)
      return { body: form }
    },
    'POST /imports/inspect': async () => ({ body: { fileId: (await upload(api, csv())).id } }),
    'POST /imports/dry-run': async () => ({
      body: { fileId: (await upload(api, csv())).id, channel: 'till', settings: { kind: 'customers', columns } },
    }),
    'POST /imports': async () => ({
      body: {
        fileId: (await upload(api, csv())).id,
        channel: fresh('till'),
        newChannel: { name: 'Till', kind: 'till' },
        settings: { kind: 'customers', columns },
      },
    }),
    'POST /imports/{id}/undo': async () => ({ params: { id: (await importIn('done')).id } }),
    'POST /imports/{id}/resume': async () => ({ params: { id: (await importIn('cancelled')).id } }),
    'POST /import-mappings': async () => ({
      body: { name: fresh('m'), kind: 'customers', headers: [fresh('姓名')], columns: columns.slice(0, 1) },
    }),
    'DELETE /import-mappings/{id}': async () => {
      const { id } = await api(imports.saveMapping, {
        body: { name: fresh('m'), kind: 'customers', headers: [fresh('姓名')], columns: columns.slice(0, 1) },
      })
      return { params: { id } }
    },
    'POST /analyses': async () => ({ body: analysisDraft() }),
    'PUT /analyses/{id}': async () => {
      const made = await api(analyses.create, { body: analysisDraft() })
      return { params: { id: made.id }, headers: version(made), body: { ...analysisDraft(), schedule: '0 3 * * 1' } }
    },
    'POST /analyses/{id}/runs': async () => ({ params: { id: (await api(analyses.create, { body: analysisDraft() })).id }, body: {} }),
    'POST /jobs/{id}/cancel': async () => ({ params: { id: (await api(warehouse.rebuild, {})).id } }),
    'POST /warehouse/check': async () => ({}),
    'POST /warehouse/rebuild': async () => ({}),
    'PATCH /settings': async () => ({ headers: version(await api(settings.get, {})), body: { margin: 0.31 } }),
    'POST /users': async () => {
      const { name, email } = canary()
      return { body: { name, email, roleIds: [], teamIds: [] } }
    },
    'PATCH /users/{id}': async () => {
      const { user } = await invited()
      return { params: { id: user.id }, headers: version(user), body: { name: canary().name } }
    },
    'POST /users/{id}/link': async () => ({ params: { id: (await invited()).user.id } }),
    'DELETE /users/{id}/second-factor': async () => {
      const { user, visit } = await browser()
      const { secret } = await visit.call(session.enrolSecondFactor, { body: { password } })
      await visit.call(session.confirmSecondFactor, { body: { code: authenticatorCode(secret) } })
      return { params: { id: user.id } }
    },
    'POST /roles': async () => ({ body: roleDraft() }),
    'PATCH /roles/{id}': async () => {
      const made = await api(roles.create, { body: roleDraft() })
      return { params: { id: made.id }, headers: version(made), body: { personal: 'hidden' } }
    },
    'DELETE /roles/{id}': async () => ({ params: { id: (await api(roles.create, { body: roleDraft() })).id } }),
    'POST /teams': async () => ({ body: { name: fresh('team'), parentId: null } }),
    'PATCH /teams/{id}': async () => {
      const made = await api(teams.create, { body: { name: fresh('team'), parentId: null } })
      return { params: { id: made.id }, headers: version(made), body: { name: fresh('team') } }
    },
    'DELETE /teams/{id}': async () => ({ params: { id: (await api(teams.create, { body: { name: fresh('team'), parentId: null } })).id } }),
    'POST /api-keys': async () => ({ body: { name: 'till', rights: ['customer.read'], expiresInDays: 1 } }),
    'DELETE /api-keys/{id}': async () => ({
      params: { id: (await api(apiKeys.create, { body: { name: 'till', rights: [], expiresInDays: 1 } })).id },
    }),
    'POST /links/read': async () => ({ headers: { authorization: '' }, body: { token: tokenOf((await invited()).invitation.url) } }),
    'POST /links/use': async () => ({
      headers: { authorization: '' },
      body: { token: tokenOf((await invited()).invitation.url), password },
    }),
    'POST /session': async () => ({
      headers: { authorization: '', 'sec-fetch-site': 'same-origin' },
      body: { email: (await member()).email, password },
    }),
    'DELETE /session': async () => ({ headers: (await browser()).headers() }),
    'DELETE /sessions/{id}': async () => {
      const { visit, headers } = await browser()
      const { items } = await visit.call(session.list, {})
      return { headers: headers(), params: { id: items[0]?.id ?? '' } }
    },
    'POST /session/password': async () => ({
      headers: (await browser()).headers(),
      body: { current: password, next: 'velvet anchor 17 moth' },
    }),
    'PATCH /session/profile': async () => ({ headers: (await browser()).headers(), body: { name: canary().name } }),
    'POST /session/second-factor/enrol': async () => ({ headers: (await browser()).headers(), body: { password } }),
    'POST /session/second-factor/confirm': async () => {
      const { visit, headers } = await browser()
      const { secret } = await visit.call(session.enrolSecondFactor, { body: { password } })
      return { headers: headers(), body: { code: authenticatorCode(secret) } }
    },
    'POST /session/second-factor/disable': async () => {
      const { visit, headers } = await browser()
      const { secret } = await visit.call(session.enrolSecondFactor, { body: { password } })
      await visit.call(session.confirmSecondFactor, { body: { code: authenticatorCode(secret) } })
      return { headers: headers(), body: { password } }
    },
  }
}

/** The request of a deed, ready to be sent. */
export async function prepared(name: string, deed: Deed): Promise<Sent> {
  const [method = '', template = ''] = name.split(' ')
  const { params = {}, ...rest } = await deed()
  return { method, path: template.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? '')), ...rest }
}
