import { urlOf } from '@zhike/contract/client.ts'
import type { Call, Endpoint, ReplyOf } from '@zhike/contract/endpoint.ts'
import * as session from '@zhike/contract/platform/session.ts'
import * as setup from '@zhike/contract/platform/setup.ts'
import type { Page } from 'playwright-core'

/** Calls the API as the visitor, whose cookies the page holds. */
export async function call<E extends Endpoint>(page: Page, endpoint: E, input: Call<E>): Promise<ReplyOf<E>> {
  const { params, query, body } = input as { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }
  const reply = await page.request.fetch(urlOf(endpoint, params, query), {
    method: endpoint.method,
    data: body,
    headers: { 'sec-fetch-site': 'same-origin' },
  })
  if (!reply.ok()) throw new Error(`${endpoint.path}: ${reply.status()} ${await reply.text()}`)
  return (await reply.json()) as ReplyOf<E>
}

const administrator = { name: '林晓', email: 'lin@example.com', password: 'tea-house-river-9' }

/** Sets a company up; the page is signed in as its administrator afterwards. */
export async function setUp(page: Page): Promise<void> {
  await call(page, setup.run, {
    body: { company: { name: '知味茶庄', timeZone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh' }, administrator },
  })
  const { email, password } = administrator
  await call(page, session.signIn, { body: { email, password } })
}
