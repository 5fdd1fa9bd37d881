/**
 * Indexes of the items, split so that no key comes twice in one part: the first word about each thing, then the second ones, and
 * so on. Nearly always one part.
 */
export function waves<T>(items: readonly T[], keyOf: (item: T) => string): number[][] {
  const parts: number[][] = []
  const times = new Map<string, number>()
  items.forEach((item, index) => {
    const key = keyOf(item)
    const part = times.get(key) ?? 0
    times.set(key, part + 1)
    const indexes = parts[part] ?? []
    indexes.push(index)
    parts[part] = indexes
  })
  return parts
}

/** Does `work` wave by wave and puts the results back in the order of the items. */
export async function inWaves<T, R>(items: readonly T[], keyOf: (item: T) => string, work: (wave: T[]) => Promise<R[]>): Promise<R[]> {
  const results: R[] = []
  for (const wave of waves(items, keyOf)) {
    const done = await work(wave.map((index) => items[index] as T))
    wave.forEach((index, i) => {
      results[index] = done[i] as R
    })
  }
  return results
}
