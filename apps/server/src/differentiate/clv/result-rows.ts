import { clvQuadrants } from '@zhike/analytics/clv/clv-matrix.ts'
import type { ClvOutput } from './model.ts'

/** Values by column, with whom they belong to. */
export interface ScoredCustomers {
  run: number
  customer: Float64Array
  purchases: Uint32Array
  current: Float64Array
  scores: ClvOutput['scores']
  quadrants: Uint8Array
  /** Minor units in a major one. */
  scale: number
}

const quadrantBytes = clvQuadrants.map((name) => Buffer.concat([Buffer.from([name.length]), Buffer.from(name)]))
const fixedBytes = 8 + 8 + 4 + 4 + 8 + 8 + 8 + 8
const rowBytes = fixedBytes + Math.max(...quadrantBytes.map(({ length }) => length))

/** Rows `from` … `to` (exclusive) in RowBinary, in the order of `insertClv`. */
export function resultRows(all: ScoredCustomers, from: number, to: number): Buffer {
  const bytes = Buffer.allocUnsafe((to - from) * rowBytes)
  let at = 0
  for (let i = from; i < to; i++) {
    bytes.writeBigUInt64LE(BigInt(all.run), at)
    bytes.writeBigUInt64LE(BigInt(all.customer[i] ?? 0), at + 8)
    bytes.writeUInt32LE(all.purchases[i] ?? 0, at + 16)
    bytes.writeFloatLE(all.scores.probabilityAlive[i] ?? 0, at + 20)
    bytes.writeDoubleLE(all.scores.expectedPurchases[i] ?? 0, at + 24)
    bytes.writeDoubleLE((all.scores.expectedSpend[i] ?? 0) * all.scale, at + 32)
    bytes.writeBigInt64LE(minor(all.current[i], all.scale), at + 40)
    bytes.writeBigInt64LE(minor(all.scores.lifetimeValue[i], all.scale), at + 48)
    at += fixedBytes
    const quadrant = quadrantBytes[all.quadrants[i] ?? 0] as Buffer
    at += quadrant.copy(bytes, at)
  }
  return bytes.subarray(0, at)
}

const minor = (major: number | undefined, scale: number) => BigInt(Math.round((major ?? 0) * scale))
