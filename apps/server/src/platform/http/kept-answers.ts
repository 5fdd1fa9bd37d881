import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import type { Endpoint } from '@zhike/contract/endpoint.ts'
import type { FastifyRequest } from 'fastify'
import type { Tx } from '../database/database.ts'
import type { Actor } from '../permissions/principal.ts'
import { Problem } from './problem.ts'

export interface Answer {
  status: number
  reply: unknown
}

/** A POST with an Idempotency-Key takes effect once, and every repetition gets the first one's answer. */
export interface KeptAnswers {
  /**
   * Takes the key of a request, if it has one. The key is written by the transaction that does the work, so a repetition waits
   * for it and gets the same answer, whatever crashed in between.
   * @param content what the request says besides its address: its body, or what stands for one that was streamed
   * @throws Problem `idempotency-key-reused` when it came with another request
   */
  take(
    tx: Tx,
    actor: Actor,
    request: FastifyRequest,
    endpoint: Endpoint,
    content: unknown,
  ): Promise<{ key: string; answer?: Answer } | undefined>
  keep(tx: Tx, actor: Actor, key: string, answer: Answer): Promise<void>
}

/** Answers are kept sealed with the installation's secret: they may hold what is shown once, and personal data. */
export function keptAnswers(secret: string): KeptAnswers {
  const seal = sealer(secret)
  return {
    take: async (tx, actor, request, endpoint, content) => {
      const key = request.headers['idempotency-key']
      if (key === undefined || endpoint.method !== 'POST') return undefined
      if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
        throw new Problem('invalid-request', {}, [
          { field: 'header.idempotency-key', code: 'wrong_format', values: { format: '1–200 ASCII' } },
        ])
      }
      const fingerprint = createHash('sha256')
        .update(`${request.method} ${request.url}\n${JSON.stringify(content ?? null)}`)
        .digest()
      const [taken] = await tx`insert into idempotency_key (user_id, key, fingerprint) values (${actor.userId}, ${key}, ${fingerprint})
        on conflict do nothing returning 1 as taken`
      if (taken) return { key }
      const [known] = await tx<{ fingerprint: Buffer; status: number; reply: Buffer }[]>`
        select fingerprint, status, reply from idempotency_key where user_id = ${actor.userId} and key = ${key}`
      if (!known || !known.fingerprint.equals(fingerprint)) throw new Problem('idempotency-key-reused')
      return { key, answer: { status: known.status, reply: JSON.parse(seal.open(known.reply, placeOf(actor, key))) } }
    },
    keep: async (tx, actor, key, { status, reply }) => {
      const sealed = seal.close(JSON.stringify(reply ?? null), placeOf(actor, key))
      await tx`update idempotency_key set status = ${status}, reply = ${sealed} where user_id = ${actor.userId} and key = ${key}`
    },
  }
}

/** Bound into the seal, so that an answer moved to another row does not open. */
const placeOf = (actor: Actor, key: string) => `${actor.userId} ${key}`

/** AES-256-GCM: 12 bytes nonce, 16 bytes tag, text. */
function sealer(secret: string) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'zhike idempotency', 32))
  return {
    close: (text: string, place: string): Buffer => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
    },
    open: (sealed: Buffer, place: string): string => {
      const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.subarray(12, 28))
      return Buffer.concat([cipher.update(sealed.subarray(28)), cipher.final()]).toString('utf8')
    },
  }
}
