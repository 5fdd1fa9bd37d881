import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { page, pageQuery, queryFlag, queryInt } from '../paging.ts'
import { ImportKind } from './import-kinds.ts'

/** Which column of the file goes where; `field` null = left out. */
export const ColumnMapping = z.strictObject({
  index: z.int().min(0).max(16383),
  header: z.string().max(1000),
  field: z.string().max(60).nullable(),
})
export type ColumnMapping = z.infer<typeof ColumnMapping>

export const DateFormat = z.enum(['year-first', 'day-first', 'month-first', 'excel-serial', 'unix-seconds', 'unix-milliseconds'])

/** How a file is read. All but the columns have defaults found by inspecting it. */
export const ImportSettings = z.strictObject({
  kind: ImportKind,
  columns: z.array(ColumnMapping).min(1).max(16384),
  sheet: z.string().max(200).optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030']).optional(),
  delimiter: z.string().min(1).max(4).optional(),
  dateFormat: DateFormat.optional(),
  /** Of amounts whose cells and columns do not name one; the company's when left out. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  /** Of local times in the file; the company's when left out. */
  timeZone: z.string().max(60).optional(),
  /** Owner of the new customers; nobody (the pool) when left out. */
  ownerId: z.uuid().optional(),
  teamId: z.uuid().optional(),
})
export type ImportSettings = z.infer<typeof ImportSettings>

export const RowProblem = z.object({
  column: z.string().nullable(),
  field: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  value: z.string().nullable(),
})

export const FailedRow = z.object({ row: z.int(), cells: z.array(z.string()), problems: z.array(RowProblem) })

export const ImportState = z.enum(['ready', 'running', 'done', 'cancelled', 'failed', 'undoing', 'undone'])

export const Import = z.object({
  id: z.uuid(),
  kind: ImportKind,
  state: ImportState,
  channel: z.object({ code: z.string(), name: z.string() }),
  file: z.object({ id: z.uuid(), name: z.string(), bytes: z.int() }),
  jobId: z.uuid().nullable(),
  /** Rows of data so far, each counted once below; the header and blank rows are none. */
  rows: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  failed: z.int(),
  startedBy: z.object({ id: z.uuid(), name: z.string() }),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  undoneAt: z.iso.datetime().nullable(),
})
export type Import = z.infer<typeof Import>

const id = z.strictObject({ id: z.uuid() })

/** What a file holds and how we would read it. */
export const inspect = endpoint({
  method: 'POST',
  path: '/imports/inspect',
  access: 'import.run',
  summary: 'Reads the beginning of a stored file: encoding, columns with samples, and a suggested kind and mapping',
  body: z.strictObject({ fileId: z.uuid(), kind: ImportKind.optional(), sheet: z.string().max(200).optional() }),
  reply: z.object({
    file: z.object({ id: z.uuid(), name: z.string(), bytes: z.int() }),
    format: z.enum(['csv', 'xlsx']),
    encoding: z.string().nullable(),
    delimiter: z.string().nullable(),
    sheets: z.array(z.string()),
    /** Rows of data: exact for small files, otherwise by the sample. */
    rows: z.int().nullable(),
    kind: ImportKind,
    kindConfidence: z.enum(['sure', 'likely', 'unsure']),
    /** Null when there are no dates, and while it is ambiguous. */
    dateFormat: DateFormat.nullable(),
    /** Day and month can be taken for each other in every row: somebody must say which comes first. Without it such rows are refused. */
    dateFormatAmbiguous: z.boolean(),
    columns: z.array(
      z.object({
        index: z.int(),
        header: z.string(),
        samples: z.array(z.string()),
        field: z.string().nullable(),
        confidence: z.enum(['sure', 'likely', 'unsure']),
        reason: z.string(),
      }),
    ),
    /** A mapping saved for the same header row, which then was applied. */
    savedMapping: z.string().nullable(),
  }),
  problems: ['file-not-found', 'purpose-needed', 'file-unreadable'],
})

/** Reads every row and writes none. */
export const dryRun = endpoint({
  method: 'POST',
  path: '/imports/dry-run',
  access: 'import.run',
  summary: 'Checks a stored file under these settings and writes nothing: counts and the first errors',
  body: z.strictObject({
    fileId: z.uuid(),
    channel: z.string().max(40),
    settings: ImportSettings,
    rows: z.int().min(1).max(1_000_000).optional(),
  }),
  reply: z.object({
    rows: z.int(),
    good: z.int(),
    bad: z.int(),
    /** Good rows of records that this channel has brought before: they are updated or stay as they are. Null where a kind has no such key. */
    known: z.int().nullable(),
    complete: z.boolean(),
    /** By problem code, most frequent first. */
    problems: z.array(z.object({ code: z.string(), field: z.string().nullable(), message: z.string(), rows: z.int() })),
    firstFailures: z.array(FailedRow),
    /** A date of the file that could be read in two ways, and the day it is read as under these settings. */
    dateExample: z.object({ text: z.string(), day: z.iso.date() }).nullable(),
    /**
     * Of order lines: how many rows add a line, replace one that the order holds under the same number, and say what it says
     * already. A file without line numbers numbers the lines of an order by their place in the file, so that one with only
     * the further lines of a known order replaces its first ones. Null for other kinds.
     */
    lines: z.object({ added: z.int(), replaced: z.int(), unchanged: z.int() }).nullable(),
    /** The first good rows as they would be kept. */
    preview: z.array(z.record(z.string(), z.unknown())),
  }),
  problems: ['file-not-found', 'purpose-needed', 'file-unreadable', 'mapping-incomplete', 'channel-not-found'],
})

export const start = endpoint({
  method: 'POST',
  path: '/imports',
  access: 'import.run',
  summary: 'Imports a stored file as a job',
  body: z.strictObject({
    fileId: z.uuid(),
    /** Code of the channel that the file comes from; made when `newChannel` names it. */
    channel: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
    newChannel: z
      .strictObject({ name: z.string().trim().min(1).max(80), kind: z.string().max(30), trust: z.int().min(0).max(100).default(50) })
      .optional(),
    settings: ImportSettings,
  }),
  reply: Import,
  status: 202,
  problems: ['file-not-found', 'purpose-needed', 'file-unreadable', 'mapping-incomplete', 'channel-not-found'],
})

/** What was neither repaired nor taken back in so many days is not asked for any more. */
export const repairDays = 30

export const list = endpoint({
  method: 'GET',
  path: '/imports',
  access: 'import.run',
  summary: 'Imports, newest first: one’s own, and everybody’s for those who manage them',
  query: z.strictObject({
    ...pageQuery,
    /** Only those of late that wait for somebody: with rows that failed, or broken off. */
    toRepair: queryFlag.optional(),
  }),
  reply: page(Import),
})

export const get = endpoint({
  method: 'GET',
  path: '/imports/:id',
  access: 'import.run',
  summary: 'One import with its counts',
  params: id,
  reply: Import,
  problems: ['import-not-found'],
})

export const failures = endpoint({
  method: 'GET',
  path: '/imports/:id/failures',
  access: 'import.run',
  summary: 'The rows that were not imported, with the reasons; of somebody else’s file, what is personal is covered as it is in customers',
  params: id,
  query: z.strictObject({ after: queryInt(0, 1e12).optional(), limit: queryInt(1, 1000).optional() }),
  reply: z.object({ items: z.array(FailedRow), next: z.int().nullable() }),
  problems: ['import-not-found'],
})

export const failuresFile = endpoint({
  method: 'GET',
  path: '/imports/:id/failures.csv',
  access: 'import.run',
  summary: 'The failed rows as a CSV file with a column of reasons, to be corrected and imported again',
  params: id,
  reply: z.unknown(),
  replyType: 'file',
  problems: ['import-not-found'],
})

export const undo = endpoint({
  method: 'POST',
  path: '/imports/:id/undo',
  access: 'import.run',
  summary: 'Takes a whole import back as a job: its profiles and facts are retracted, customers computed again',
  params: id,
  reply: Import,
  status: 202,
  problems: ['import-not-found', 'import-state'],
})

/** Goes on with an import whose job was cancelled or failed, behind its last committed row. */
export const resume = endpoint({
  method: 'POST',
  path: '/imports/:id/resume',
  access: 'import.run',
  summary: 'Goes on with a cancelled or failed import behind its last committed row',
  params: id,
  reply: Import,
  status: 202,
  problems: ['import-not-found', 'import-state'],
})

export const template = endpoint({
  method: 'GET',
  path: '/import-templates/:kind',
  access: 'import.run',
  summary: 'An empty CSV file with the headers of a kind, to be filled in',
  params: z.strictObject({ kind: ImportKind }),
  query: z.strictObject({ locale: z.enum(['zh', 'en']).optional() }),
  reply: z.unknown(),
  replyType: 'file',
})

export const SavedMapping = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: ImportKind,
  headers: z.array(z.string()),
  columns: z.array(ColumnMapping),
})
export type SavedMapping = z.infer<typeof SavedMapping>

export const listMappings = endpoint({
  method: 'GET',
  path: '/import-mappings',
  access: 'import.run',
  summary: 'One’s saved column mappings',
  reply: z.object({ items: z.array(SavedMapping) }),
})

export const saveMapping = endpoint({
  method: 'POST',
  path: '/import-mappings',
  access: 'import.run',
  summary: 'Saves a column mapping under a name; files with the same headers get it by themselves',
  body: z.strictObject({
    name: z.string().trim().min(1).max(80),
    kind: ImportKind,
    headers: z.array(z.string().max(1000)).min(1).max(16384),
    columns: z.array(ColumnMapping).min(1).max(16384),
  }),
  reply: SavedMapping,
  status: 201,
  problems: ['mapping-name-taken'],
})

export const deleteMapping = endpoint({
  method: 'DELETE',
  path: '/import-mappings/:id',
  access: 'import.run',
  summary: 'Deletes a saved mapping',
  params: id,
  reply: z.null(),
  status: 204,
  problems: ['mapping-not-found'],
})
