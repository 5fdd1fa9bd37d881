import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** What a copied file held, to be compared when it is copied back. */
export interface FileMark {
  readonly bytes: number
  readonly sha256: string
}

const pieceBytes = 1024 * 1024

/** Copies a file as it is at this moment, to the disk and not only to its cache. */
export async function copyFile(from: string, to: string): Promise<FileMark> {
  const source = await open(from, 'r')
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    const target = await open(to, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      const piece = Buffer.allocUnsafe(pieceBytes)
      let bytes = 0
      for (;;) {
        const { bytesRead } = await source.read(piece, 0, pieceBytes)
        if (bytesRead === 0) break
        const read = piece.subarray(0, bytesRead)
        hash.update(read)
        await target.writev([read])
        bytes += bytesRead
      }
      await target.sync()
      return { bytes, sha256: hash.digest('hex') }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** What a file holds that lies in its place already. */
export async function markOf(path: string): Promise<FileMark> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of createReadStream(path, { highWaterMark: pieceBytes })) {
    hash.update(piece as Buffer)
    bytes += (piece as Buffer).length
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Does something with every item, a few at a time; after a failure it begins no more, and nothing goes on when it throws. */
export async function forEachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values()
  const failures: unknown[] = []
  const worker = async () => {
    for (const item of rest) {
      if (failures.length > 0) return
      await work(item).catch((error: unknown) => failures.push(error))
    }
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  if (failures.length > 0) throw failures[0]
}
