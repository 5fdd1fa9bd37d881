import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Endpoint } from '@zhike/contract/endpoint.ts'
import type { Right } from '@zhike/contract/platform/rights.ts'
import { type AuditEntry, audit } from '../audit/audit.ts'
import type { Database, Tx } from '../database/database.ts'
import { Problem } from '../http/problem.ts'
import type { Context } from '../http/route.ts'
import { whileAllowed } from '../http/while-allowed.ts'
import { actorTransaction } from '../permissions/transaction.ts'
import { type Cell, type TableFormat, tableMediaTypes, writeTable } from './table-writer.ts'

/** A column of a file: its heading, and what a row has in it. */
export interface ExportColumn<Row> {
  header: string
  cell: (row: Row) => Cell
}

/** What is in the file, found in the transaction that reads it. */
export interface ExportContent<Row> {
  /** Without its ending: customers. */
  name: string
  columns: readonly ExportColumn<Row>[]
  batches: AsyncIterable<readonly Row[]>
}

interface ExportRequest<Row> {
  context: Pick<Context<Endpoint>, 'actor' | 'reply' | 'recheck'>
  /** Under which the rows are read. */
  right: Right
  format: TableFormat
  /** The event of the audit log; how many rows were taken away, and whether all, is added to its details. */
  event: AuditEntry
  read: (tx: Tx) => Promise<ExportContent<Row>>
}

/** Files on their way in this process, by person: each holds a connection for as long as its reader takes. */
const underWay: string[] = []
const mostOfOne = 3
const mostOfAll = 6

/** @returns gives the place back @throws Problem `too-many-requests` while too many files are on their way */
function takePlace(userId: string): () => void {
  const own = underWay.filter((each) => each === userId).length
  if (own >= mostOfOne || underWay.length >= mostOfAll) throw new Problem('too-many-requests', { seconds: 10 })
  underWay.push(userId)
  return () => void underWay.splice(underWay.indexOf(userId), 1)
}

/**
 * Streams rows as a file, within what the right covers. It breaks off when the right is lost meanwhile; and it is not complete before
 * the right has been looked at once more. What was taken away is audited with its count, also when the other end hangs up in the middle.
 */
export async function exportTable<Row>(
  database: Database,
  { context: { actor, reply, recheck }, right, format, event, read }: ExportRequest<Row>,
): Promise<void> {
  const progress = { count: 0, complete: false }
  const entry = () => ({ ...event, details: { ...event.details, ...progress } })
  const out = new PassThrough()
  const giveBack = takePlace(actor.userId)
  const signal = whileAllowed(reply, recheck)
  let sending = false
  try {
    await actorTransaction(database, actor, right, async (tx) => {
      const { name, columns, batches } = await read(tx)
      reply
        .header('content-type', tableMediaTypes[format])
        .header('content-disposition', `attachment; filename="${name}.${format}"`)
        .send(out)
      sending = true
      const header = columns.map((column) => column.header)
      await pipeline(Readable.from(writeTable(format, header, counted(batches, columns, progress))), out, {
        end: false,
        signal,
      })
      await recheck()
      progress.complete = true
      await audit(tx, entry())
    })
    // The file ends only when its event is committed.
    out.end()
  } catch (error) {
    if (!sending) throw error
    out.destroy()
    await actorTransaction(database, actor, right, (tx) => audit(tx, entry()))
    reply.log.info({ err: error }, 'an export ended early')
  } finally {
    giveBack()
  }
}

async function* counted<Row>(
  batches: AsyncIterable<readonly Row[]>,
  columns: readonly ExportColumn<Row>[],
  progress: { count: number },
): AsyncGenerator<Cell[][]> {
  for await (const rows of batches) {
    progress.count += rows.length
    yield rows.map((row) => columns.map(({ cell }) => cell(row)))
  }
}
