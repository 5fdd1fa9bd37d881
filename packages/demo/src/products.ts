import type { Random } from './random.ts'
import { weightedPicker } from './random.ts'

export interface Product {
  code: string
  name: string
  category: string
  unit: string
  /** In fen. */
  price: number
  /** In fen. */
  cost: number
  /** How often it is taken, relative to the others. */
  popularity: number
}

interface Family {
  code: string
  category: string
  /** Name and price in yuan of the smallest size. */
  names: string
  sizes: readonly (readonly [label: string, unit: string, factor: number, popularity: number])[]
  /** Cost as a share of the price. */
  cost: number
}

const LEAF_SIZES = [
  ['50g罐装', '罐', 1, 5],
  ['125g袋装', '袋', 2.2, 4],
  ['250g礼盒', '盒', 5, 2],
] as const
const ONE = (unit: string) => [['', unit, 1, 4]] as const

const FAMILIES: readonly Family[] = [
  {
    code: 'LC',
    category: '绿茶',
    names: '龙井明前128 龙井雨前78 碧螺春98 黄山毛峰68 六安瓜片72 安吉白茶88 信阳毛尖66 竹叶青92',
    sizes: LEAF_SIZES,
    cost: 0.38,
  },
  { code: 'WL', category: '乌龙茶', names: '铁观音58 大红袍86 凤凰单丛76 冻顶乌龙82 水仙48 肉桂96', sizes: LEAF_SIZES, cost: 0.4 },
  { code: 'HC', category: '红茶', names: '正山小种62 金骏眉138 祁门红茶68 滇红46 九曲红梅58 宜兴红茶42', sizes: LEAF_SIZES, cost: 0.36 },
  { code: 'BC', category: '白茶', names: '白毫银针118 白牡丹72 寿眉38 老白茶2018陈98', sizes: LEAF_SIZES, cost: 0.42 },
  { code: 'PE', category: '普洱茶', names: '熟普宫廷56 生普古树108 小青柑49 陈皮普洱52 茶化石45', sizes: LEAF_SIZES, cost: 0.4 },
  {
    code: 'HT',
    category: '花草茶',
    names: '茉莉银毫36 桂花乌龙32 菊花枸杞26 玫瑰花茶29 荷叶山楂24',
    sizes: [
      ['30g罐装', '罐', 1, 7],
      ['三角茶包20袋', '盒', 1.5, 8],
    ],
    cost: 0.33,
  },
  {
    code: 'CJ',
    category: '茶具',
    names:
      '青瓷盖碗168 紫砂壶680 公道杯58 品茗杯对杯79 旅行茶具套装239 玻璃飘逸杯69 茶盘竹制198 焖茶保温壶189 茶针茶则套装45 建盏主人杯328 玻璃凉水壶88 锤纹茶滤35',
    sizes: ONE('件'),
    cost: 0.45,
  },
  {
    code: 'LH',
    category: '礼盒',
    names:
      '中秋团圆茶礼298 春节福禄茶礼368 名茶四味礼盒588 典藏龙井礼盒1280 企业定制伴手礼168 半山岁礼茶点盒218 双罐红茶礼盒258 老白茶珍藏礼盒880',
    sizes: ONE('盒'),
    cost: 0.35,
  },
  {
    code: 'CD',
    category: '茶点',
    names: '龙井茶酥28 桂花糕22 绿豆糕19 抹茶曲奇36 核桃云片糕18 手剥山核桃45 杨梅干25 茶香瓜子15',
    sizes: ONE('盒'),
    cost: 0.5,
  },
]

export const BRAND = '半山茶集'

/** The range of the chain: the same for every seed. */
export const products: readonly Product[] = FAMILIES.flatMap((family) => {
  let number = 0
  return family.names.split(' ').flatMap((entry) => {
    const [, name = '', yuan = ''] = /^(.*?)(\d+)$/.exec(entry) ?? []
    return family.sizes.map(([label, unit, factor, popularity]) => ({
      code: `${family.code}${String(++number).padStart(3, '0')}`,
      name: label === '' ? name : `${name} ${label}`,
      category: family.category,
      unit,
      price: Math.round(Number(yuan) * factor) * 100,
      cost: Math.round(Number(yuan) * factor * 100 * family.cost),
      popularity,
    }))
  })
})

export interface BasketLine {
  product: Product
  quantity: number
  /** In fen. */
  unitPrice: number
  /** Off the whole line, in fen. */
  discount: number
  /** quantity · unitPrice − discount, in fen. */
  amount: number
}

const drawProduct = weightedPicker(products, (product) => product.popularity)
const presents = products.filter((product) => ['礼盒', '茶具'].includes(product.category) || product.name.includes('礼盒'))
const drawPresent = weightedPicker(presents, (product) => product.popularity)

export interface BasketWish {
  /** What the basket should come to, in fen. */
  target: number
  presents: boolean
  /** A company: big quantities at a price below the list. */
  wholesale: boolean
  coupons: boolean
}

/** Lines whose sum comes near the target: of a few products at hand the one that suits the money left is taken. */
export function fillBasket(random: Random, wish: BasketWish): BasketLine[] {
  const lines: BasketLine[] = []
  let left = wish.target
  // Little money buys few things: more lines than it pays for would make every small basket dearer than its target.
  const size = Math.min(7, 1 + random.poisson(wish.wholesale ? 1 : 1.75), Math.max(1, Math.floor(wish.target / 3500)))
  for (let toGo = size; toGo > 0; toGo--) {
    const line = chooseLine(random, wish, Math.max(left / toGo, 800))
    lines.push(line)
    left -= line.amount
  }
  return lines
}

function chooseLine(random: Random, wish: BasketWish, budget: number): BasketLine {
  const factor = wish.wholesale ? random.pick([0.85, 0.88, 0.9, 0.92]) : 1
  let best: BasketLine | undefined
  for (let tries = 0; tries < (wish.wholesale ? 2 : 4); tries++) {
    const product = random.chance(wish.presents || wish.wholesale ? 0.65 : 0.08) ? drawPresent(random) : drawProduct(random)
    const line = lineOf(product, Math.round(product.price * factor), budget, wish.wholesale ? 200 : 4)
    if (!best || Math.abs(line.amount - budget) < Math.abs(best.amount - budget)) best = line
  }
  const line = best as BasketLine
  if (!wish.coupons || !random.chance(0.12)) return line
  const discount = Math.floor(line.amount / 1000) * 100
  return { ...line, discount, amount: line.amount - discount }
}

function lineOf(product: Product, unitPrice: number, budget: number, most: number): BasketLine {
  const quantity = Math.max(1, Math.min(most, Math.round(budget / unitPrice)))
  return { product, quantity, unitPrice, discount: 0, amount: quantity * unitPrice }
}
