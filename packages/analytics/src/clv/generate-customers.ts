import { beta, exponential, gamma, type Random, seededRandom } from '../random.ts'
import type { BgNbdParameters } from './fit-bg-nbd.ts'
import type { GammaGammaParameters } from './fit-gamma-gamma.ts'
import type { PurchaseSummary } from './summarise-purchases.ts'

export interface GeneratedCustomers extends PurchaseSummary {
  /** Truth: whether the customer has not dropped out at T (1) or has (0). */
  alive: Uint8Array
  /** Truth: purchases in the `ahead` periods after T. */
  future: Float64Array
}

export interface GeneratorOptions {
  customers: number
  /** Ages are spread evenly over [shortest, longest], in the unit of alpha. */
  ages: readonly [shortest: number, longest: number]
  seed: number
  /** Length of the future to make, in the same unit; 0 makes none. */
  ahead?: number
  /** Cut times to whole days with this many days per period and merge purchases of a day, as a real log is; without it time is continuous. */
  daysPerPeriod?: number
}

/**
 * Customers drawn exactly as BG/NBD and Gamma-Gamma suppose them, for tests of recovery and for benches: λ ~ Gamma(r, α) purchases per period,
 * after each a chance p ~ Beta(a, b) to drop out, rate of amounts ν ~ Gamma(q, v), each amount ~ Gamma(p, ν).
 * The same seed gives the same customers.
 * @throws RangeError when the number of customers or the ages are impossible
 */
export function generateCustomers(
  purchases: BgNbdParameters,
  spend: GammaGammaParameters,
  { customers, ages: [shortest, longest], seed, ahead = 0, daysPerPeriod }: GeneratorOptions,
): GeneratedCustomers {
  if (!(Number.isInteger(customers) && customers >= 0)) throw new RangeError(`the number of customers must be whole, not ${customers}`)
  if (!(shortest >= 0 && shortest <= longest && longest < Number.POSITIVE_INFINITY))
    throw new RangeError('ages must be 0 ≤ shortest ≤ longest')
  const random = seededRandom(seed)
  const column = () => new Float64Array(customers)
  const made = {
    customer: column(),
    x: column(),
    tx: column(),
    T: column(),
    zbar: column(),
    alive: new Uint8Array(customers),
    future: column(),
  }
  const onClock = (time: number) => (daysPerPeriod ? Math.floor(time * daysPerPeriod) / daysPerPeriod : time)
  for (let i = 0; i < customers; i++) {
    const age = onClock(shortest + (longest - shortest) * random())
    const life = liveOn(random, purchases, age, ahead, onClock)
    made.customer[i] = i
    made.T[i] = age
    made.x[i] = life.x
    made.tx[i] = life.tx
    made.alive[i] = life.alive ? 1 : 0
    made.future[i] = life.future
    made.zbar[i] = meanAmount(random, spend, life.x)
  }
  return made
}

/** One customer's purchases up to `age` and `ahead` beyond; those that fall on the same tick of the clock are one. */
function liveOn(random: Random, { r, alpha, a, b }: BgNbdParameters, age: number, ahead: number, onClock: (time: number) => number) {
  const rate = gamma(random, r, alpha)
  const dropOut = beta(random, a, b)
  const life = { x: 0, tx: 0, future: 0, alive: true }
  let time = 0
  let lastTick = 0
  for (;;) {
    time += exponential(random, rate)
    const tick = onClock(time)
    if (tick > age + ahead) return life
    if (tick > lastTick) {
      if (tick > age) life.future++
      else {
        life.x++
        life.tx = tick
      }
    }
    lastTick = tick
    if (random() < dropOut) {
      life.alive = tick > age
      return life
    }
  }
}

/** The mean of x amounts: a sum of gamma variates of one rate is gamma with the sum of their shapes. */
function meanAmount(random: Random, { p, q, v }: GammaGammaParameters, x: number): number {
  if (x === 0) return 0
  return gamma(random, p * x, gamma(random, q, v)) / x
}
