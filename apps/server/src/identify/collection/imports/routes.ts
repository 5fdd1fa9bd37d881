import type { Endpoint } from '@zhike/contract/endpoint.ts'
import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import { localeFrom } from '@zhike/contract/texts/locale.ts'
import { stringify } from 'csv-stringify/sync'
import { json } from '../../../platform/database/bulk.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { newId } from '../../../platform/database/ids.ts'
import type { FileStore } from '../../../platform/files/file-store.ts'
import { requireContent } from '../../../platform/files/own-file.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { type Context, FileReply, type Route, route } from '../../../platform/http/route.ts'
import { templateRows } from '../mapping/templates.ts'
import { coveredFailures } from './cover-failures.ts'
import { failuresCsv } from './failures-file.ts'
import {
  listImports,
  readFailures,
  readImport,
  readSettings,
  resumeImport,
  type StoredRowProblem,
  startImport,
  undoImport,
} from './imports.ts'
import { dryRunImport, inspectFile } from './preview.ts'
import { rowProblemText } from './row-problem-text.ts'

export interface ImportRouteOptions {
  files: FileStore
}

/** The API of imports. */
export function importRoutes({ files }: ImportRouteOptions): Route[] {
  return [
    route(
      imports.inspect,
      async ({ tx, actor, body, purpose }) => {
        const file = await files.open(tx, body.fileId)
        requireContent(actor, file, purpose)
        const { id, name, bytes, path } = file
        return { file: { id, name, bytes }, ...(await inspectFile(tx, actor, path, body)) }
      },
      { quiet: true },
    ),
    route(
      imports.dryRun,
      async ({ tx, actor, body, purpose, request }) => {
        const file = await files.open(tx, body.fileId)
        requireContent(actor, file, purpose)
        return dryRunImport(tx, file.path, body, localeFrom(request.headers['accept-language']))
      },
      { quiet: true },
    ),
    route(imports.start, ({ tx, actor, body, purpose }) => startImport(tx, actor, body, purpose), { action: 'import.start' }),
    route(imports.list, ({ tx, query, now }) => listImports(tx, query, now)),
    route(imports.get, ({ tx, params }) => readImport(tx, params.id)),
    route(imports.failures, async (context) => {
      const { params, query, request } = context
      const limit = query?.limit ?? 100
      const { rows } = await seenFailures(context, params.id, query?.after ?? 0, limit)
      const locale = localeFrom(request.headers['accept-language'])
      return {
        items: rows.map(({ row, cells, problems }) => ({ row, cells, problems: problems.map((problem) => withText(problem, locale)) })),
        next: rows.length === limit ? (rows.at(-1)?.row ?? null) : null,
      }
    }),
    route(imports.failuresFile, async (context) => {
      const { params, request, note } = context
      const { found, settings, rows } = await seenFailures(context, params.id, 0, mostFailures)
      note({ action: 'import.failures-downloaded', object: 'import', objectId: found.id, details: { rows: found.failed } })
      const file = failuresCsv(settings, rows, localeFrom(request.headers['accept-language']))
      return csvFile(`${found.file.name.replace(/\.\w+$/, '')}-failed.csv`, file)
    }),
    route(imports.undo, ({ tx, actor, params }) => undoImport(tx, actor, params.id), { action: 'import.undo' }),
    route(imports.resume, ({ tx, actor, params }) => resumeImport(tx, actor, params.id), { action: 'import.resume' }),
    route(imports.template, ({ params, query, request }) => {
      const locale = query?.locale ?? localeFrom(request.headers['accept-language'])
      return csvFile(`${params.kind}.csv`, templateCsv(params.kind, locale))
    }),
    route(imports.listMappings, async ({ tx }) => ({ items: await selectMappings(tx) })),
    route(imports.saveMapping, async ({ tx, actor, body }) => {
      const id = newId()
      const rows = await tx`
        insert into import_mapping (id, name, kind, headers, columns, owner_id)
        values (${id}, ${body.name}, ${body.kind}, ${body.headers}, ${json(tx, body.columns)}, ${actor.userId})
        on conflict do nothing returning 1`
      if (rows.length === 0) throw new Problem('mapping-name-taken')
      return { id, ...body }
    }),
    route(imports.deleteMapping, async ({ tx, params }) => {
      const rows = await tx`delete from import_mapping where id = ${params.id} returning 1`
      if (rows.length === 0) throw new Problem('mapping-not-found')
      return null
    }),
  ]
}

/** More failed rows than this are the file's own fault: the first ones say which. */
const mostFailures = 100_000

/** Refused rows for the eye of their reader; that somebody has looked into a file of somebody else's for a purpose is on record. */
async function seenFailures({ tx, actor, purpose, note }: Reading, id: string, after: number, limit: number) {
  const found = await readImport(tx, id)
  const settings = await readSettings(tx, id)
  const rows = await readFailures(tx, id, after, limit)
  if (found.startedBy.id === actor.userId) return { found, settings, rows }
  if (purpose !== undefined) note({ action: 'import.failures-viewed', object: 'import', objectId: id, details: { purpose } })
  return { found, settings, rows: coveredFailures(actor, settings, rows, purpose !== undefined) }
}

type Reading = Pick<Context<Endpoint>, 'tx' | 'actor' | 'purpose' | 'note'>

const withText = (problem: StoredRowProblem, locale: Locale) => ({
  column: problem.column,
  field: problem.field,
  code: problem.code,
  value: problem.value,
  message: rowProblemText(problem.code, locale, problem.values),
})

const selectMappings = (tx: Tx): Promise<imports.SavedMapping[]> =>
  tx<imports.SavedMapping[]>`select id, name, kind, headers, columns from import_mapping order by created_at desc limit 200`

function templateCsv(kind: ImportKind, locale: Locale): string {
  const { header, example } = templateRows(kind, locale)
  return `\uFEFF${stringify([header, example])}`
}

const csvFile = (name: string, content: string): FileReply => new FileReply(name, 'text/csv; charset=utf-8', content)
