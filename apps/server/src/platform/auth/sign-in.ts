import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SignedIn } from '@zhike/contract/platform/session.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AuditEntry, audit } from '../audit/audit.ts'
import type { Database, Tx } from '../database/database.ts'
import { Problem } from '../http/problem.ts'
import { loadPrincipal } from '../permissions/principal.ts'
import { systemTransaction } from '../permissions/transaction.ts'
import { type CookieNames, isSecure } from './cookies.ts'
import { refuseCrossSite } from './cross-site.ts'
import { deviceSeconds, knownDevice, markDevice } from './device.ts'
import type { Library } from './library.ts'
import { inLibraryTransaction } from './library-adapter.ts'
import { libraryHeaders, passCookies, refusalOf } from './library-call.ts'
import { meOf } from './me.ts'
import { signsFor } from './signs-for.ts'
import { slots } from './slots.ts'
import { addressKey, type Throttle, type Try } from './throttle.ts'
import { useCode } from './used-codes.ts'

export interface SignInParts {
  database: Database
  library: Library
  throttle: Throttle
  secret: string
  publicUrl: string
  cookies: CookieNames
}

interface Visit {
  request: FastifyRequest
  reply: FastifyReply
}

interface Account {
  userId: string
  usualAddress: boolean
  open: boolean
}

/** Sign-ins that hold a connection while they hash: as many as hash at once. */
const signingIn = slots(2, 200)
/** A refused sign-in is answered at a multiple of this, in ms: its time tells nothing about the account. */
const answerGrid = 250
/** Nobody has it: given to the library in place of an account that may not sign in, so that it takes the same time. */
const nobody = 'nobody@account.invalid'

/**
 * First step: e-mail and password. Guesses are counted before they are looked at, per account and per address; a browser or
 * address that the account knows has a count of its own, so strangers cannot lock its owner out.
 * @throws Problem `sign-in-failed` whatever is wrong, `too-many-requests`, `cross-site-request`
 */
export async function signIn(parts: SignInParts, visit: Visit, given: { email: string; password: string }): Promise<SignedIn> {
  const began = performance.now()
  refuseCrossSite(visit.request, parts.publicUrl)
  const account = await findAccount(parts.database, given.email, addressKey(visit.request.ip))
  const attempt = { action: 'session.sign-in-failed', userId: account?.userId }
  const tries = await countTries(parts, visit, attempt, account, given.email)
  const email = account?.open ? given.email : nobody
  const outcome = await signingIn.run(() =>
    systemTransaction(parts.database, undefined, async (tx) => {
      const result = await inLibraryTransaction(tx, () =>
        parts.library.api.signInEmail({
          body: { email, password: given.password },
          headers: libraryHeaders(visit.request),
          returnHeaders: true,
        }),
      ).catch(refusalOf)
      if (typeof result === 'string' || !account) {
        await auditAttempt(tx, attempt, { reason: 'credentials' })
        return undefined
      }
      const needsCode = 'twoFactorRedirect' in result.response
      if (needsCode) await auditAttempt(tx, { action: 'session.password-accepted', userId: account.userId })
      else await welcome(tx, account.userId, visit.request)
      return { headers: result.headers, needsCode }
    }),
  )
  if (!outcome || !account) {
    await sleep(answerGrid - ((performance.now() - began) % answerGrid))
    throw new Problem('sign-in-failed')
  }
  await giveBack(tries)
  passCookies(visit.reply, outcome.headers, parts.cookies)
  return outcome.needsCode ? { state: 'second-factor-needed' } : signedIn(parts, visit, account.userId)
}

/**
 * Second step: a code from the authenticator, or a backup code; each works once.
 * @throws Problem `sign-in-failed` when the first step is missing or too long ago, `second-factor-failed`, `too-many-requests`
 */
export async function giveSecondFactor(
  parts: SignInParts,
  visit: Visit,
  given: { code: string } | { backupCode: string },
): Promise<SignedIn> {
  refuseCrossSite(visit.request, parts.publicUrl)
  const userId = await challengedUser(parts, visit.request)
  const account = userId && (await findAccountById(parts.database, userId, addressKey(visit.request.ip)))
  if (!account || !account.open) throw new Problem('sign-in-failed')
  const attempt = { action: 'session.second-factor-failed', userId: account.userId }
  const tries = await countTries(parts, visit, attempt, account, `code of ${account.userId}`)
  const headers = await systemTransaction(parts.database, undefined, async (tx) => {
    const accepted = await acceptCode(parts, tx, visit.request, account.userId, given)
    if (accepted) await welcome(tx, account.userId, visit.request, 'code' in given ? 'code' : 'backup code')
    else await auditAttempt(tx, attempt)
    return accepted
  })
  if (!headers) throw new Problem('second-factor-failed')
  await giveBack(tries)
  passCookies(visit.reply, headers, parts.cookies)
  return signedIn(parts, visit, account.userId)
}

async function acceptCode(
  { library, secret, cookies }: SignInParts,
  tx: Tx,
  request: FastifyRequest,
  userId: string,
  given: { code: string } | { backupCode: string },
): Promise<Headers | undefined> {
  const headers = libraryHeaders(request, cookies.secondFactor)
  const call = () =>
    'code' in given
      ? library.api.verifyTOTP({ body: { code: given.code }, headers, returnHeaders: true })
      : library.api.verifyBackupCode({ body: { code: given.backupCode }, headers, returnHeaders: true })
  const verify = async () => {
    const result = await inLibraryTransaction(tx, call).catch(refusalOf)
    return typeof result === 'string' ? undefined : result.headers
  }
  return 'code' in given ? useCode(tx, secret, userId, given.code, verify) : verify()
}

/** Who gave the right password a moment ago in this browser, as the library noted it. */
async function challengedUser({ library, cookies }: SignInParts, request: FastifyRequest): Promise<string | undefined> {
  const cookie = request.cookies[cookies.secondFactor]
  const challenge = cookie?.slice(0, cookie.lastIndexOf('.'))
  if (!challenge) return undefined
  const { internalAdapter, secret } = await library.$context
  if (cookie !== `${challenge}.${createHmac('sha256', secret).update(challenge).digest('base64')}`) return undefined
  return (await internalAdapter.findVerificationValue(challenge))?.value
}

const findAccount = async ({ system }: Database, email: string, address: string): Promise<Account | undefined> =>
  (await accountRows(system, email, null, address))[0]

const findAccountById = async ({ system }: Database, userId: string, address: string): Promise<Account | undefined> =>
  (await accountRows(system, null, userId, address))[0]

const accountRows = (system: Database['system'], email: string | null, userId: string | null, address: string) => system<Account[]>`
  select u.id as "userId", u.disabled_at is null and u.joined_at is not null as open,
         exists (select 1 from auth_known_address a where a.user_id = u.id and a.address = ${address}) as "usualAddress"
    from users u
   where ${email === null ? system`u.id = ${userId}` : system`u.email = ${email}`}`

interface Attempt {
  action: string
  userId: string | undefined
}

/** Counts a try where it belongs. A try that is refused for being one too many is on record like any other. */
async function countTries(
  { throttle, secret, database, cookies }: SignInParts,
  { request }: Visit,
  attempt: Attempt,
  account: Account | undefined,
  subject: string,
): Promise<Try[]> {
  const address = addressKey(request.ip)
  const device = account && knownDevice(request.cookies[cookies.device], account.userId, secret)
  try {
    if (device) return [await throttle.take('device', subject, device)]
    const ofAddress = await throttle.take('address', address)
    const ofAccount = account?.usualAddress ? throttle.take('usual', subject, address) : throttle.take('stranger', subject)
    return [ofAddress, await ofAccount]
  } catch (error) {
    if (error instanceof Problem) await systemTransaction(database, undefined, (tx) => auditAttempt(tx, attempt, { reason: 'throttled' }))
    throw error
  }
}

async function giveBack(tries: readonly Try[]): Promise<void> {
  for (const each of tries) await each.giveBack()
}

/** One event in the transaction of the attempt. Of an unknown account nothing is kept: people type passwords into the wrong field. */
async function auditAttempt(tx: Tx, { action, userId }: Attempt, details: Record<string, unknown> = {}): Promise<void> {
  const entry: AuditEntry = { action, object: 'session', details: { ...details, account: userId ? 'known' : 'unknown' } }
  await audit(tx, userId ? { ...entry, objectId: userId } : entry)
}

/** What a sign-in leaves behind: the event, the date, the address as a usual one. */
async function welcome(tx: Tx, userId: string, request: FastifyRequest, secondFactor?: string): Promise<void> {
  await signsFor(tx, userId, 'session')
  await audit(tx, { action: 'session.sign-in', object: 'session', objectId: userId, details: secondFactor ? { secondFactor } : {} })
  await tx`update users set last_sign_in_at = now() where id = ${userId}`
  await tx`insert into auth_known_address (user_id, address) values (${userId}, ${addressKey(request.ip)})
    on conflict (user_id, address) do update set last_used_at = now()`
}

async function signedIn(
  { database, secret, publicUrl, cookies }: SignInParts,
  { request, reply }: Visit,
  userId: string,
): Promise<SignedIn> {
  const principal = await loadPrincipal(database.system, userId)
  if (!principal) throw new Problem('sign-in-failed')
  reply.setCookie(cookies.device, markDevice(request.cookies[cookies.device], userId, secret), {
    path: '/api/v1/session',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(publicUrl),
    maxAge: deviceSeconds,
  })
  return { state: 'signed-in', me: await meOf(database.system, principal, 'session') }
}
