import type { RfmSummary } from '@zhike/contract/differentiate/analyses.ts'

export interface Square {
  r: number
  f: number
  customers: number
  revenue: number
}

/** The 125 cells seen from above: the M of each R × F square added up; best recency first. */
export function squares(cells: RfmSummary['cells']): Square[][] {
  return [5, 4, 3, 2, 1].map((r) =>
    [1, 2, 3, 4, 5].map((f) => {
      const inside = cells.filter((cell) => cell.r === r && cell.f === f)
      const sum = (what: 'customers' | 'revenue') => inside.reduce((total, cell) => total + cell[what], 0)
      return { r, f, customers: sum('customers'), revenue: sum('revenue') }
    }),
  )
}

interface Move {
  from: string | null
  to: string | null
  customers: number
}

/** Who came into a group less who left it; newcomers to the analysis count as coming in. */
export function netMovement(moves: readonly Move[], group: string): number {
  return moves.reduce((net, { from, to, customers }) => {
    if (from === to) return net
    return net + (to === group ? customers : 0) - (from === group ? customers : 0)
  }, 0)
}
