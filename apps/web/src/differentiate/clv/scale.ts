/** Minor units that count as small: up to them the scale is straight, beyond them logarithmic. */
const small = 10_000

/** Money on a scale that shows small, large and negative values in one picture: each whole step beyond the first is ten times as much. */
export function onScale(minor: number): number {
  const size = Math.abs(minor) / small
  return Math.sign(minor) * (size <= 1 ? size : 1 + Math.log10(size))
}

/** Back from the scale. */
export function fromScale(at: number): number {
  const size = Math.abs(at)
  return Math.sign(at) * small * (size <= 1 ? size : 10 ** (size - 1))
}
