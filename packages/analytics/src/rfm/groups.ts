/** The ten named groups, best first. A group's place in this list is its number in `rfmGroupTable`. */
export const rfmGroupNames = [
  'champions',
  'loyal',
  'potential',
  'new',
  'need-attention',
  'about-to-sleep',
  'at-risk',
  'cannot-lose',
  'hibernating',
  'lost',
] as const

export type RfmGroupName = (typeof rfmGroupNames)[number]

const letters = 'CLPNASRXHO'

/**
 * The one table of all 125 cells: a row of blocks per recency score (R 1 = long ago … R 5 = just now), in each a block of
 * five letters per frequency score F 1 … F 5, in each a letter per monetary score M 1 … M 5.
 *
 * C champions: R ≥ 4, F ≥ 4, M ≥ 4 · L loyal: R ≥ 3 and F ≥ 4 otherwise, or R ≥ 4, F 3, M ≥ 4 ·
 * P potential: R ≥ 4, F 2–3 otherwise · N new: R ≥ 4, F 1 ·
 * A need attention: R 3 and F 3, or F 2 with M ≥ 3, or F 1 with M ≥ 4 · S about to sleep: R 3 otherwise ·
 * X cannot lose: once at the top, R ≤ 2 now: F ≥ 4, M ≥ 4 · R at risk: R ≤ 2 and F ≥ 3 otherwise, or F 2 with M ≥ 4 ·
 * O lost: R 1 and F + M ≤ 4 · H hibernating: R ≤ 2 otherwise.
 *
 * The names follow common usage (champions … lost), which fixes no cells; the cells are ours and this table defines them.
 */
const table = [
  // F 1    F 2     F 3     F 4     F 5
  'OOOHH OOHRR RRRRR RRRXX RRRXX', // R 1
  'HHHHH HHHRR RRRRR RRRXX RRRXX', // R 2
  'SSSAA SSAAA AAAAA LLLLL LLLLL', // R 3
  'NNNNN PPPPP PPPLL LLLCC LLLCC', // R 4
  'NNNNN PPPPP PPPLL LLLCC LLLCC', // R 5
]
  .join('')
  .replaceAll(' ', '')

/** Group number (place in `rfmGroupNames`) of each cell at (r − 1)·25 + (f − 1)·5 + (m − 1); made to be written into SQL as it is. */
export const rfmGroupTable: readonly number[] = Array.from(table, (letter) => letters.indexOf(letter))

export type RfmCell = readonly [r: number, f: number, m: number]

/** The groups with the cells that belong to each: every cell is in exactly one. */
export const rfmGroups: readonly { readonly name: RfmGroupName; readonly cells: readonly RfmCell[] }[] = rfmGroupNames.map(
  (name, group) => ({ name, cells: allCells().filter(([r, f, m]) => rfmGroupTable[rfmCellIndex(r, f, m)] === group) }),
)

/**
 * The named group of one cell.
 * @throws RangeError unless each score is a whole number from 1 to 5
 */
export function rfmGroupOf(r: number, f: number, m: number): RfmGroupName {
  for (const score of [r, f, m]) {
    if (!Number.isInteger(score) || score < 1 || score > 5) throw new RangeError(`an RFM score is a whole number from 1 to 5, not ${score}`)
  }
  return rfmGroupNames[rfmGroupTable[rfmCellIndex(r, f, m)]!]!
}

/** Place of a cell in the flat table, 0 … 124. */
export function rfmCellIndex(r: number, f: number, m: number): number {
  return (r - 1) * 25 + (f - 1) * 5 + (m - 1)
}

function allCells(): RfmCell[] {
  return Array.from({ length: 125 }, (_, i) => [Math.floor(i / 25) + 1, (Math.floor(i / 5) % 5) + 1, (i % 5) + 1])
}
