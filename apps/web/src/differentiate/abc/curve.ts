/** Points of the Pareto curve: share of customers, share of value, both 0–1 and rising. */
export type Curve = readonly (readonly [heads: number, value: number])[]

/** The share of value that the best `heads` of customers bring: between two points of the curve, on the straight line. */
export function valueAt(curve: Curve, heads: number): number {
  return between(curve, heads, 0, 1)
}

/** The share of customers that brings `value`. */
export function headsAt(curve: Curve, value: number): number {
  return between(curve, value, 1, 0)
}

function between(curve: Curve, at: number, from: 0 | 1, to: 0 | 1): number {
  const next = curve.findIndex((point) => point[from] >= at)
  if (next === -1) return curve.at(-1)?.[to] ?? 0
  const after = curve[next]!
  const before = curve[next - 1]
  if (!before || after[from] === before[from]) return after[to]
  return before[to] + ((at - before[from]) / (after[from] - before[from])) * (after[to] - before[to])
}

/** The plot's distance from the edges of the picture, in px: the handles are laid over it. */
export const plot = { left: 48, right: 18, top: 30, bottom: 28 }

/** Where class A and class B end, in percent of value. */
export interface Cuts {
  a: number
  b: number
}

/** Cut-offs as moved: whole percents, A below B, each with room for the other. */
export function moved(cuts: Cuts, which: 'a' | 'b', to: number): Cuts {
  const whole = Math.round(to)
  return which === 'a'
    ? { ...cuts, a: Math.min(Math.max(whole, 1), Math.ceil(cuts.b) - 1) }
    : { ...cuts, b: Math.min(Math.max(whole, Math.floor(cuts.a) + 1), 100) }
}
