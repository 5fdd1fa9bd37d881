import type { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import type { ColumnMapping, FailedRow, ImportSettings } from '@zhike/contract/identify/imports.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import type { z } from 'zod'
import type { Tx } from '../../../platform/database/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import type { Actor } from '../../../platform/permissions/principal.ts'
import { FileProblem } from '../files/file-problem.ts'
import { inspectTable, readTable } from '../files/table.ts'
import { suggestMapping } from '../mapping/suggest.ts'
import { dateColumns, dateExample, readDateOrder } from './date-order.ts'
import { fileUnreadable } from './file-unreadable.ts'
import { checkMapping } from './imports.ts'
import { countKnown } from './known-rows.ts'
import { checkLedger, type LineOutcomes, lineOutcomes, numberLines } from './order-lines.ts'
import { compileImport, convert, refusedRow } from './row-converter.ts'
import { rowProblemText } from './row-problem-text.ts'
import { readOptions } from './run.ts'
import { pricedRows } from './writers.ts'

const samplesShown = 5
const failuresShown = 20
const previewsShown = 5

/** What a file holds and how we would read it; a mapping saved for the same header row goes before our own suggestion. */
export async function inspectFile(
  tx: Tx,
  actor: Actor,
  path: string,
  { kind, sheet }: { kind?: ImportKind | undefined; sheet?: string | undefined },
) {
  const found = await inspectTable(path, sheet ? { sheet } : {}).catch(asProblem)
  const suggestion = suggestMapping({ headers: found.headers, samples: found.samples, ...(kind ? { kind } : {}) })
  const saved = await savedMapping(tx, actor, found.headers, kind)
  const dates = dateColumns(suggestion.kind, suggestion.columns)
  const options = { ...(sheet ? { sheet } : {}), startRow: found.headerRow + 1 }
  const order = suggestion.ambiguousDate ? await readDateOrder(path, options, dates).catch(asProblem) : undefined
  const unclear = suggestion.ambiguousDate && order === undefined
  const savedFields = saved && new Map(saved.columns.map(({ index, field }) => [index, field]))
  return {
    format: found.format,
    encoding: found.encoding ?? null,
    delimiter: found.delimiter ?? null,
    sheets: found.sheets,
    rows: found.estimatedRows,
    kind: saved?.kind ?? suggestion.kind,
    kindConfidence:
      suggestion.kindConfidence >= 0.75 ? ('sure' as const) : suggestion.kindConfidence >= 0.55 ? ('likely' as const) : ('unsure' as const),
    dateFormat: unclear ? null : (order ?? suggestion.dateFormat ?? null),
    dateFormatAmbiguous: unclear,
    columns: suggestion.columns.map(({ index, header, field, confidence, reason }) => ({
      index,
      header,
      samples: found.samples.slice(0, samplesShown).map((cells) => cells[index] ?? ''),
      field: savedFields ? (savedFields.get(index) ?? null) : field,
      confidence: savedFields ? ('sure' as const) : confidence,
      reason: savedFields ? 'saved' : reason,
    })),
    savedMapping: saved?.name ?? null,
  }
}

async function savedMapping(tx: Tx, actor: Actor, headers: readonly string[], kind: ImportKind | undefined) {
  const [row] = await tx<{ name: string; kind: ImportKind; columns: ColumnMapping[] }[]>`
    select name, kind, columns from import_mapping
     where owner_id = ${actor.userId} and headers = ${headers as string[]} ${kind ? tx`and kind = ${kind}` : tx``}
     order by created_at desc limit 1`
  return row
}

interface DryRun {
  channel: string
  settings: ImportSettings
  rows?: number | undefined
}

interface Tally {
  code: string
  field: string | null
  rows: number
}

/** Reads the rows and writes none: how many are good, what is wrong with the others, what the first good ones would become. */
export async function dryRunImport(tx: Tx, path: string, { channel, settings, rows: most = 100_000 }: DryRun, locale: Locale) {
  checkMapping(settings)
  if (channel === 'manual') throw new Problem('channel-not-found')
  const [company] = await tx<{ timeZone: string; currency: string }[]>`select time_zone as "timeZone", currency from company`
  const compiled = compileImport(settings, {
    timeZone: settings.timeZone ?? company?.timeZone ?? 'UTC',
    currency: settings.currency ?? company?.currency ?? 'CNY',
  })
  const result = {
    rows: 0,
    good: 0,
    bad: 0,
    known: null as number | null,
    complete: true,
    firstFailures: [] as z.infer<typeof FailedRow>[],
    preview: [] as Record<string, unknown>[],
    dateExample: null as { text: string; day: string } | null,
    lines: (settings.kind === 'order-lines' ? { added: 0, replaced: 0, unchanged: 0 } : null) as LineOutcomes | null,
  }
  const ledger = checkLedger()
  const dates = dateColumns(settings.kind, settings.columns)
  const tallies = new Map<string, Tally>()
  try {
    const { headerRow } = await inspectTable(path, readOptions(settings))
    for await (const batch of readTable(path, { ...readOptions(settings), startRow: headerRow + 1, batchSize: 2000 })) {
      const { good: readable, bad } = await numberLines(ledger, settings, convert(batch, compiled))
      const priced = await pricedRows(tx, readable)
      const good = readable.filter(({ values }) => priced(values))
      const unpriced = readable.filter(({ values }) => !priced(values))
      bad.push(...unpriced.map((row) => refusedRow(row, { column: null, field: 'currency', code: 'rate-missing', value: null })))
      if (result.lines) {
        const outcomes = await lineOutcomes(tx, channel, good)
        for (const outcome of ['added', 'replaced', 'unchanged'] as const) result.lines[outcome] += outcomes[outcome]
      }
      result.dateExample ??= dateExample(batch.rows, dates, settings.dateFormat)
      const known = await countKnown(
        tx,
        settings.kind,
        channel,
        good.map(({ values }) => values),
      )
      if (known !== null) result.known = (result.known ?? 0) + known
      result.good += good.length
      result.bad += bad.length
      result.preview.push(
        ...good
          .slice(0, previewsShown - result.preview.length)
          .map(({ values }) => JSON.parse(JSON.stringify(values)) as Record<string, unknown>),
      )
      for (const { number, cells, problems } of bad) {
        if (result.firstFailures.length < failuresShown) {
          result.firstFailures.push({
            row: number,
            cells,
            problems: problems.map(({ values, ...problem }) => ({ ...problem, message: rowProblemText(problem.code, locale, values) })),
          })
        }
        for (const { code, field } of problems) {
          const key = `${code} ${field}`
          tallies.set(key, { code, field, rows: (tallies.get(key)?.rows ?? 0) + 1 })
        }
      }
      if (result.good + result.bad >= most) {
        result.complete = false
        break
      }
    }
  } catch (error) {
    asProblem(error)
  }
  result.rows = result.good + result.bad
  const problems = [...tallies.values()]
    .sort((a, b) => b.rows - a.rows)
    .map((tally) => ({ ...tally, message: rowProblemText(tally.code, locale) }))
  return { ...result, problems }
}

function asProblem(error: unknown): never {
  throw error instanceof FileProblem ? fileUnreadable(error) : error
}
