import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Right } from '@zhike/contract/platform/rights.ts'
import type { FastifyReply } from 'fastify'
import { type AuditEntry, audit } from '../audit/audit.ts'
import type { Database, Tx } from '../database/database.ts'
import type { Actor } from '../permissions/principal.ts'
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
  actor: Actor
  /** Under which the rows are read. */
  right: Right
  reply: FastifyReply
  format: TableFormat
  /** The event of the audit log; how many rows were taken away, and whether all, is added to its details. */
  event: AuditEntry
  read: (tx: Tx) => Promise<ExportContent<Row>>
}

/**
 * Streams rows as a file, within what the right covers. What was taken away is audited with its count, also when the other end
 * hangs up in the middle.
 */
export async function exportTable<Row>(
  database: Database,
  { actor, right, reply, format, event, read }: ExportRequest<Row>,
): Promise<void> {
  const progress = { count: 0, complete: false }
  const entry = () => ({ ...event, details: { ...event.details, ...progress } })
  const out = new PassThrough()
  try {
    await actorTransaction(database, actor, right, async (tx) => {
      const { name, columns, batches } = await read(tx)
      reply
        .header('content-type', tableMediaTypes[format])
        .header('content-disposition', `attachment; filename="${name}.${format}"`)
        .send(out)
      const header = columns.map((column) => column.header)
      await pipeline(Readable.from(writeTable(format, header, counted(batches, columns, progress))), out, { end: false })
      progress.complete = true
      await audit(tx, entry())
    })
    // The file ends only when its event is committed.
    out.end()
  } catch (error) {
    if (!reply.sent) throw error
    out.destroy()
    await actorTransaction(database, actor, right, (tx) => audit(tx, entry()))
    reply.log.info({ err: error }, 'an export ended early')
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
