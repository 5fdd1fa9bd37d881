import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsvRows } from './csv-rows.ts'
import { readAll, scratchFolder } from './files.test-support.ts'
import { inspectTable, uniqueHeaders } from './table.ts'

const save = scratchFolder()

/** 姓名,城市 / 张三,杭州 in GB18030. */
const gb = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const gbHeader = gb('D0D5C3FB 2C B3C7CAD0 0A')
const gbRow = gb('D5C5C8FD 2C BABCD6DD 0A')

function cut(pieces: readonly string[], delimiter = ','): { rows: string[][]; problems: (string | undefined)[] } {
  const rows: string[][] = []
  const problems: (string | undefined)[] = []
  const reader = new CsvRows(delimiter, (cells, problem) => {
    rows.push(cells)
    problems.push(problem)
  })
  for (const piece of pieces) reader.push(piece)
  reader.end()
  return { rows, problems }
}

describe('rows and cells', () => {
  test.each([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['"a","b ""x"""\n', [['a', 'b "x"']]],
    ['"line 1\nline 2",b\n', [['line 1\nline 2', 'b']]],
    ['a,,\n', [['a', '', '']]],
    ['a\n\nb\n', [['a'], [''], ['b']]],
    ['"",""\n', [['', '']]],
    ['a,"', [['a', '"']]],
    ['5" pipe,b\n', [['5" pipe', 'b']]],
    ['"a" x,b\n', [['a x', 'b']]],
    ['a,b,', [['a', 'b', '']]],
    ['"a",', [['a', '']]],
  ] as [string, string[][]][])('%j', (text, rows) => {
    expect(cut([text]).rows).toEqual(rows)
    expect(cut([...text]).rows).toEqual(rows)
  })

  test('a quote that nobody closes costs its own row only', () => {
    const { rows, problems } = cut(['a,b\n', '"lost,1\n', 'x,2\n', '"y, z",3\n'])
    expect(rows).toEqual([
      ['a', 'b'],
      ['"lost', '1'],
      ['x', '2'],
      ['y, z', '3'],
    ])
    expect(problems).toEqual([undefined, 'quote-unclosed', undefined, undefined])
  })

  test('well-formed text is cut as csv-parse cuts it, wherever the pieces end', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '中', '"', ',', '\n', '\r\n', ' ', '1'), maxLength: 6 })
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (table, size) => {
          const text = table.map((cells) => cells.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n')
          const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? []
          expect(cut(pieces).rows).toEqual(table)
          expect(cut(pieces).rows).toEqual(parse(text, { relax_column_count: true }))
        },
      ),
    )
  })

  test('any text gives the same rows wherever the pieces end, and never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '""'), maxLength: 60 }),
        fc.integer({ min: 1, max: 7 }),
        (text, size) => {
          const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? []
          expect(cut(pieces)).toEqual(cut([text]))
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('encodings', () => {
  const rows = [
    ['姓名', '城市'],
    ['张三', '杭州'],
  ]
  const text = '姓名,城市\n张三,杭州\n'
  const swapped = Buffer.from(text, 'utf16le').swap16()
  test.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['GB18030', Buffer.concat([gbHeader, gbRow]), 'gb18030'],
    ['UTF-16LE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped]), 'utf-16be'],
  ])('%s is read', async (name, bytes, encoding) => {
    const path = save(`${name}.csv`, bytes)
    expect([...(await readAll(path)).rows.values()]).toEqual(rows)
    expect(await inspectTable(path)).toMatchObject({
      encoding,
      delimiter: ',',
      headers: rows[0],
      samples: [rows[1]],
      headerRow: 1,
      estimatedRows: 1,
    })
  })

  test('Chinese that comes after a long stretch of ASCII is still recognised', async () => {
    const path = save('late.csv', Buffer.concat([Buffer.from('a,b\n'), Buffer.from('1,2\n'.repeat(100_000)), gbRow]))
    expect((await readAll(path)).rows.get(100_002)).toEqual(['张三', '杭州'])
  })

  test('pounds and accents of Western files are kept', async () => {
    const path = save('west.csv', Buffer.from('name,price\nCaf\xe9,\xa35\nM\xfcller,\xa37\nNo\xebl,\xa39\n', 'latin1'))
    expect(await inspectTable(path)).toMatchObject({
      encoding: 'windows-1252',
      samples: [
        ['Café', '£5'],
        ['Müller', '£7'],
        ['Noël', '£9'],
      ],
    })
  })

  test('a row in another encoding is a bad row, not a bad file', async () => {
    const path = save(
      'mixed.csv',
      Buffer.concat([Buffer.from('姓名,城市\n'), Buffer.from('李四,宁波\n'.repeat(50)), gbRow, Buffer.from('王五,温州\n')]),
    )
    const { rows, problems } = await readAll(path)
    expect(problems).toEqual([{ row: 52, code: 'encoding-bad' }])
    expect(rows.get(53)).toEqual(['王五', '温州'])
  })

  test('a NUL byte makes its row a bad one', async () => {
    const { problems, rows } = await readAll(save('nul.csv', 'a,b\n1,\0\n3,4\n'))
    expect(problems).toEqual([{ row: 2, code: 'nul-byte' }])
    expect(rows.get(3)).toEqual(['3', '4'])
  })
})

test.each([
  [';', 'a;b,c;d\n1;2,5;3\n'],
  ['\t', 'a\tb\n1\t2\n'],
  ['|', 'a|b|c\n1|2|3\n'],
  [',', 'a,b\n"x;y;z",2\n'],
  [',', 'one\ntwo\n'],
])('delimiter %j of %j is found', async (delimiter, text) => {
  expect(await inspectTable(save('delimiter.csv', text))).toMatchObject({ delimiter })
})

test('reading goes on at any row, counted as a spreadsheet counts', async () => {
  const path = save('resume.csv', `a,b\n"two\nlines",1\n\n${Array.from({ length: 3000 }, (_, i) => `${i},x`).join('\n')}`)
  const whole = await readAll(path)
  expect(whole.rows.get(4)).toEqual(['0', 'x'])
  const rest = await readAll(path, { startRow: 2000, batchSize: 7 })
  expect([...rest.rows]).toEqual([...whole.rows].filter(([row]) => row >= 2000))
})

test('titles above the header are passed over, columns without a name get one, and doubles a number', async () => {
  expect(await inspectTable(save('title.csv', '会员表,,,\n,,,\n姓名,电话,电话,\n张三,1,2,x\n李四,3,4,y\n'))).toMatchObject({
    headerRow: 3,
    headers: ['姓名', '电话', '电话 (2)', 'Column 4'],
    samples: [
      ['张三', '1', '2', 'x'],
      ['李四', '3', '4', 'y'],
    ],
  })
  expect(uniqueHeaders(['a', 'a', 'a (2)', '', ' a '])).toEqual(['a', 'a (2)', 'a (2) (2)', 'Column 4', 'a (3)'])
})
