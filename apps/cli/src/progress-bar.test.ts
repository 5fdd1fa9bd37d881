import { expect, test } from 'vitest'
import { progressLine } from './progress-bar.ts'

test.each([
  [0, 200, 'rows', 'Import ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0 %  rows'],
  [150, 200, null, 'Import ███████████████████████░░░░░░░  75 %'],
  [201, 200, null, 'Import ██████████████████████████████ 100 %'],
  [0, null, null, 'Import  …'],
  [4000, null, 'rows', 'Import  4000  rows'],
])('%d of %s is shown as one line', (done, total, stage, line) => {
  expect(progressLine('Import', { done, total, stage })).toBe(line)
})
