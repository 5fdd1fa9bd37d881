import { type Analysis, AnalysisDraft } from '@zhike/contract/differentiate/analyses.ts'
import { expect, test } from 'vitest'
import { draftOf, typedOf } from './draft.ts'

const analysis = (definition: object): Analysis => ({
  id: '00000000-0000-7000-8000-000000000000',
  name: 'own',
  definition: { basis: { returns: 'deduct', windowMonths: 24, channels: ['shop'] }, ...definition } as Analysis['definition'],
  schedule: '0 3 * * *',
  writesLabels: true,
  version: 3,
  lastRunId: null,
  createdAt: '2026-01-01T00:00:00.000Z',
})

test.each([
  { method: 'rfm', scoring: { by: 'quantile' } },
  {
    method: 'rfm',
    scoring: { by: 'cut-offs', recencyDays: [7, 30, 90, 365], frequency: [2, 3, 5, 9], monetary: [10_050, 20_000, 30_000, 99_999] },
  },
  { method: 'abc', a: 70, b: 90.5, pyramid: [1, 4, 15] },
  { method: 'clv', value: 'revenue', horizonMonths: 24, discountRate: 0.007, calibrationEnd: '2026-03-31' },
] as const)('a definition of $method goes through the editor unchanged', (definition) => {
  const before = analysis(definition)
  const draft = draftOf(definition.method, typedOf(definition.method, '', before, undefined, 100), 100)
  expect(AnalysisDraft.parse(draft)).toEqual({ name: 'own', schedule: '0 3 * * *', writesLabels: true, definition: before.definition })
})

test('text that is no figure is refused by the contract, at its own field', () => {
  const typed = { ...typedOf('rfm', 'new', undefined, undefined, 100), windowMonths: 'two years', scoring: 'cut-offs' as const }
  const paths = AnalysisDraft.safeParse(draftOf('rfm', typed, 100)).error?.issues.map(({ path }) => path.join('.')) ?? []
  expect(paths).toEqual(expect.arrayContaining(['definition.basis.windowMonths', 'definition.scoring.monetary.0']))
})

test('own cut-offs begin where the last run found its quintiles', () => {
  const found = { recencyDays: [300, 200, 100, 10], frequency: [1, 2, 3, 4], monetary: [100, 200, 300, 400] }
  expect(typedOf('rfm', '', analysis({ method: 'rfm', scoring: { by: 'quantile' } }), found, 100)).toMatchObject({
    recencyDays: ['10', '100', '200', '300'],
    monetary: ['1', '2', '3', '4'],
  })
})
