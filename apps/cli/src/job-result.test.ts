import type { Job } from '@zhike/contract/platform/jobs.ts'
import { expect, test } from 'vitest'
import { withCountedRows } from './job-result.ts'

const job = (result: Job['result']) => ({ id: 'any', result }) as Job

test('the rows of an import are those with an outcome, without the head', () => {
  const counts = { created: 5, updated: 2, unchanged: 1, failed: 1 }
  expect(withCountedRows(job({ importId: 'i', ...counts, rows: 10 })).result).toEqual({ importId: 'i', ...counts, rows: 9 })
})

test.each([[null], [{ rows: 10 }], [{ created: 5 }]])('the result %j stays as it is', (result) => {
  expect(withCountedRows(job(result)).result).toEqual(result)
})
