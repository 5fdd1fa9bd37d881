import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { FileProblem } from './file-problem.ts'
import { limits } from './limits.ts'

/** A zip archive whose table of contents has been looked through. */
export interface Archive {
  entries: Map<string, Entry>
  /** @throws FileProblem `file-broken` when the archive has no such entry */
  read(name: string): Promise<AsyncGenerator<Buffer>>
  close(): void
}

function check(entries: readonly Entry[], fileSize: number): void {
  let packed = 0
  let unpacked = 0
  for (const entry of entries) {
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    const dense = entry.uncompressedSize > limits.harmlessBytes && entry.uncompressedSize > entry.compressedSize * limits.archiveRatio
    if (dense || entry.uncompressedSize > limits.entryBytes)
      throw new FileProblem('archive-bomb', { found: entry.uncompressedSize, limit: limits.archiveRatio })
  }
  // entries that lie over each other share their bytes: many times the content for the size of one
  if (
    packed > fileSize ||
    unpacked > limits.entryBytes * 2 ||
    (unpacked > limits.harmlessBytes && unpacked > fileSize * limits.archiveRatio)
  ) {
    throw new FileProblem('archive-bomb', { found: unpacked, limit: limits.archiveRatio })
  }
}

/** Counts what really comes out: sizes in the table of contents may lie. */
async function* counted(stream: Readable, declared: number): AsyncGenerator<Buffer> {
  let size = 0
  for await (const piece of stream as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > declared) throw new FileProblem('archive-bomb', { found: size, limit: declared })
    yield piece
  }
}

/**
 * Opens an archive, reading nothing but its table of contents, and refuses bombs by their number of entries, sizes and density.
 * @throws FileProblem `archive-bomb`, or `file-broken` when it is no archive
 */
export async function openArchive(path: string): Promise<Archive> {
  let zip: ZipFile | undefined
  try {
    const { size } = await stat(path)
    zip = await openPromise(path, { strictFileNames: false, autoClose: false })
    if (zip.entryCount > limits.archiveEntries)
      throw new FileProblem('archive-bomb', { found: zip.entryCount, limit: limits.archiveEntries })
    const entries = new Map<string, Entry>()
    const listed: Entry[] = []
    for await (const entry of zip.eachEntry()) {
      listed.push(entry)
      if (listed.length > limits.archiveEntries)
        throw new FileProblem('archive-bomb', { found: listed.length, limit: limits.archiveEntries })
      if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry)
    }
    check(listed, size)
    const opened = zip
    return {
      entries,
      async read(name) {
        const entry = entries.get(name)
        if (!entry || entry.isEncrypted() || !entry.canDecodeFileData()) throw new FileProblem('file-broken', { found: name })
        return counted(await opened.openReadStreamPromise(entry), entry.uncompressedSize)
      },
      close: () => opened.close(),
    }
  } catch (error) {
    zip?.close()
    if (error instanceof FileProblem) throw error
    throw new FileProblem('file-broken')
  }
}
