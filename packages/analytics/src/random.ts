/** Uniform numbers in [0, 1): the same sequence for the same seed on every machine. */
export type Random = () => number

/**
 * sfc32, a small fast generator with 128 bits of state and 32 bits per number; here 53 bits from two draws, so that
 * gamma variates with tiny shapes keep their lower tail.
 * @param seed any number; its 32-bit integer part is used
 * @see Doty-Humphrey, PractRand (sfc32)
 */
export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = seed | 0
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let i = 0; i < 15; i++) next()
  return () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992
}

/** Exponential waiting time with the given rate > 0. */
export function exponential(random: Random, rate: number): number {
  return -Math.log1p(-random()) / rate
}

/** Standard normal, by the polar method (Marsaglia and Bray 1964). */
export function normal(random: Random): number {
  for (;;) {
    const u = 2 * random() - 1
    const v = 2 * random() - 1
    const s = u * u + v * v
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s)
  }
}

/**
 * Gamma with shape > 0 and rate > 0 (mean shape/rate).
 * @see Marsaglia and Tsang (2000), ACM TOMS 26, 363–372
 */
export function gamma(random: Random, shape: number, rate: number): number {
  if (shape < 1) return gamma(random, shape + 1, rate) * (1 - random()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const z = normal(random)
    const v = (1 + c * z) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return (d * v) / rate
  }
}

/** Beta with a, b > 0. */
export function beta(random: Random, a: number, b: number): number {
  const x = gamma(random, a, 1)
  const y = gamma(random, b, 1)
  return x + y > 0 ? x / (x + y) : random() < a / (a + b) ? 1 : 0
}
