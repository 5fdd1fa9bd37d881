import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutAtRowEnds } from './row-cutter.ts'

async function cut(parts: string[], size: number, most = Number.POSITIVE_INFINITY): Promise<string[]> {
  const pieces: string[] = []
  const source = (async function* () {
    for (const part of parts) yield Buffer.from(part)
  })()
  for await (const piece of cutAtRowEnds(source, size, most)) pieces.push(piece.toString())
  return pieces
}

test.each([
  [['ab\ncd\nef\n'], 6, ['ab\ncd\n', 'ef\n']],
  [['ab\nc', 'd\nef'], 4, ['ab\n', 'cd\n', 'ef']],
  [['abcdefgh\nij\n'], 4, ['abcdefgh\n', 'ij\n']],
  [['abcdefgh'], 4, ['abcdefgh']],
  [[], 4, []],
])('%j in pieces of %i is %j', async (parts, size, pieces) => {
  expect(await cut(parts, size)).toEqual(pieces)
})

test('pieces end at row ends and together are the whole, however it arrived', async () => {
  const rows = fc.array(fc.stringMatching(/^[a-z]{0,12}$/)).map((lines) => lines.map((line) => `${line}\n`).join(''))
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 9 }), async (text, size, step) => {
      const pieces = await cut(text.match(new RegExp(`[^]{1,${step}}`, 'g')) ?? [], size)
      expect(pieces.join('')).toBe(text)
      expect(pieces.every((piece) => piece.endsWith('\n'))).toBe(true)
      expect(pieces).toEqual(await cut([text], size))
    }),
  )
})

test('a body without row ends is refused when it grows too long', async () => {
  await expect(cut(['abcd', 'efgh'], 2, 6)).rejects.toThrow('MEMORY_LIMIT_EXCEEDED')
})
