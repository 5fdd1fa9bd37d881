export interface Move {
  from: string | null
  to: string | null
  customers: number
}

/** Who came into a part since the earlier result, and who left it; newcomers to the analysis count as coming in. */
export function movement(moves: readonly Move[], part: string): { came: number; left: number } {
  const sum = (of: readonly Move[]) => of.reduce((total, { customers }) => total + customers, 0)
  const elsewhere = moves.filter(({ from, to }) => from !== to)
  return { came: sum(elsewhere.filter(({ to }) => to === part)), left: sum(elsewhere.filter(({ from }) => from === part)) }
}
