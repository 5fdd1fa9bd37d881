import { type ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import { importFieldLabels } from '@zhike/contract/texts/import-fields.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import { columnOf, type FoundColumn, mappingPairs } from './mapping-words.ts'
import { table } from './table.ts'
import type { Say, Text } from './text.ts'

export type Confidence = 'sure' | 'likely' | 'unsure'

/** A column as it will be read: `said` by --map, else as sure as inspecting the file was. */
export interface JudgedColumn extends FoundColumn {
  readonly confidence: Confidence | 'said'
}

/** What the file looks like when nobody says what it is. */
export interface GuessedKind {
  readonly kind: ImportKind
  readonly kindConfidence: Confidence
}

const confidenceNames: Record<JudgedColumn['confidence'], Text> = {
  said: { zh: '已指定', en: 'said' },
  sure: { zh: '确定', en: 'sure' },
  likely: { zh: '很可能', en: 'likely' },
  unsure: { zh: '不确定', en: 'unsure' },
}

/**
 * Columns after --map with how sure each is: what was found by itself keeps the confidence it was found with.
 * @param found as inspecting the file answered, by index
 * @param mapped the same columns after --map
 */
export function judgedColumns(
  found: readonly (FoundColumn & { readonly confidence: Confidence })[],
  mapped: readonly FoundColumn[],
  written: readonly string[],
): JudgedColumn[] {
  const said = new Set(mappingPairs(written).map(({ column }) => columnOf(mapped, column).index))
  const byIndex = new Map(found.map((column) => [column.index, column]))
  return mapped.map((column) => ({
    ...column,
    confidence: said.has(column.index) ? 'said' : (byIndex.get(column.index)?.confidence ?? 'unsure'),
  }))
}

/** The name of a field for people. */
export function fieldLabel(kind: ImportKind, field: string, locale: Locale): string {
  const labels: Record<string, Record<Locale, string>> = importFieldLabels[kind]
  return labels[field]?.[locale] ?? field
}

/** Columns, what they mean and how sure that is, for people to look over. */
export function mappingTable(kind: ImportKind, columns: readonly JudgedColumn[], say: Say, locale: Locale): string[] {
  const head = [say({ zh: '文件中的列', en: 'Column' }), say({ zh: '导入为', en: 'Imported as' }), say({ zh: '把握', en: 'How sure' })]
  const rows = columns.map(({ header, field, confidence }) =>
    field === null
      ? [header, say({ zh: '（不导入）', en: '(left out)' }), '']
      : [header, fieldLabel(kind, field, locale), say(confidenceNames[confidence])],
  )
  return table(head, rows).map((line) => `  ${line}`)
}

/**
 * Why an import should not begin before somebody has looked: columns that are only guessed at, and a file that surely is of
 * another kind. The latter is no doubt when --map names every required field, for then somebody knows the file.
 */
export function mappingDoubts(
  kind: ImportKind,
  columns: readonly JudgedColumn[],
  guessed: GuessedKind,
  say: Say,
  locale: Locale,
): string[] {
  const unsure = columns
    .filter(({ field, confidence }) => field !== null && confidence === 'unsure')
    .map(({ header, field }) =>
      say(
        {
          zh: '“{header}”这一列是不是{label}，并不确定：--map {field}={header} 或 ignore={header}',
          en: '"{header}" is only guessed to be {label}: --map {field}={header}, or ignore={header}',
        },
        { header, label: fieldLabel(kind, field ?? '', locale), field },
      ),
    )
  if (guessed.kind === kind || guessed.kindConfidence !== 'sure' || isKnown(kind, columns)) return unsure
  const other = say(
    { zh: '文件看起来是 {guessed}，而不是 {kind}', en: 'The file looks like {guessed}, not like {kind}' },
    { guessed: guessed.kind, kind },
  )
  return [other, ...unsure]
}

function isKnown(kind: ImportKind, columns: readonly JudgedColumn[]): boolean {
  const said = columns.filter(({ confidence }) => confidence === 'said').map(({ field }) => field)
  const fields = Object.entries(importKinds[kind] as Record<string, { required?: true }>)
  return said.length > 0 && fields.every(([field, { required }]) => required !== true || said.includes(field))
}
