import { isAscii, isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import { FileProblem } from './file-problem.ts'

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

export interface DetectedEncoding {
  encoding: Encoding
  /** Length of the byte-order mark. */
  bom: number
}

const sampleBytes = 262_144

function byOrderMark(head: Buffer): DetectedEncoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bom: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: 2 }
  return undefined
}

/** Without its cut-off last character: up to three bytes may belong to one that goes on behind the sample. */
function wholeUtf8(bytes: Buffer): boolean {
  for (let cut = 0; cut <= 3; cut++) if (isUtf8(bytes.subarray(0, bytes.length - cut))) return true
  return false
}

function utf16WithoutMark(bytes: Buffer): Encoding | undefined {
  let even = 0
  let odd = 0
  const size = Math.min(bytes.length, 4096) & ~1
  for (let i = 0; i < size; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  // the digits and separators of a table are half zeros in UTF-16
  if (odd > size / 8 && even < odd / 20) return 'utf-16le'
  if (even > size / 8 && odd < even / 20) return 'utf-16be'
  return undefined
}

/** Lines that are not plain ASCII, and those of them that are broken in the encoding. */
function lineCounts(bytes: Buffer, encoding: Encoding): { foreign: number; bad: number } {
  let foreign = 0
  let bad = 0
  for (const line of new TextDecoder(encoding).decode(bytes).split('\n')) {
    if (/[\u0080-\uffff]/.test(line)) foreign++
    if (line.includes('\ufffd')) bad++
  }
  return { foreign, bad }
}

/** Western text read as Windows-1252 has letters and currency signs above 127; Chinese bytes give punctuation and fractions too. */
function looksWestern(bytes: Buffer): boolean {
  const high = new TextDecoder('windows-1252').decode(bytes).match(/[\u0080-\uffff]+/g) ?? []
  const letters = high.filter((run) => run.length <= 2 && /^[\u00c0-\u00ff£€°²³®™’‘“”–—\u00a0]+$/.test(run)).length
  return high.length > 0 && letters >= high.length * 0.9
}

function guess(bytes: Buffer): DetectedEncoding {
  const utf16 = utf16WithoutMark(bytes)
  if (utf16) return { encoding: utf16, bom: 0 }
  const zeros = bytes.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0)
  if (zeros > bytes.length / 100 && zeros > 2) throw new FileProblem('file-not-text')
  if (wholeUtf8(bytes)) return { encoding: 'utf-8', bom: 0 }
  const utf8 = lineCounts(bytes, 'utf-8')
  const chinese = lineCounts(bytes, 'gb18030')
  // text of other encodings is hardly ever valid UTF-8 by chance, while nearly any bytes are some GB18030
  const good = (utf8.foreign - utf8.bad) / Math.max(1, utf8.foreign)
  if (good >= 0.5) return { encoding: 'utf-8', bom: 0 }
  if (utf8.bad > 1 && looksWestern(bytes)) return { encoding: 'windows-1252', bom: 0 }
  if (chinese.bad > Math.max(1, chinese.foreign / 5)) throw new FileProblem(controls(bytes) > 0.02 ? 'file-not-text' : 'encoding-mixed')
  if (good > 0.2 && utf8.foreign > 10) throw new FileProblem('encoding-mixed')
  return { encoding: 'gb18030', bom: 0 }
}

function controls(bytes: Buffer): number {
  let count = 0
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32)) count++
  return count / bytes.length
}

/**
 * The encoding of a text file: by its byte-order mark, else by the first part of it that is not plain ASCII.
 * @throws FileProblem `file-not-text` for binary files, `encoding-mixed` when no encoding reads four rows of five
 */
export async function detectEncoding(file: FileHandle): Promise<DetectedEncoding> {
  const buffer = Buffer.alloc(sampleBytes)
  let position = 0
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, sampleBytes, position)
    const bytes = buffer.subarray(0, bytesRead)
    const marked = position === 0 ? byOrderMark(bytes) : undefined
    if (marked) return marked
    if (bytesRead === 0) return { encoding: 'utf-8', bom: 0 }
    if (!isAscii(bytes) || bytes.includes(0)) return guess(bytes)
    if (position === 0 && controls(bytes) > 0.1) throw new FileProblem('file-not-text')
    position += bytesRead
  }
}
