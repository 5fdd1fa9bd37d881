/** Seeded randomness: the same seed and label give the same numbers on every machine. The run-time's own generator cannot be seeded. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** A whole number in [0, below). */
  int(below: number): number
  /** A whole number in [from, to], both included. */
  between(from: number, to: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** Exponential with mean 1. */
  exponential(): number
  normal(): number
  /** Gamma with this shape (> 0) and rate 1. */
  gamma(shape: number): number
  beta(a: number, b: number): number
  poisson(mean: number): number
}

/** 32 bits of a text: FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}

/**
 * A generator (sfc32) of its own for each label, so that drawing more in one part of the company does not change another part.
 * @see Doty-Humphrey, PractRand: sfc32, the "small fast counting" generator
 */
export function createRandom(seed: number, label: string): Random {
  let [a, b, c, counter] = [hash(label), seed | 0, hash(`${label}/${seed}`), 1]
  const bits = () => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + result
    return result >>> 0
  }
  for (let i = 0; i < 15; i++) bits()
  return fromUniform(() => (bits() >>> 5) / 134217728 + bits() / (134217728 * 4294967296))
}

function fromUniform(next: () => number): Random {
  const int = (below: number) => Math.floor(next() * below)
  const exponential = () => -Math.log(1 - next())
  const normal = () => Math.sqrt(2 * exponential()) * Math.cos(2 * Math.PI * next())
  const gamma = (shape: number): number => gammaDraw(shape, next, normal)
  return {
    next,
    int,
    between: (from, to) => from + int(to - from + 1),
    chance: (probability) => next() < probability,
    pick: (list) => {
      const item = list[int(list.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
    exponential,
    normal,
    gamma,
    beta: (a, b) => {
      const x = gamma(a)
      return x / (x + gamma(b))
    },
    poisson: (mean) => {
      let [count, product] = [0, next()]
      for (const limit = Math.exp(-mean); product > limit; count++) product *= next()
      return count
    },
  }
}

/** Gamma of rate 1. @see Marsaglia & Tsang (2000), ACM TOMS 26, 363–372; shapes below 1 by their boost U^(1/shape). */
function gammaDraw(shape: number, next: () => number, normal: () => number): number {
  if (shape < 1) return gammaDraw(shape + 1, next, normal) * (1 - next()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** Picks items in proportion to their weights (≥ 0, not all 0). */
export function weightedPicker<T>(items: readonly T[], weightOf: (item: T) => number): (random: Random) => T {
  const sums: number[] = []
  let total = 0
  for (const item of items) sums.push((total += weightOf(item)))
  return (random) => {
    const at = firstAbove(sums, random.next() * total)
    return items[at] as T
  }
}

/** Index of the first of the ascending numbers that is greater than `value`; the last index when none is. */
export function firstAbove(ascending: ArrayLike<number>, value: number): number {
  let [low, high] = [0, ascending.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] as number) > value) high = middle
    else low = middle + 1
  }
  return low
}
