import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterAll } from 'vitest'
import { type ReadOptions, type RowProblem, readTable } from './table.ts'

/** A folder of one test file's own, gone when it ends. */
export function scratchFolder(): (name: string, content: string | Buffer) => string {
  const folder = mkdtempSync(join(tmpdir(), 'zhike-files-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return (name, content) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
}

/** Everything in a file: rows by their number, and the bad ones. */
export async function readAll(path: string, options: ReadOptions = {}): Promise<{ rows: Map<number, string[]>; problems: RowProblem[] }> {
  const rows = new Map<number, string[]>()
  const problems: RowProblem[] = []
  for await (const batch of readTable(path, options)) {
    batch.rows.forEach((cells, i) => rows.set(batch.firstRow + i, cells))
    problems.push(...batch.problems)
  }
  return { rows, problems }
}

export interface ZipPart {
  name: string
  content: Buffer
  /** What the table of contents claims instead of the truth. */
  claimedSize?: number
}

/** A zip archive, byte by byte, so that it can also lie. */
export function zip(parts: readonly ZipPart[], level = 9): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, claimedSize = content.length } of parts) {
    const packed = deflateRawSync(content, { level })
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(crc32(content), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(claimedSize, 22)
    head.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    head.copy(entry, 6, 4, 30)
    entry.writeUInt32LE(offset, 42)
    bodies.push(head, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + packed.length
  }
  const contents = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(contents.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, contents, end])
}

const relationship = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`

/** The parts of a workbook with one sheet. */
export function workbookParts(sheetXml: string | Buffer, extra: { strings?: string; styles?: string } = {}): ZipPart[] {
  const part = (name: string, content: string | Buffer) => ({ name, content: Buffer.from(content as string) })
  return [
    part('_rels/.rels', `<Relationships>${relationship('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`),
    part('xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships>${relationship('rId1', 'worksheet', 'worksheets/sheet1.xml')}${extra.strings === undefined ? '' : relationship('rId2', 'sharedStrings', 'sharedStrings.xml')}${
        extra.styles === undefined ? '' : relationship('rId3', 'styles', 'styles.xml')
      }</Relationships>`,
    ),
    ...(extra.strings === undefined ? [] : [part('xl/sharedStrings.xml', extra.strings)]),
    ...(extra.styles === undefined ? [] : [part('xl/styles.xml', extra.styles)]),
    part('xl/worksheets/sheet1.xml', sheetXml),
  ]
}
