import { type ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import { type Import, type ImportSettings, repairDays } from '@zhike/contract/identify/imports.ts'
import type { Purpose } from '@zhike/contract/platform/rights.ts'
import { z } from 'zod'
import { json } from '../../../platform/database/bulk.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { newId } from '../../../platform/database/ids.ts'
import { requireContent } from '../../../platform/files/own-file.ts'
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { startJob } from '../../../platform/jobs/start-job.ts'
import type { Actor } from '../../../platform/permissions/principal.ts'
import { isTimeZone } from '../../identity/normalise/time-zone.ts'
import { importJobType, undoJobType } from './job-types.ts'

interface ImportRow {
  id: string
  kind: ImportKind
  state: Import['state']
  channelCode: string
  channelName: string
  fileId: string
  fileName: string
  fileBytes: number
  jobId: string | null
  undoJobId: string | null
  rows: number
  created: number
  updated: number
  unchanged: number
  failed: number
  startedById: string
  startedByName: string
  createdAt: Date
  finishedAt: Date | null
  undoneAt: Date | null
}

const importView = ({
  channelCode,
  channelName,
  fileId,
  fileName,
  fileBytes,
  jobId,
  undoJobId,
  startedById,
  startedByName,
  ...row
}: ImportRow): Import => ({
  ...row,
  channel: { code: channelCode, name: channelName },
  file: { id: fileId, name: fileName, bytes: fileBytes },
  jobId: undoJobId ?? jobId,
  startedBy: { id: startedById, name: startedByName },
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  undoneAt: row.undoneAt?.toISOString() ?? null,
})

/** Rows of data that have been read, in a statement over `import i`. */
export const dataRows = (tx: Tx) => tx`i.created + i.updated + i.unchanged + i.failed`

function selectImports(tx: Tx, where: ReturnType<Tx>, limit: number): Promise<ImportRow[]> {
  return tx<ImportRow[]>`
    select i.id, i.kind, i.state, c.code as "channelCode", c.name as "channelName", f.id as "fileId", f.name as "fileName", f.bytes as "fileBytes",
           i.job_id as "jobId", i.undo_job_id as "undoJobId", ${dataRows(tx)} as rows, i.created, i.updated,
           i.unchanged, i.failed, u.id as "startedById", u.name as "startedByName", i.created_at as "createdAt", i.finished_at as "finishedAt",
           i.undone_at as "undoneAt"
      from import i
      join channel c on c.id = i.channel_id
      join stored_file f on f.id = i.file_id
      join users u on u.id = i.started_by
     where ${where}
     order by i.id desc
     limit ${limit}`
}

/** One import that the reader may see. @throws Problem import-not-found */
export async function readImport(tx: Tx, id: string): Promise<Import> {
  const [row] = await selectImports(tx, tx`i.id = ${id}`, 1)
  if (!row) throw new Problem('import-not-found')
  return importView(row)
}

/** How an import reads its file. @throws Problem import-not-found */
export async function readSettings(tx: Tx, id: string): Promise<ImportSettings> {
  const [row] = await tx<{ settings: ImportSettings }[]>`select settings from import where id = ${id}`
  if (!row) throw new Problem('import-not-found')
  return row.settings
}

/** That `import i` has failed rows or broke off, and is not too old for that to matter. */
export const waitsForRepair = (tx: Tx, now: Date) => tx`
  i.created_at > ${new Date(now.getTime() - repairDays * 86_400_000)}
    and (i.state = 'done' and i.failed > 0 or i.state in ('failed', 'cancelled'))`

/** The history of imports, newest first: ids are in the order of time. */
export async function listImports(
  tx: Tx,
  { after, limit = 50, toRepair }: { after?: string | undefined; limit?: number | undefined; toRepair?: boolean | undefined },
  now: Date,
): Promise<{ items: Import[]; next: string | null }> {
  const before = readCursor(after, z.uuid())
  const rows = await selectImports(
    tx,
    tx`${before ? tx`i.id < ${before}` : tx`true`} and ${toRepair ? waitsForRepair(tx, now) : tx`true`}`,
    limit + 1,
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(importView),
    next: rows.length > limit && last ? writeCursor(last.id) : null,
  }
}

/** The fields that a mapping misses or names wrongly. @throws Problem mapping-incomplete, invalid-request */
export function checkMapping({ kind, columns, timeZone }: ImportSettings): void {
  const fields: Record<string, { type: string; required?: true }> = importKinds[kind]
  const mapped = columns.flatMap(({ field }) => (field === null ? [] : [field]))
  const unknown = columns.findIndex(({ field }) => field !== null && !Object.hasOwn(fields, field))
  if (unknown >= 0)
    throw new Problem('invalid-request', {}, [
      { field: `body.settings.columns.${unknown}.field`, code: 'not_one_of', values: { allowed: Object.keys(fields).join(', ') } },
    ])
  const twice = mapped.find((field, i) => mapped.indexOf(field) !== i)
  if (twice) throw new Problem('invalid-request', {}, [{ field: 'body.settings.columns', code: 'mapped_twice', values: { field: twice } }])
  const missing = Object.entries(fields).filter(([field, { required }]) => required && !mapped.includes(field))
  if (missing.length > 0) throw new Problem('mapping-incomplete', { fields: missing.map(([field]) => field).join(', ') })
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new Problem('invalid-request', {}, [{ field: 'body.settings.timeZone', code: 'invalid_time_zone' }])
  }
  if (kind === 'order-lines' && !mapped.includes('unitPrice') && !mapped.includes('amount')) {
    throw new Problem('mapping-incomplete', { fields: 'unitPrice, amount' })
  }
  if (mapped.length === 0) throw new Problem('mapping-incomplete', { fields: Object.keys(fields).slice(0, 3).join(', ') })
}

interface StartDraft {
  fileId: string
  channel: string
  newChannel?: { name: string; kind: string; trust: number } | undefined
  settings: ImportSettings
}

/** Starts the import of a stored file as a job of the actor's. */
export async function startImport(
  tx: Tx,
  actor: Actor,
  { fileId, channel, newChannel, settings }: StartDraft,
  purpose: Purpose | undefined,
): Promise<Import> {
  checkMapping(settings)
  const [file] = await tx<{ ownerId: string }[]>`select owner_id as "ownerId" from stored_file where id = ${fileId}`
  if (!file) throw new Problem('file-not-found')
  requireContent(actor, file, purpose)
  await checkOwner(tx, settings)
  const channelId = await channelFor(tx, channel, newChannel)
  const id = newId()
  await tx`insert into import (id, kind, channel_id, file_id, settings, state, started_by)
    values (${id}, ${settings.kind}, ${channelId}, ${fileId}, ${json(tx, settings)}, 'ready', ${actor.userId})`
  const jobId = await startJob(tx, importJobType, { importId: id }, actor)
  await tx`update import set job_id = ${jobId} where id = ${id}`
  return readImport(tx, id)
}

/** The new customers' owner and team must exist. */
async function checkOwner(tx: Tx, { ownerId, teamId }: ImportSettings): Promise<void> {
  if (ownerId) {
    const [owner] = await tx`select 1 from users where id = ${ownerId} and disabled_at is null`
    if (!owner) throw new Problem('user-not-found')
  }
  if (teamId) {
    const [team] = await tx`select 1 from team where id = ${teamId}`
    if (!team) throw new Problem('team-not-found')
  }
}

async function channelFor(tx: Tx, code: string, draft: StartDraft['newChannel']): Promise<number> {
  if (draft) {
    await tx`insert into channel (code, name, kind, trust) values (${code}, ${draft.name}, ${draft.kind}, ${draft.trust}) on conflict (code) do nothing`
  }
  const [channel] = await tx<{ id: number }[]>`select id from channel where code = ${code}`
  if (!channel || code === 'manual') throw new Problem('channel-not-found')
  return channel.id
}

/** Takes a finished, cancelled or failed import back. */
export async function undoImport(tx: Tx, actor: Actor, id: string): Promise<Import> {
  const state = await lockState(tx, id)
  const again = state === 'undoing' && (await undoBrokenOff(tx, id))
  if (!again && state !== 'done' && state !== 'cancelled' && state !== 'failed') throw new Problem('import-state', { state })
  await tx`update import set state = 'undoing' where id = ${id}`
  const jobId = await startJob(tx, undoJobType, { importId: id }, actor)
  await tx`update import set undo_job_id = ${jobId} where id = ${id}`
  return readImport(tx, id)
}

async function undoBrokenOff(tx: Tx, id: string): Promise<boolean> {
  const [row] =
    await tx`select 1 from import i join job j on j.id = i.undo_job_id where i.id = ${id} and j.state in ('failed', 'cancelled')`
  return row !== undefined
}

/** Goes on behind the last committed row. */
export async function resumeImport(tx: Tx, actor: Actor, id: string): Promise<Import> {
  const state = await lockState(tx, id)
  if (state !== 'cancelled' && state !== 'failed') throw new Problem('import-state', { state })
  const jobId = await startJob(tx, importJobType, { importId: id }, actor)
  await tx`update import set state = 'ready', job_id = ${jobId}, finished_at = null where id = ${id}`
  return readImport(tx, id)
}

async function lockState(tx: Tx, id: string): Promise<string> {
  const [row] = await tx<{ state: string }[]>`select state from import where id = ${id} for update`
  if (!row) throw new Problem('import-not-found')
  return row.state
}

export interface KeptFailure {
  row: number
  lineNumber: number | null
  cells: string[]
  problems: StoredRowProblem[]
}

/** Failed rows behind row `after`. */
export const readFailures = (tx: Tx, id: string, after: number, limit: number): Promise<KeptFailure[]> =>
  tx<KeptFailure[]>`
    select row_number as row, line_number as "lineNumber", cells, problems from import_failure
     where import_id = ${id} and row_number > ${after} order by row_number limit ${limit}`

/** A row's problem as it is kept: without a text, which is written in the reader's language. */
export interface StoredRowProblem {
  column: string | null
  field: string | null
  code: string
  value: string | null
  values?: Record<string, unknown>
}
