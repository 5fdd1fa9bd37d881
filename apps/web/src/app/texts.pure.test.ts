import { expect, test } from 'vitest'

const areas = import.meta.glob<{ texts: Record<string, unknown> }>(['../**/texts.ts', '../**/*-texts.ts', '!./texts.ts'], { eager: true })

test('no two areas declare the same text: the page loaded last would change the words of the other', () => {
  const owners = new Map<string, string>()
  const twice: string[] = []
  for (const [file, { texts }] of Object.entries(areas)) {
    for (const key of Object.keys(texts)) {
      const other = owners.get(key)
      if (other !== undefined) twice.push(`${key}: ${other} and ${file}`)
      owners.set(key, file)
    }
  }
  expect(owners.size).toBeGreaterThan(500)
  expect(twice).toEqual([])
})
