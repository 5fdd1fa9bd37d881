import { setImmediate } from 'node:timers/promises'
import type { SalesChannel } from './channels.ts'
import { salesChannels } from './channels.ts'
import type { Day } from './days.ts'
import { isoDay } from './days.ts'
import { cities } from './divisions.ts'
import type { FormattedFile, ManifestFile } from './file-format.ts'
import { openFormatted } from './file-format.ts'
import type { Membership } from './memberships.ts'
import type { OrderSchedule } from './order-schedule.ts'
import { dayOfSecond, secondOfDay } from './order-schedule.ts'
import type { Person } from './people.ts'
import { placeholderPhones } from './phones.ts'
import type { BasketLine } from './products.ts'
import { fillBasket } from './products.ts'
import type { Random } from './random.ts'
import { createRandom, weightedPicker } from './random.ts'
import type { LineFacts, OrderFacts, PaymentFacts, ReturnFacts } from './sales-files.ts'
import { salesFormats } from './sales-files.ts'

const RETURN_SHARE = 0.03
/** How strongly one person's baskets differ: shape of the gamma around the person's mean (the gamma-gamma's p). */
export const BASKET_SHAPE = 4
const ORDERS_PER_TURN = 4000

/** What a person really bought: for the truth. Spend in fen, returns not taken off. */
export interface Bought {
  orders: number
  spend: number
}

export interface SalesCounts {
  orders: number
  orderLines: number
  walkIns: number
  /** Receipts whose only reference is a placeholder phone. */
  placeholderReceipts: number
  payments: number
  returns: number
}

interface Company {
  people: readonly Person[]
  memberships: readonly Membership[]
  schedule: OrderSchedule
  lastDay: Day
}

interface OpenFiles {
  lines: FormattedFile<LineFacts>
  payments: FormattedFile<PaymentFacts>
  returns: FormattedFile<ReturnFacts>
}

const shops = cities.flatMap((city) => city.shops.map((shop) => ({ ...shop, weight: city.weight / city.shops.length })))
const drawShop = weightedPicker(shops, (shop) => shop.weight)
const MEANS: Record<SalesChannel, (random: Random) => string> = {
  till: meansOf([
    ['微信支付', 48],
    ['支付宝', 30],
    ['银行卡', 9],
    ['现金', 8],
    ['储值卡', 5],
  ]),
  web: meansOf([
    ['Alipay', 55],
    ['WeChat Pay', 30],
    ['UnionPay', 15],
  ]),
  mini: () => '微信支付',
  office: meansOf([
    ['银行转账', 85],
    ['银行承兑汇票', 15],
  ]),
}
const REASONS = ['不喜欢口味', '包装破损', '发错货', '买多了', '送礼取消', '七天无理由']
const REASONS_EN = ['Did not like the taste', 'Damaged packaging', 'Wrong item', 'Ordered too many', 'No longer needed']

function meansOf(weights: readonly (readonly [string, number])[]): (random: Random) => string {
  const draw = weightedPicker(weights, ([, weight]) => weight)
  return (random) => draw(random)[0]
}

/** Writes every channel's order lines, payments and returns, in the order in which things happened, a bounded piece at a time. */
export async function writeSales(
  seed: number,
  folder: string,
  company: Company,
): Promise<{ files: ManifestFile[]; counts: SalesCounts; bought: Bought[] }> {
  const random = createRandom(seed, 'sales')
  const open = Object.fromEntries(salesChannels.map((channel) => [channel, openFiles(folder, channel)])) as Record<SalesChannel, OpenFiles>
  const bought: Bought[] = company.people.map(() => ({ orders: 0, spend: 0 }))
  const counts: SalesCounts = { orders: 0, orderLines: 0, walkIns: 0, placeholderReceipts: 0, payments: 0, returns: 0 }
  const number = orderNumbers()
  for (let i = 0; i < company.schedule.count; i++) {
    if (i % ORDERS_PER_TURN === 0) await setImmediate()
    const record = company.memberships[company.schedule.records[i] ?? -1] ?? null
    const person = record && (company.people[record.person] ?? null)
    const channel = record?.channel ?? 'till'
    const order = takeOrder(random, record, person, company.schedule.seconds[i] ?? 0, number)
    const lines = basketFor(random, person, channel)
    const amount = lines.reduce((sum, line) => sum + line.amount, 0)
    for (const line of lines) open[channel].lines.write({ order, line })
    counts.orders++
    counts.orderLines += lines.length
    if (!record) counts.walkIns++
    if (!order.card && (placeholderPhones as readonly (string | null)[]).includes(order.phone)) counts.placeholderReceipts++
    const own = record && bought[record.person]
    if (own) {
      own.orders++
      own.spend += amount
    }
    counts.payments += pay(random, open[channel].payments, order, channel, amount, company.lastDay)
    if (random.chance(RETURN_SHARE)) counts.returns += giveBack(random, open[channel].returns, order, channel, lines, company.lastDay)
  }
  const files = salesChannels
    .map((channel) => open[channel])
    .flatMap(({ lines, payments, returns }) => [lines.close(), payments.close(), returns.close()])
  return { files, counts, bought }
}

function openFiles(folder: string, channel: SalesChannel): OpenFiles {
  const { lines, payments, returns } = salesFormats[channel]
  return { lines: openFormatted(folder, lines), payments: openFormatted(folder, payments), returns: openFormatted(folder, returns) }
}

/** Numbers as each system counts: by shop and day at the tills, by day in the mini-program, by year at head office. */
function orderNumbers(): (channel: SalesChannel, day: Day, shopCode: string) => string {
  const last = new Map<string, number>()
  let today: Day | undefined
  const next = (key: string, length: number) => {
    const serial = (last.get(key) ?? 0) + 1
    last.set(key, serial)
    return String(serial).padStart(length, '0')
  }
  return (channel, day, shopCode) => {
    if (day !== today) for (const key of last.keys()) if (key.startsWith('day ')) last.delete(key)
    today = day
    const date = isoDay(day).replaceAll('-', '')
    if (channel === 'till') return `${shopCode}-${date.slice(2)}-${next(`day ${shopCode}`, 4)}`
    if (channel === 'mini') return `MP${date}${next('day mini', 5)}`
    if (channel === 'web') return `W${next('web', 8)}`
    return `XS-${date.slice(0, 4)}-${next(`office ${date.slice(0, 4)}`, 5)}`
  }
}

function takeOrder(
  random: Random,
  record: Membership | null,
  person: Person | null,
  second: number,
  number: ReturnType<typeof orderNumbers>,
): OrderFacts {
  const [day, time] = [dayOfSecond(second), secondOfDay(second)]
  const shop = record && random.chance(0.85) ? record.shop : drawShop(random)
  const channel = record?.channel ?? 'till'
  const base = { number: number(channel, day, shop.code), day, second: time, record, email: person?.email ?? null, shop: shop.name }
  if (!record) return { ...base, card: null, phone: random.chance(0.01) ? random.pick(placeholderPhones) : null }
  if (channel !== 'till') return { ...base, card: null, phone: record.phone }
  // A shared landline does not say which of the two is at the counter, so the couple shows the card.
  const showsCard = record.phone === null || record.guard === 'shared-landline' || random.chance(0.85)
  return { ...base, card: showsCard ? record.memberNumber : null, phone: showsCard ? null : record.phone }
}

const WALK_IN_MEAN = 9000

function basketFor(random: Random, person: Person | null, channel: SalesChannel): BasketLine[] {
  const mean = person?.habit.meanSpend ?? WALK_IN_MEAN
  return fillBasket(random, {
    target: (mean / BASKET_SHAPE) * random.gamma(BASKET_SHAPE),
    presents: person?.segment === 'gift',
    wholesale: channel === 'office',
    coupons: channel === 'web' || channel === 'mini',
  })
}

/** Consumers pay at once; companies pay 30 % with the order and the rest after two weeks to two months, if that is past yet. */
function pay(
  random: Random,
  file: FormattedFile<PaymentFacts>,
  order: OrderFacts,
  channel: SalesChannel,
  amount: number,
  lastDay: Day,
): number {
  const means = MEANS[channel](random)
  const write = (part: string, day: Day, second: number, sum: number) =>
    file.write({
      order,
      reference: `${channel === 'web' ? 'PAY' : 'ZF'}${order.number.replaceAll('-', '')}${part}`,
      day,
      second,
      amount: sum,
      means,
    })
  if (channel !== 'office') {
    write('', order.day, Math.min(86_399, order.second + (channel === 'till' ? 20 : random.between(15, 600))), amount)
    return 1
  }
  const deposit = Math.round(amount * 0.3)
  const due = order.day + random.between(14, 62)
  write('A', order.day, order.second, deposit)
  if (due > lastDay) return 1
  write('B', due, 36_000, amount - deposit)
  return 2
}

function giveBack(
  random: Random,
  file: FormattedFile<ReturnFacts>,
  order: OrderFacts,
  channel: SalesChannel,
  lines: readonly BasketLine[],
  lastDay: Day,
): number {
  const line = random.pick(lines)
  const quantity = random.between(1, line.quantity)
  const day = order.day + random.between(1, channel === 'till' ? 7 : 14)
  const reason = random.pick(channel === 'web' ? REASONS_EN : REASONS)
  const second = random.between(10 * 3600, 20 * 3600)
  if (day > lastDay) return 0
  const amount = Math.round((line.amount * quantity) / line.quantity)
  file.write({ order, reference: `TH${order.number.replaceAll('-', '')}`, day, second, line, quantity, amount, reason })
  return 1
}
