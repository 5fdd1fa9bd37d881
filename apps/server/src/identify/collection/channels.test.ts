import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as customers from '@zhike/contract/identify/customers.ts'
import type { ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import * as auditLog from '@zhike/contract/platform/audit-log.ts'
import * as jobs from '@zhike/contract/platform/jobs.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, startTestServer, type TestServer, type TestUser } from '../../../test/harness.ts'
import { systemTransaction } from '../../platform/permissions/transaction.ts'
import { recordProfiles } from '../identity/record-profiles.ts'

let server: TestServer
let admin: TestUser
let serial = 0
beforeAll(async () => {
  server = await startTestServer()
  admin = await server.given.administrator()
})
afterAll(() => server.stop())

const api = () => server.as(admin)
const makeChannel = (trust: number) =>
  api()(catalog.createChannel, { body: { code: `source-${++serial}`, name: '来源', kind: 'file', trust } })
const channelOf = async ({ code }: catalog.Channel) =>
  (await api()(catalog.listChannels, {})).items.find((channel) => channel.code === code) as catalog.Channel

/** What a channel says about somebody. */
async function says({ code, trust }: catalog.Channel, values: ProfileValues): Promise<void> {
  const [row] = await server.owner<{ id: number }[]>`select id from channel where code = ${code}`
  const channel = { id: row?.id ?? 0, code, trust }
  await systemTransaction(server.app.database, undefined, (tx) =>
    recordProfiles(tx, { channel, now: new Date(), by: null, importId: null }, [
      { kind: 'person', sourceKey: `phone:${values.phone}`, values },
    ]),
  )
}

const known = async (phone: string) => {
  const { items } = await api()(customers.list, { query: { search: phone } })
  return api()(customers.get, { params: { id: items[0]?.id ?? '' } })
}

async function trusted(channel: catalog.Channel, trust: number): Promise<jobs.Job> {
  const { version } = await channelOf(channel)
  const { jobId } = await api()(catalog.editChannel, { params: { code: channel.code }, body: { trust } }, { version })
  const read = () => api()(jobs.get, { params: { id: jobId ?? '' } })
  await expect.poll(async () => (await read()).state, { timeout: 20_000, interval: 50 }).toBe('done')
  return read()
}

test('a channel gets another name; who was overtaken is refused', async () => {
  const made = await makeChannel(50)
  const rename = (version?: number) =>
    api()(catalog.editChannel, { params: { code: made.code }, body: { name: '门店收银' } }, ...(version ? [{ version }] : []))
  expect(await refusal(rename())).toMatchObject({ problem: 'version-required' })
  expect(await rename(made.version)).toMatchObject({ name: '门店收银', trust: 50, trustApplied: true, jobId: null, version: 2 })
  expect(await refusal(rename(made.version))).toMatchObject({ status: 412, problem: 'edit-conflict' })
  expect(await refusal(api()(catalog.editChannel, { params: { code: 'nowhere' }, body: {} }, { version: 1 }))).toMatchObject({
    problem: 'channel-not-found',
  })
})

test('it needs the right to manage settings, and the log tells what was said', async () => {
  const made = await makeChannel(50)
  const clerk = await server.given.user({ grants: ['import.run', 'customer.read'] })
  const edit = (who: TestUser) =>
    server.as(who)(catalog.editChannel, { params: { code: made.code }, body: { name: '微信', trust: 30 } }, { version: 1 })
  expect(await refusal(edit(clerk))).toMatchObject({ problem: 'right-missing' })
  await edit(admin)
  const { items } = await api()(auditLog.list, { query: { action: 'channel.edit', objectId: made.code } })
  expect(items.map(({ details }) => details)).toEqual([{ name: '微信', trust: 30 }])
})

describe('when a channel is trusted less than another', () => {
  test('what it said about somebody gives way, in values, provenance and search', async () => {
    const [till, shop] = [await makeChannel(80), await makeChannel(60)]
    await says(till, { phone: '+8613800001001', name: '欧阳静', city: '杭州市' })
    await says(shop, { phone: '+8613800001001', name: '欧阳静怡', city: '宁波市' })
    expect(await known('13800001001')).toMatchObject({ name: '欧阳静', values: { city: '杭州市' } })
    expect((await trusted(till, 40)).result).toMatchObject({ changed: 1 })
    expect(await known('欧阳静怡')).toMatchObject({
      name: '欧阳静怡',
      values: { city: '宁波市' },
      provenance: { name: { channel: shop.code, rule: 'trust' } },
    })
    expect(await channelOf(till)).toMatchObject({ trust: 40, trustApplied: true, jobId: null })
  })

  test('what a person has locked stays', async () => {
    const [till, shop] = [await makeChannel(80), await makeChannel(60)]
    await says(till, { phone: '+8613800002001', name: '张小伟' })
    await says(shop, { phone: '+8613800002001', name: '张晓伟' })
    const { id, version } = await known('13800002001')
    await api()(customers.edit, { params: { id }, body: { lock: ['name'] } }, { version })
    await trusted(till, 40)
    expect(await known('13800002001')).toMatchObject({ name: '张小伟', provenance: { name: { rule: 'lock' } } })
  })

  test('a customer whose values remain what they are is not touched', async () => {
    const [till, shop] = [await makeChannel(80), await makeChannel(60)]
    await says(till, { phone: '+8613800003001', name: '苏轼' })
    await says(shop, { phone: '+8613800003001', name: '苏轼', memberLevel: '金卡' })
    await says(till, { phone: '+8613800003002', name: '苏辙' })
    const before = [await known('13800003001'), await known('13800003002')]
    await trusted(till, 40)
    expect([await known('13800003001'), await known('13800003002')].map(({ version }) => version)).toEqual(
      before.map(({ version }) => version),
    )
  })
})

test('where the job was stopped the channel says so, and the same trust said again goes on', async () => {
  const made = await makeChannel(60)
  const edit = (body: { name?: string; trust?: number }, version: number) =>
    api()(catalog.editChannel, { params: { code: made.code }, body }, { version })
  const stateOf = async (id: string | null) => (await api()(jobs.get, { params: { id: id ?? '' } })).state
  const first = await server.owner.begin(async (tx) => {
    // Somebody links, and the job waits for them.
    await tx`select pg_advisory_xact_lock(hashtext('zhike.linking'))`
    const begun = await edit({ trust: 30 }, made.version)
    expect(begun).toMatchObject({ trust: 30, trustApplied: false, jobId: expect.any(String) })
    await expect.poll(() => stateOf(begun.jobId)).toBe('running')
    await api()(jobs.cancel, { params: { id: begun.jobId ?? '' } })
    await expect.poll(() => stateOf(begun.jobId), { timeout: 10_000 }).toBe('cancelled')
    return begun
  })
  expect(await edit({ name: '收银台' }, first.version)).toMatchObject({ trustApplied: false, jobId: null })
  const again = await edit({ trust: 30 }, first.version + 1)
  expect(again).toMatchObject({ trustApplied: false, jobId: expect.any(String) })
  await expect.poll(() => channelOf(made), { timeout: 10_000 }).toMatchObject({ trustApplied: true, jobId: null })
})
