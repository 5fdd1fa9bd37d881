import { randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsvRows } from './csv-rows.ts'
import { FileProblem, fileProblemCodes } from './file-problem.ts'
import { readAll, scratchFolder, workbookParts, zip } from './files.test-support.ts'
import { inspectTable, readTable } from './table.ts'

const save = scratchFolder()

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'fine'
  } catch (error) {
    if (error instanceof FileProblem) return error.code
    throw error
  }
}

describe('files that are none', () => {
  test.each([
    ['nothing', Buffer.alloc(0), 'file-empty'],
    ['blank lines', Buffer.from('\n\n \n'), 'file-empty'],
    ['only a mark', Buffer.from('\ufeff'), 'file-empty'],
    ['zeros', Buffer.alloc(10_000), 'file-not-text'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1' + '00'.repeat(500), 'hex'), 'file-old-excel'],
    ['a broken archive', Buffer.from('504b0304' + 'ff'.repeat(500), 'hex'), 'file-broken'],
    ['an archive that is no workbook', zip([{ name: 'a.txt', content: Buffer.from('hello') }]), 'file-broken'],
    ['a workbook with a document type', zip(workbookParts('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>')), 'file-broken'],
    ['a workbook cut off', zip(workbookParts('<worksheet><sheetData><row r="1"><c r="A1"><v>1')), 'file-empty'],
  ])('%s: a clear problem', async (name, bytes, code) => {
    const path = save(name, bytes)
    expect(await codeOf(inspectTable(path))).toBe(code)
  })

  test('a missing file', async () => {
    expect(await codeOf(inspectTable('/nowhere/at/all.csv'))).toBe('file-missing')
  })
})

describe('archive bombs are refused by their table of contents', () => {
  const within = async (path: string): Promise<{ code: string; milliseconds: number }> => {
    const start = performance.now()
    const code = await codeOf(inspectTable(path))
    return { code, milliseconds: performance.now() - start }
  }

  test('432 MB in less than 1.5 MB, in 100 ms', async () => {
    const path = save('bomb.xlsx', zip(workbookParts(Buffer.alloc(432_000_000, '<row/>'))))
    const { code, milliseconds } = await within(path)
    expect(code).toBe('archive-bomb')
    expect(milliseconds).toBeLessThan(100)
  }, 30_000)

  test('50,000 entries', async () => {
    const content = Buffer.from('x')
    const path = save('many.xlsx', zip(Array.from({ length: 50_000 }, (_, i) => ({ name: `${i}`, content }))))
    expect(await within(path)).toMatchObject({ code: 'archive-bomb' })
  }, 30_000)

  test('an entry that unpacks to more than it claims stops at its claim', async () => {
    const parts = workbookParts(`<worksheet><sheetData>${'<row/>'.repeat(500_000)}`)
    const path = save('liar.xlsx', zip(parts.map((part) => (part.name.includes('sheet1') ? { ...part, claimedSize: 1000 } : part))))
    expect(['archive-bomb', 'file-broken']).toContain((await within(path)).code)
  })

  test('a workbook that needs more memory than the worker may have ends the worker only', async () => {
    // random letters, so the archive is not dense
    const letters = randomBytes(1_000_000).toString('hex')
    const strings = Array.from({ length: 200_000 }, (_, i) => `<si><t>${i} ${letters.slice(i, i + 800)}</t></si>`).join('')
    const path = save('strings.xlsx', zip(workbookParts('<worksheet/>', { strings: `<sst>${strings}</sst>` }), 1))
    expect(await codeOf(inspectTable(path))).toBe('file-too-big')
  }, 120_000)
})

describe('rows beyond measure', () => {
  test('1,000,000 columns', async () => {
    expect(await codeOf(inspectTable(save('wide.csv', `${'a,'.repeat(1_000_000)}\n1,2\n`)))).toBe('row-too-long')
    expect(await codeOf(inspectTable(save('wide2.csv', `${','.repeat(999_999)}\n1,2\n`)))).not.toBe('fine')
    expect(await codeOf(inspectTable(save('wide3.csv', `${'a,'.repeat(5000)}\n1,2\n`)))).toBe('too-many-columns')
    const cells = Array.from({ length: 16_384 }, () => '<c><v>1</v></c>').join('')
    expect(
      await codeOf(
        inspectTable(save('wide.xlsx', zip(workbookParts(`<worksheet><sheetData><row>${cells}</row></sheetData></worksheet>`)))),
      ),
    ).toBe('too-many-columns')
  })

  test('one row with too many columns is one bad row', async () => {
    const { problems, rows } = await readAll(save('one-wide.csv', `a,b\n${'x,'.repeat(3000)}\n3,4\n`))
    expect(problems).toEqual([{ row: 2, code: 'too-many-columns' }])
    expect(rows.get(3)).toEqual(['3', '4'])
  })

  test('a lone quote before 50 MB costs one row, in bounded memory', async () => {
    const path = save('quote.csv', 'a,b\n"lone,1\n')
    for (let i = 0; i < 50; i++) appendFileSync(path, '123,abcde\n'.repeat(100_000))
    let rows = 0
    const problems: unknown[] = []
    const before = process.memoryUsage().rss
    for await (const batch of readTable(path)) {
      rows += batch.rows.length
      problems.push(...batch.problems)
    }
    expect(rows).toBe(5_000_002)
    expect(problems).toEqual([{ row: 2, code: 'quote-unclosed' }])
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000)
  }, 60_000)

  test('a line of 50 MB is one bad row', async () => {
    const path = save('line.csv', 'a,b\n')
    for (let i = 0; i < 50; i++) appendFileSync(path, 'x'.repeat(1_000_000))
    appendFileSync(path, '\n3,4\n')
    const { rows, problems } = await readAll(path)
    expect(problems).toEqual([{ row: 2, code: 'row-too-long' }])
    expect(rows.get(3)).toEqual(['3', '4'])
  }, 30_000)

  test.each([
    ['a row of quoted cells', '"a",'.repeat(249_000)],
    ['lines with a lone quote each', '"a\n'.repeat(300_000)],
  ])(
    '%s in small pieces is read once, not again from its start for every piece',
    (_, text) => {
      let rows = 0
      const reader = new CsvRows(',', () => void rows++)
      const start = performance.now()
      for (let at = 0; at < text.length; at += 1500) reader.push(text.slice(at, at + 1500))
      reader.end()
      expect(rows).toBeGreaterThan(0)
      // From the start it would take half a minute.
      expect(performance.now() - start).toBeLessThan(3000)
    },
    60_000,
  )

  test('rows of nearly a million characters come in small batches', async () => {
    const path = save('large-rows.csv', 'a,b\n')
    for (let i = 0; i < 60; i++) appendFileSync(path, `${i},${'x'.repeat(900_000)}\n`)
    const sizes: number[] = []
    let next = 1
    for await (const { firstRow, rows } of readTable(path, { batchSize: 5000 })) {
      expect(firstRow).toBe(next)
      next += rows.length
      sizes.push(rows.length)
    }
    expect(next).toBe(62)
    expect(Math.max(...sizes)).toBeLessThan(25)
    expect((await inspectTable(path)).estimatedRows).toBeGreaterThan(40)
  }, 30_000)

  test('a quoted cell of 50 MB does not swallow the rows behind it', async () => {
    const path = save('cell.csv', 'a,b\n1,"')
    for (let i = 0; i < 50; i++) appendFileSync(path, 'x'.repeat(1_000_000))
    appendFileSync(path, '"\n3,4\n')
    const { rows, problems } = await readAll(path)
    expect(problems).toHaveLength(1)
    expect([...rows.values()].at(-1)).toEqual(['3', '4'])
  }, 30_000)

  test('a million empty rows are read, not kept', async () => {
    expect((await readAll(save('empty-rows.csv', `a,b\n${'\n'.repeat(1_000_000)}1,2`), { batchSize: 5000 })).rows.get(1_000_002)).toEqual([
      '1',
      '2',
    ])
  }, 30_000)
})

const isExpected = (code: string) => code === 'fine' || (fileProblemCodes as readonly string[]).includes(code)

test('any bytes give rows or a file problem, and nothing else', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .string({ unit: fc.constantFrom('"', ',', '\n', '\r', '\0', '中', '\ufeff', 'a', ';', '\t'), maxLength: 200 })
      .map((text) => Buffer.from(text)),
  )
  const holds = async (content: Uint8Array) => {
    const path = save('any.csv', Buffer.from(content))
    return isExpected(await codeOf(inspectTable(path))) && isExpected(await codeOf(readAll(path)))
  }
  expect(await fc.check(fc.asyncProperty(bytes, holds), { numRuns: 200 })).toMatchObject({ failed: false })
})

test('any bytes within a workbook give rows or a file problem, and nothing else', async () => {
  const parts = [
    '<row',
    '<c r="A1" t="s">',
    '<v>',
    '</v>',
    '</c>',
    '</row>',
    '>',
    '<',
    '&#',
    '&lt;',
    '1',
    ' r="999999999"',
    '"',
    '<![CDATA[',
    ']]>',
    '<!--',
  ]
  const xml = fc.string({ unit: fc.constantFrom(...parts), maxLength: 40 })
  const holds = async (content: string) =>
    isExpected(await codeOf(readAll(save('any.xlsx', zip(workbookParts(`<worksheet><sheetData>${content}`))))))
  expect(await fc.check(fc.asyncProperty(xml, holds), { numRuns: 15 })).toMatchObject({ failed: false })
}, 30_000)

test('reading stops when it is told to', async () => {
  const stop = new AbortController()
  const reading = (async () => {
    for await (const batch of readTable(save('stop.csv', 'a,b\n'.repeat(500_000)), { signal: stop.signal }))
      if (batch.firstRow > 1) stop.abort()
  })()
  await expect(reading).rejects.toThrow(/abort/i)
})
