import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'

/** A file of an archive, its content as it comes. Below 4 GiB each, and all together. */
export interface ZipEntry {
  name: string
  content: AsyncIterable<string> | Iterable<string>
}

interface Written {
  name: Buffer
  crc: number
  packed: number
  plain: number
  offset: number
}

const names = 0x0800
const sizesBehind = 0x0008

/** An archive as a stream of bytes: whatever its size, only a piece of one entry is in memory. */
export async function* zip(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const written: Written[] = []
  let offset = 0
  for await (const { name, content } of entries) {
    const entry: Written = { name: Buffer.from(name), crc: 0, packed: 0, plain: 0, offset }
    const header = localHeader(entry)
    offset += header.length
    yield header
    const deflate = createDeflateRaw({ level: 6 })
    const packing = pipeline(Readable.from(measured(content, entry)), deflate)
    // Whoever reads the deflated bytes sees the failure; this one only must not go unheard.
    packing.catch(() => {})
    for await (const chunk of deflate as AsyncIterable<Buffer>) {
      entry.packed += chunk.length
      yield chunk
    }
    await packing
    const sizes = descriptor(entry)
    offset += entry.packed + sizes.length
    yield sizes
    written.push(entry)
  }
  const directory = Buffer.concat(written.map(centralHeader))
  yield Buffer.concat([directory, endOfDirectory(written.length, directory.length, offset)])
}

async function* measured(content: ZipEntry['content'], entry: Written): AsyncGenerator<Buffer> {
  for await (const text of content) {
    const bytes = Buffer.from(text)
    entry.crc = crc32(bytes, entry.crc)
    entry.plain += bytes.length
    yield bytes
  }
}

function localHeader({ name }: Written): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(names | sizesBehind, 6)
  header.writeUInt16LE(8, 8)
  header.writeUInt32LE(firstDay, 10)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

/** 1 January 1980, the first day of the format: the same rows give the same bytes. */
const firstDay = 0x00210000

function descriptor({ crc, packed, plain }: Written): Buffer {
  const sizes = Buffer.alloc(16)
  sizes.writeUInt32LE(0x08074b50, 0)
  sizes.writeUInt32LE(crc, 4)
  sizes.writeUInt32LE(packed, 8)
  sizes.writeUInt32LE(plain, 12)
  return sizes
}

function centralHeader({ name, crc, packed, plain, offset }: Written): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(20, 6)
  header.writeUInt16LE(names | sizesBehind, 8)
  header.writeUInt16LE(8, 10)
  header.writeUInt32LE(firstDay, 12)
  header.writeUInt32LE(crc, 16)
  header.writeUInt32LE(packed, 20)
  header.writeUInt32LE(plain, 24)
  header.writeUInt16LE(name.length, 28)
  header.writeUInt32LE(offset, 42)
  return Buffer.concat([header, name])
}

function endOfDirectory(entries: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries, 8)
  end.writeUInt16LE(entries, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}
