import { ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import { importFieldLabels } from '@zhike/contract/texts/import-fields.ts'
import { fileProblemTexts, rowProblemTexts } from '@zhike/contract/texts/import-problems.ts'
import { expect, test } from 'vitest'
import { fileProblemCodes, rowProblemCodes } from '../files/file-problem.ts'
import { cellProblemCodes } from './cell.ts'
import { compileRow } from './convert-row.ts'
import { suggestMapping } from './suggest.ts'
import { templateRows } from './templates.ts'

const cases = ImportKind.options.flatMap((kind) => [[kind, 'zh'] as const, [kind, 'en'] as const])

test.each(cases)('the template of %s in %s maps back onto its own fields, and its example is a good row', (kind, locale) => {
  const { fields, header, example } = templateRows(kind, locale)
  const { columns, kind: found } = suggestMapping({ headers: header, samples: [example, example, example] })
  expect(found).toBe(kind)
  expect(columns.map(({ field }) => field)).toEqual(fields)
  const row = compileRow(kind, columns, { timeZone: 'Asia/Shanghai', currency: 'CNY' })(example)
  expect(row).toHaveProperty('values')
})

test('every field has a label in both languages', () => {
  for (const kind of ImportKind.options) expect(Object.keys(importFieldLabels[kind]).sort()).toEqual(Object.keys(importKinds[kind]).sort())
})

test('every problem has a text in both languages', () => {
  expect(Object.keys(fileProblemTexts).sort()).toEqual([...fileProblemCodes].sort())
  for (const code of [...cellProblemCodes, ...rowProblemCodes]) expect(rowProblemTexts).toHaveProperty(code)
})
