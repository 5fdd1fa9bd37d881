/** Uniform in [0, 1). */
export type Random = () => number

/** Mulberry32: small, fast, and the same everywhere for the same seed. */
export function seeded(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const below = (random: Random, n: number): number => Math.floor(random() * n)

export function pick<T>(random: Random, values: readonly T[]): T {
  return values[below(random, values.length)] as T
}

const totals = new WeakMap<readonly unknown[], number>()

export function weighted<T>(random: Random, choices: readonly (readonly [T, number])[]): T {
  let total = totals.get(choices)
  if (total === undefined) {
    total = choices.reduce((sum, [, weight]) => sum + weight, 0)
    totals.set(choices, total)
  }
  let at = random() * total
  for (const [value, weight] of choices) if ((at -= weight) < 0) return value
  return (choices[0] as readonly [T, number])[0]
}

export const exponential = (random: Random): number => -Math.log(1 - random())

function normal(random: Random): number {
  return Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random())
}

/** Gamma with scale 1, after Marsaglia and Tsang (2000), ACM TOMS 26, 363–372. */
export function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

export function beta(random: Random, a: number, b: number): number {
  const x = gamma(random, a)
  return x / (x + gamma(random, b))
}
