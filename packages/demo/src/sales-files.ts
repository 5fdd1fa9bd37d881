import type { SalesChannel } from './channels.ts'
import { channels } from './channels.ts'
import type { Day } from './days.ts'
import { clockTime, isoDay } from './days.ts'
import type { FileFormat } from './file-format.ts'
import { groupedYuan, yuan } from './file-format.ts'
import type { Membership } from './memberships.ts'
import type { BasketLine } from './products.ts'

interface Moment {
  day: Day
  second: number
}

/** An order as its channel knows it. `card` and `phone`: what the till was told; both null for a walk-in. */
export interface OrderFacts extends Moment {
  number: string
  record: Membership | null
  email: string | null
  shop: string
  card: string | null
  phone: string | null
}

export interface LineFacts {
  order: OrderFacts
  line: BasketLine
}

/** Money in fen. */
export interface PaymentFacts extends Moment {
  order: OrderFacts
  reference: string
  amount: number
  means: string
}

/** Goods that came back; `amount` is what was refunded, in fen. */
export interface ReturnFacts extends Moment {
  order: OrderFacts
  reference: string
  line: BasketLine
  quantity: number
  amount: number
  reason: string
}

/** The three files in which a channel exports its sales. */
export interface SalesFormats {
  lines: FileFormat<LineFacts>
  payments: FileFormat<PaymentFacts>
  returns: FileFormat<ReturnFacts>
}

const iso = ({ day, second }: Moment) => `${isoDay(day)} ${clockTime(second)}`
const slashed = (moment: Moment) => iso(moment).replaceAll('-', '/')
const inWords = ({ day }: Moment) => isoDay(day).replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')

const tillBase = { channel: channels.till, locale: 'zh-CN', encoding: 'gb18030' } as const
const till: SalesFormats = {
  lines: {
    ...tillBase,
    file: 'till-receipt-lines.csv',
    importKind: 'order-lines',
    columns: [
      ['小票号', ({ order }) => order.number],
      ['交易时间', ({ order }) => slashed(order)],
      ['门店', ({ order }) => order.shop],
      ['商品编码', ({ line }) => line.product.code],
      ['商品名称', ({ line }) => line.product.name],
      ['数量', ({ line }) => line.quantity],
      ['单价', ({ line }) => yuan(line.unitPrice)],
      ['金额', ({ line }) => yuan(line.amount)],
      ['会员卡号', ({ order }) => order.card],
      ['会员手机', ({ order }) => order.phone],
    ],
  },
  payments: {
    ...tillBase,
    file: 'till-payments.csv',
    importKind: 'payments',
    columns: [
      ['流水号', ({ reference }) => reference],
      ['小票号', ({ order }) => order.number],
      ['支付时间', slashed],
      ['支付金额', ({ amount }) => yuan(amount)],
      ['支付方式', ({ means }) => means],
    ],
  },
  returns: {
    ...tillBase,
    file: 'till-returns.csv',
    importKind: 'returns',
    columns: [
      ['退货单号', ({ reference }) => reference],
      ['原小票号', ({ order }) => order.number],
      ['退货时间', slashed],
      ['商品编码', ({ line }) => line.product.code],
      ['退货数量', ({ quantity }) => quantity],
      ['退款金额', ({ amount }) => yuan(amount)],
      ['退货原因', ({ reason }) => reason],
    ],
  },
}

const webBase = { channel: channels.web, locale: 'en', encoding: 'utf-8-bom' } as const
const web: SalesFormats = {
  lines: {
    ...webBase,
    file: 'web-order-lines.csv',
    importKind: 'order-lines',
    columns: [
      ['Order ID', ({ order }) => order.number],
      ['Order Date', ({ order }) => iso(order)],
      ['SKU', ({ line }) => line.product.code],
      ['Product Name', ({ line }) => line.product.name],
      ['Quantity', ({ line }) => line.quantity],
      ['Unit Price', ({ line }) => yuan(line.unitPrice)],
      ['Discount', ({ line }) => yuan(line.discount)],
      ['Line Total', ({ line }) => yuan(line.amount)],
      ['Currency', () => 'CNY'],
      ['Customer ID', ({ order }) => order.record?.externalId ?? null],
      ['Customer Email', ({ order }) => order.email],
    ],
  },
  payments: {
    ...webBase,
    file: 'web-payments.csv',
    importKind: 'payments',
    columns: [
      ['Transaction ID', ({ reference }) => reference],
      ['Order ID', ({ order }) => order.number],
      ['Paid At', iso],
      ['Amount', ({ amount }) => yuan(amount)],
      ['Currency', () => 'CNY'],
      ['Payment Method', ({ means }) => means],
    ],
  },
  returns: {
    ...webBase,
    file: 'web-returns.csv',
    importKind: 'returns',
    columns: [
      ['Return ID', ({ reference }) => reference],
      ['Order ID', ({ order }) => order.number],
      ['Returned At', iso],
      ['SKU', ({ line }) => line.product.code],
      ['Quantity', ({ quantity }) => quantity],
      ['Refund Amount', ({ amount }) => yuan(amount)],
      ['Reason', ({ reason }) => reason],
    ],
  },
}

const miniBase = { channel: channels.mini, locale: 'zh-CN', encoding: 'utf-8' } as const
const mini: SalesFormats = {
  lines: {
    ...miniBase,
    file: 'mini-program-order-lines.csv',
    importKind: 'order-lines',
    columns: [
      ['订单编号', ({ order }) => order.number],
      ['下单时间', ({ order }) => iso(order)],
      ['商品编码', ({ line }) => line.product.code],
      ['商品名称', ({ line }) => line.product.name],
      ['购买数量', ({ line }) => line.quantity],
      ['商品单价', ({ line }) => yuan(line.unitPrice)],
      ['优惠金额', ({ line }) => yuan(line.discount)],
      ['实付金额', ({ line }) => yuan(line.amount)],
      ['用户ID', ({ order }) => order.record?.externalId ?? null],
      ['手机号', ({ order }) => order.phone],
    ],
  },
  payments: {
    ...miniBase,
    file: 'mini-program-payments.csv',
    importKind: 'payments',
    columns: [
      ['微信支付单号', ({ reference }) => reference],
      ['订单编号', ({ order }) => order.number],
      ['支付时间', iso],
      ['实收金额', ({ amount }) => yuan(amount)],
      ['支付方式', ({ means }) => means],
    ],
  },
  returns: {
    ...miniBase,
    file: 'mini-program-returns.csv',
    importKind: 'returns',
    columns: [
      ['售后单号', ({ reference }) => reference],
      ['订单编号', ({ order }) => order.number],
      ['退款时间', iso],
      ['商品编码', ({ line }) => line.product.code],
      ['数量', ({ quantity }) => quantity],
      ['退款金额', ({ amount }) => yuan(amount)],
      ['退款原因', ({ reason }) => reason],
    ],
  },
}

const officeBase = { channel: channels.office, locale: 'zh-CN', encoding: 'utf-8-bom', delimiter: ';' } as const
const office: SalesFormats = {
  lines: {
    ...officeBase,
    file: 'company-order-lines.csv',
    importKind: 'order-lines',
    columns: [
      ['订单号', ({ order }) => order.number],
      ['订货日期', ({ order }) => inWords(order)],
      ['客户编号', ({ order }) => order.record?.externalId ?? null],
      ['客户名称', ({ order }) => order.record?.name ?? null],
      ['产品编码', ({ line }) => line.product.code],
      ['产品名称', ({ line }) => line.product.name],
      ['数量', ({ line }) => line.quantity],
      ['含税单价', ({ line }) => groupedYuan(line.unitPrice)],
      ['含税金额', ({ line }) => groupedYuan(line.amount)],
    ],
  },
  payments: {
    ...officeBase,
    file: 'company-payments.csv',
    importKind: 'payments',
    columns: [
      ['回款单号', ({ reference }) => reference],
      ['订单号', ({ order }) => order.number],
      ['回款日期', inWords],
      ['回款金额', ({ amount }) => groupedYuan(amount)],
      ['付款方式', ({ means }) => means],
    ],
  },
  returns: {
    ...officeBase,
    file: 'company-returns.csv',
    importKind: 'returns',
    columns: [
      ['退货单号', ({ reference }) => reference],
      ['订单号', ({ order }) => order.number],
      ['退货日期', inWords],
      ['产品编码', ({ line }) => line.product.code],
      ['退货数量', ({ quantity }) => quantity],
      ['退款金额', ({ amount }) => groupedYuan(amount)],
      ['退货原因', ({ reason }) => reason],
    ],
  },
}

export const salesFormats: Record<SalesChannel, SalesFormats> = { till, web, mini, office }
