import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Client, createClient, RequestProblem } from '@zhike/contract/client.ts'
import type { FieldAccess, Grant, Right, Scope } from '@zhike/contract/platform/rights.ts'
import { rights } from '@zhike/contract/platform/rights.ts'
import type { FastifyBaseLogger } from 'fastify'
import type postgres from 'postgres'
import { inject } from 'vitest'
import { type RunningApp, startApp } from '../src/app.ts'
import type { Role } from '../src/config.ts'
import { connect, type Sql } from '../src/platform/database/database.ts'
import { newId } from '../src/platform/database/ids.ts'
import { createLogger } from '../src/platform/log/logger.ts'

export interface TestUser {
  id: string
  name: string
  apiKey: string
}

export interface TestServer {
  app: RunningApp
  url: string
  /** The owner's way into the database: to arrange what a test needs, and to look at what it left. */
  owner: Sql
  given: Given
  /** Calls the API as somebody. */
  as(user: TestUser | undefined): Client
  stop(): Promise<void>
}

interface UserWish {
  name?: string
  grants?: readonly (Right | Grant)[]
  scope?: Scope
  pool?: boolean
  personal?: FieldAccess
  sensitive?: FieldAccess
  teams?: readonly string[]
}

interface Given {
  /** Somebody with these rights, whose API key works. */
  user(wish?: UserWish): Promise<TestUser>
  /** Somebody who may do everything. */
  administrator(): Promise<TestUser>
  team(name: string, parentId?: string): Promise<string>
}

/** What the server's log says: an answer of 500 tells the client nothing, but the test that it fails must say why. */
class ToldErrors {
  readonly #lines: string[] = []

  write(line: string): void {
    this.#lines.push(line)
    process.stderr.write(line)
  }

  readonly watched: typeof fetch = async (...request) => {
    const response = await fetch(...request)
    if (response.status !== 500) return response
    const id = response.headers.get('x-request-id') ?? ''
    throw new Error(`The server broke: ${this.#lines.findLast((line) => line.includes(id)) ?? 'its log does not say why'}`)
  }
}

/** A server of its own on a cloned database; the company is set up (CNY, Asia/Shanghai) unless `setUp` is false. */
export async function startTestServer(
  options: {
    setUp?: boolean
    now?: () => Date
    roles?: readonly Role[]
    uploadLimit?: number
    logger?: FastifyBaseLogger
    webFolder?: string
    publicUrl?: string
    enginesUp?: () => boolean
  } = {},
): Promise<TestServer> {
  const engines = inject('engines')
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = connect(engines.database, { max: 1, name: 'test' })
  await admin.unsafe(`create database ${name} template ${engines.template} strategy wal_log`)
  await admin.end()
  const address = { ...engines.database, database: name }
  const owner = connect(address, { max: 2, name: 'test-owner' })
  if (options.setUp !== false) {
    await owner`insert into company (name, time_zone, currency, locale) values ('Test', 'Asia/Shanghai', 'CNY', 'zh')`
  }
  const told = new ToldErrors()
  const app = await startApp({
    database: address,
    warehouse: { url: engines.warehouseUrl, database: name },
    secret: engines.secret,
    dataFolder: join(engines.dataFolder, name),
    host: '127.0.0.1',
    port: 0,
    checkReplies: true,
    connections: { app: 6, system: 4 },
    ...(options.webFolder ? { webFolder: options.webFolder } : {}),
    ...(options.publicUrl ? { publicUrl: options.publicUrl } : {}),
    ...(options.enginesUp ? { enginesUp: options.enginesUp } : {}),
    logger: options.logger ?? createLogger('error', told),
    ...(options.uploadLimit ? { uploadLimit: options.uploadLimit } : {}),
    ...(options.roles ? { roles: options.roles } : {}),
  })
  const given: Given = {
    user: (wish) => addUser(owner, wish),
    administrator: () =>
      addUser(owner, { grants: Object.keys(rights) as Right[], scope: 'all', pool: true, personal: 'clear', sensitive: 'clear' }),
    team: (teamName, parentId) => addTeam(owner, teamName, parentId),
  }
  return {
    app,
    url: app.url,
    owner,
    given,
    as: (user) =>
      createClient({
        baseUrl: app.url,
        headers: () => ({ 'accept-language': 'en', ...(user ? { authorization: `Bearer ${user.apiKey}` } : {}) }),
        fetch: told.watched,
      }),
    stop: async () => {
      await app.stop()
      await owner.end({ timeout: 2 })
    },
  }
}

async function addUser(owner: Sql, wish: UserWish = {}): Promise<TestUser> {
  const id = newId()
  const name = wish.name ?? `user-${id.slice(-6)}`
  const apiKey = `zk_${randomBytes(32).toString('base64url')}`
  const grants = (wish.grants ?? []).map((grant) =>
    typeof grant === 'string' ? { right: grant, scope: wish.scope ?? 'all', pool: wish.pool ?? false } : grant,
  )
  const roleId = newId()
  await owner.begin(async (tx) => {
    await tx`insert into users (id, name, email) values (${id}, ${name}, ${`${id}@test.invalid`})`
    await tx`insert into role (id, name, grants, personal, sensitive)
      values (${roleId}, ${`role of ${id}`}, ${tx.json(grants as unknown as postgres.JSONValue)}, ${wish.personal ?? 'masked'}, ${wish.sensitive ?? 'hidden'})`
    await tx`insert into user_role (user_id, role_id) values (${id}, ${roleId})`
    for (const team of wish.teams ?? []) await tx`insert into team_member (user_id, team_id) values (${id}, ${team})`
    await tx`insert into api_key (id, user_id, name, hash, hint, expires_at)
      values (${newId()}, ${id}, 'test', ${createHash('sha256').update(apiKey).digest()}, 'zk_…', now() + interval '1 day')`
  })
  return { id, name, apiKey }
}

async function addTeam(owner: Sql, name: string, parentId?: string): Promise<string> {
  const id = newId()
  await owner.begin(async (tx) => {
    await tx`insert into team (id, parent_id, name) values (${id}, ${parentId ?? null}, ${name})`
    await tx`insert into team_closure (ancestor_id, descendant_id, depth)
      select ancestor_id, ${id}::uuid, depth + 1 from team_closure where descendant_id = ${parentId ?? null}
      union all select ${id}::uuid, ${id}::uuid, 0`
  })
  return id
}

/** What a refused call was refused for: its status, name and fields. */
export async function refusal(call: Promise<unknown>): Promise<{ status: number; problem: string; fields: string[] }> {
  try {
    await call
  } catch (error) {
    if (error instanceof RequestProblem) {
      return { status: error.body.status, problem: error.problem, fields: (error.body.errors ?? []).map(({ field }) => field) }
    }
    throw error
  }
  throw new Error('the call was expected to be refused, but it succeeded')
}
