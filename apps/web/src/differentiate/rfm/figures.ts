import type { RfmSummary } from '@zhike/contract/differentiate/analyses.ts'

export interface Square {
  r: number
  f: number
  customers: number
  revenue: number
}

const best = [5, 4, 3, 2, 1]

/** The 125 cells seen from above: the M of each R × F square added up; best recency first. */
export function squares(cells: RfmSummary['cells']): Square[][] {
  return best.map((r) =>
    [1, 2, 3, 4, 5].map((f) => {
      const inside = cells.filter((cell) => cell.r === r && cell.f === f)
      const sum = (what: 'customers' | 'revenue') => inside.reduce((total, cell) => total + cell[what], 0)
      return { r, f, customers: sum('customers'), revenue: sum('revenue') }
    }),
  )
}

/** All 125 cells, the best first; those with nobody in them too. */
export function allCells(cells: RfmSummary['cells']): RfmSummary['cells'] {
  return best.flatMap((r) =>
    best.flatMap((f) =>
      best.map((m) => cells.find((cell) => cell.r === r && cell.f === f && cell.m === m) ?? { r, f, m, customers: 0, revenue: 0 }),
    ),
  )
}
