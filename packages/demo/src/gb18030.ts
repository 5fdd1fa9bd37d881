let bytesOfCharacter: Map<string, Buffer> | undefined

/** Node decodes GB18030 but does not encode it: the table is read off the decoder once. Two-byte and four-byte forms of the basic plane. */
function encodingTable(): Map<string, Buffer> {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, Buffer>()
  const add = (...bytes: number[]) => {
    const character = decoder.decode(Uint8Array.from(bytes))
    if (character.length === 1 && character !== '\ufffd' && !table.has(character)) table.set(character, Buffer.from(bytes))
  }
  for (let lead = 0x81; lead <= 0xfe; lead++) for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) add(lead, trail)
  for (let first = 0x81; first <= 0x84; first++)
    for (let second = 0x30; second <= 0x39; second++)
      for (let third = 0x81; third <= 0xfe; third++) for (let fourth = 0x30; fourth <= 0x39; fourth++) add(first, second, third, fourth)
  return table
}

/** The text in GB18030. @throws RangeError for a character outside the basic plane */
export function encodeGb18030(text: string): Buffer {
  bytesOfCharacter ??= encodingTable()
  const out = Buffer.allocUnsafe(text.length * 4)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) {
      out[at++] = code
      continue
    }
    const bytes = bytesOfCharacter.get(text.charAt(i))
    if (!bytes) throw new RangeError(`no GB18030 form known for U+${code.toString(16)}`)
    at += bytes.copy(out, at)
  }
  return out.subarray(0, at)
}
