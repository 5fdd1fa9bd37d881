/** The known word that needs the fewest changes of a letter, if it needs few enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const written = word.toLowerCase()
  const ranked = known
    .map((candidate) => ({ candidate, changes: changesBetween(written, candidate.toLowerCase()) }))
    .filter(({ candidate, changes }) => changes <= Math.max(1, Math.floor(Math.max(written.length, candidate.length) / 2)))
    .toSorted((a, b) => a.changes - b.changes)
  return ranked[0]?.candidate
}

/** Letters to be added, left out or replaced (Levenshtein), row by row. */
function changesBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
