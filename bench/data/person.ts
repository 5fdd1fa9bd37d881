import type { ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import { firmName, levels, personName, places } from './names.ts'
import { below, beta, exponential, gamma, pick, type Random, seeded, weighted } from './random.ts'

const dayMs = 86_400_000
/** The last day of trade, and how many days there were. */
export const lastDay = '2026-06-30'
const lastDayMs = Date.parse(lastDay)
const tradeDays = 730

export interface Product {
  code: string
  name: string
  category: string
  /** Minor units. */
  price: number
}

export interface BenchOrder {
  id: string
  number: string
  placedAt: Date
  channel: number
  lines: { product: Product; pieces: number; amount: number; cost: number }[]
}

export interface BenchPerson {
  id: string
  profileId: string
  kind: 'person' | 'organization'
  values: ProfileValues
  createdAt: Date
  /** Places among the users and channels given. */
  owner: number | undefined
  channel: number
  orders: BenchOrder[]
}

const categories = ['服饰', '食品', '家居', '美妆', '数码', '母婴', '运动', '图书']

export const products: readonly Product[] = Array.from({ length: 500 }, (_, i) => ({
  code: `P${String(i + 1).padStart(4, '0')}`,
  name: `${categories[i % categories.length]}商品${i + 1}`,
  category: categories[i % categories.length] ?? '',
  price: 990 + Math.round(40_000 * (i / 500) ** 3) + (i % 10) * 100,
}))

/** How many orders at most one person places, so that order ids are free of clashes. */
const mostOrders = 64

const uuid = (tag: string, n: number) => `01900000-${tag}-7000-8000-${n.toString(16).padStart(12, '0')}`
export const customerId = (i: number): string => uuid('c001', i)

const phonePrefixes = '130 131 132 135 136 137 138 139 150 151 152 157 158 159 176 177 178 182 183 185 186 187 188 189'.split(' ')

/** The phone of person `i`: all different, because 7,919 and 10⁸ have no common divisor. */
const phoneOf = (i: number) => `+86${phonePrefixes[i % phonePrefixes.length]}${String((i * 7919 + 12_345) % 100_000_000).padStart(8, '0')}`

/** Person number `i` with all orders: the same for the same seed, whoever else is made. */
export function person(seed: number, i: number, counts: { users: number; channels: number }): BenchPerson {
  const random = seeded(seed * 1_000_003 + i)
  const [province, city] = weighted(random, places)
  const isFirm = random() < 0.03
  const values: ProfileValues = { name: isFirm ? firmName(random, city) : personName(random), province, city }
  if (random() < 0.97) values.phone = phoneOf(i)
  if (random() < 0.3) values.email = `user${i}@${pick(random, ['qq.com', '163.com', 'example.com'])}`
  if (random() < 0.6) values.memberNumber = `M${String(i).padStart(8, '0')}`
  if (!isFirm) values.sex = random() < 0.55 ? 'female' : 'male'
  values.memberLevel = weighted(random, levels)
  const firstDay = below(random, tradeDays)
  values.registeredOn = new Date(lastDayMs - firstDay * dayMs).toISOString().slice(0, 10)
  return {
    id: customerId(i),
    profileId: uuid('c002', i),
    kind: isFirm ? 'organization' : 'person',
    values,
    // In the order in which they were entered, twenty a minute.
    createdAt: new Date(Date.UTC(2024, 0, 1) + i * 3000),
    owner: random() < 0.6 ? below(random, counts.users) : undefined,
    channel: below(random, counts.channels),
    orders: orders(random, i, firstDay, counts.channels),
  }
}

/**
 * Orders as BG/NBD supposes them, so that its fit has something to find: a rate per week from a gamma distribution, a chance to leave
 * after each purchase from a beta one. One in twenty has never bought.
 */
function orders(random: Random, i: number, daysAgo: number, channels: number): BenchOrder[] {
  if (random() < 0.05) return []
  const perDay = gamma(random, 1.2) / 8 / 7
  const leaves = beta(random, 0.6, 4)
  const budget = random() ** 2
  const made: BenchOrder[] = []
  for (let day = 0; day <= daysAgo && made.length < mostOrders; day += exponential(random) / perDay) {
    const n = i * mostOrders + made.length
    // Between 8 in the morning and 10 in the evening in China.
    const at = lastDayMs - (daysAgo - Math.floor(day)) * dayMs + Math.floor(random() * 14 * 3_600_000)
    made.push({
      id: uuid('c003', n),
      number: `B${n}`,
      placedAt: new Date(at),
      channel: below(random, channels),
      lines: lines(random, budget),
    })
    if (random() < leaves) break
  }
  return made
}

function lines(random: Random, budget: number): BenchOrder['lines'] {
  return Array.from({ length: 1 + below(random, 3) }, (_, at) => {
    const product = products[Math.floor((0.6 * budget + 0.4 * random()) * products.length)] as Product
    // A line in fifty takes something back, never the first one.
    const pieces = at > 0 && random() < 0.04 ? -1 : 1 + below(random, 2)
    return { product, pieces, amount: pieces * product.price, cost: Math.round(pieces * product.price * 0.6) }
  })
}
