const newline = 0x0a

/**
 * Cuts a stream of bytes into pieces of at most about `size` bytes that end where a row ends. Where it cuts depends on the
 * bytes alone, not on how they arrived, so a repeated upload is cut alike.
 * @param size bytes; a longer row makes a longer piece
 * @param most bytes of one piece
 * @throws RangeError when a piece would be longer than `most`
 */
export async function* cutAtRowEnds(source: AsyncIterable<Buffer>, size: number, most: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = []
  let held = 0
  for await (const part of source) {
    parts.push(part)
    held += part.length
    if (held > most)
      throw new RangeError(`Code: 241. DB::Exception: Rows that cannot be cut are longer than ${most} bytes. (MEMORY_LIMIT_EXCEEDED)`)
    if (held < size) continue
    let rest = Buffer.concat(parts, held)
    for (let end = rowEnd(rest, size); end > 0; end = rowEnd(rest, size)) {
      yield rest.subarray(0, end)
      rest = rest.subarray(end)
    }
    parts = [rest]
    held = rest.length
  }
  if (held > 0) yield Buffer.concat(parts, held)
}

/** Where the last row that ends within `size` ends, else the first one; 0 when there is not enough yet to tell. */
function rowEnd(bytes: Buffer, size: number): number {
  if (bytes.length < size) return 0
  const within = bytes.lastIndexOf(newline, size - 1)
  return within >= 0 ? within + 1 : bytes.indexOf(newline, size) + 1
}
