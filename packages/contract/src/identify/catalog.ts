import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { page, pageQuery } from '../paging.ts'

/** Kinds of source that a record can come from. */
export const ChannelKind = z.enum([
  'till',
  'shop-visit',
  'web',
  'web-form',
  'mini-program',
  'wechat',
  'wecom',
  'call-centre',
  'email',
  'event',
  'survey',
  'bought-list',
  'public-register',
  'partner',
  'file',
  'manual',
])

export const Channel = z.object({
  code: z.string(),
  name: z.string(),
  kind: ChannelKind,
  trust: z.int(),
  /** False while the values of some customers are still those of a former trust. */
  trustApplied: z.boolean(),
  /** The job that computes them again; null when none is at it. */
  jobId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
  version: z.int(),
})
export type Channel = z.infer<typeof Channel>

export const listChannels = endpoint({
  method: 'GET',
  path: '/channels',
  access: 'signed-in',
  summary: 'The registered sources',
  reply: z.object({ items: z.array(Channel) }),
})

const channelName = z.string().trim().min(1).max(80)
const trust = z.int().min(0).max(100)

export const createChannel = endpoint({
  method: 'POST',
  path: '/channels',
  access: 'settings.manage',
  summary: 'Registers a source',
  body: z.strictObject({
    code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
    name: channelName,
    kind: ChannelKind,
    trust: trust.default(50),
  }),
  reply: Channel,
  status: 201,
  problems: ['channel-code-taken'],
})

/** The trust counts at once for whatever comes in; the customers that are there are computed again by a job. */
export const editChannel = endpoint({
  method: 'PATCH',
  path: '/channels/:code',
  access: 'settings.manage',
  summary: 'Renames a source or changes how much it is trusted (If-Match); customers with its data are computed again as a job',
  params: z.strictObject({ code: z.string().max(40) }),
  body: z.strictObject({ name: channelName.optional(), trust: trust.optional() }),
  reply: Channel,
  problems: ['channel-not-found', 'version-required', 'edit-conflict'],
})

/** Unit prices in 1/10,000 of the major unit. */
export const Product = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  brand: z.string().nullable(),
  unit: z.string().nullable(),
  price: z.int().nullable(),
  cost: z.int().nullable(),
  currency: z.string(),
  version: z.int(),
  updatedAt: z.iso.datetime(),
})
export type Product = z.infer<typeof Product>

const ProductDraft = z.strictObject({
  code: z.string().trim().min(1).max(64),
  name: z.string().trim().min(1).max(200),
  category: z.string().trim().min(1).max(80).nullable().default(null),
  brand: z.string().trim().min(1).max(80).nullable().default(null),
  unit: z.string().trim().min(1).max(20).nullable().default(null),
  price: z.int().min(0).max(1e13).nullable().default(null),
  cost: z.int().min(0).max(1e13).nullable().default(null),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
})

const id = z.strictObject({ id: z.uuid() })

/** What rows of an import made, or changed afterwards; for who imports, and within what they see of imports. */
const ofImport = { createdByImport: z.uuid().optional(), updatedByImport: z.uuid().optional() }

/** Which products are meant; all of them must hold. */
const productFilter = { search: z.string().trim().min(1).max(100).optional(), category: z.string().max(80).optional(), ...ofImport }

export const listProducts = endpoint({
  method: 'GET',
  path: '/products',
  access: 'product.read',
  summary: 'Products by code; `search` looks in code and name',
  query: z.strictObject({ ...pageQuery, ...productFilter }),
  reply: page(Product),
})
export const productTotals = endpoint({
  method: 'GET',
  path: '/product-totals',
  access: 'product.read',
  summary: 'How many products a list has',
  query: z.strictObject(productFilter),
  reply: z.object({ products: z.int() }),
})
export const getProduct = endpoint({
  method: 'GET',
  path: '/products/:id',
  access: 'product.read',
  summary: 'One product',
  params: id,
  reply: Product,
  problems: ['product-not-found'],
})
export const productCategories = endpoint({
  method: 'GET',
  path: '/product-categories',
  access: 'product.read',
  summary: 'How many products each category has, largest first; null = without one',
  reply: z.object({ items: z.array(z.object({ category: z.string().nullable(), products: z.int() })) }),
})

/** Over lines of orders: cancelled orders do not count, lines with a negative quantity were given back. */
export const productFigures = endpoint({
  method: 'GET',
  path: '/products/:id/figures',
  access: 'order.read',
  summary: 'What a product has sold, in the orders that the caller may read',
  params: id,
  reply: z.object({
    /** Reporting currency of `revenue`, which is in its minor units; what was given back is taken off. */
    currency: z.string(),
    revenue: z.int(),
    /** In thousandths, less what was given back. */
    sold: z.int(),
    orders: z.int(),
    /** Customers known to have bought it. */
    buyers: z.int(),
    lastSoldAt: z.iso.datetime().nullable(),
  }),
  problems: ['product-not-found'],
})

export const productBuyers = endpoint({
  method: 'GET',
  path: '/products/:id/buyers',
  access: 'order.read',
  summary: 'The customers who bought a product, most spent on it first; their number is that of the figures',
  params: id,
  query: z.strictObject(pageQuery),
  reply: page(
    z.object({
      customer: z.object({ id: z.uuid(), code: z.string(), name: z.string().nullable() }),
      orders: z.int(),
      sold: z.int(),
      revenue: z.int(),
      lastBoughtAt: z.iso.datetime(),
    }),
  ),
  problems: ['product-not-found'],
})

export const createProduct = endpoint({
  method: 'POST',
  path: '/products',
  access: 'product.edit',
  summary: 'A new product',
  body: ProductDraft,
  reply: Product,
  status: 201,
  problems: ['product-code-taken'],
})
export const editProduct = endpoint({
  method: 'PUT',
  path: '/products/:id',
  access: 'product.edit',
  summary: 'Changes a product; needs If-Match',
  params: id,
  body: ProductDraft,
  reply: Product,
  problems: ['product-not-found', 'product-code-taken', 'version-required', 'edit-conflict'],
})

export const OrderLine = z.object({
  ordinal: z.int(),
  productCode: z.string().nullable(),
  productName: z.string().nullable(),
  /** In thousandths. */
  quantity: z.int(),
  unitPrice: z.int().nullable(),
  discount: z.int(),
  amount: z.int(),
})

export const OrderStatus = z.enum(['open', 'paid', 'completed', 'cancelled'])
export type OrderStatus = z.infer<typeof OrderStatus>

export const OrderRow = z.object({
  id: z.uuid(),
  number: z.string(),
  channel: z.object({ code: z.string(), name: z.string() }),
  kind: z.enum(['sale', 'return']),
  status: OrderStatus,
  placedAt: z.iso.datetime(),
  /** Minor units of `currency`, and of the reporting currency at that day's rate. */
  amount: z.int(),
  currency: z.string(),
  amountReporting: z.int(),
  /** Those that are known: none of an order of which only the whole was told. */
  lines: z.int(),
  shop: z.string().nullable(),
  /** Null = nobody is known to have placed it. */
  customer: z.object({ id: z.uuid(), code: z.string(), name: z.string().nullable() }).nullable(),
})
export type OrderRow = z.infer<typeof OrderRow>

export const Order = OrderRow.extend({
  version: z.int(),
  discount: z.int(),
  paymentMeans: z.string().nullable(),
  items: z.array(OrderLine),
  payments: z.array(
    z.object({
      id: z.uuid(),
      paidAt: z.iso.datetime(),
      amount: z.int(),
      currency: z.string(),
      means: z.string().nullable(),
      reference: z.string().nullable(),
    }),
  ),
  returns: z.array(
    z.object({
      id: z.uuid(),
      returnedAt: z.iso.datetime(),
      amount: z.int(),
      currency: z.string(),
      productCode: z.string().nullable(),
      quantity: z.int().nullable(),
      reason: z.string().nullable(),
    }),
  ),
})
export type Order = z.infer<typeof Order>

/** `counting`: all but the cancelled ones. `purchases`: those of them in which something was sold, as a customer’s figure counts. */
export const OrderListStatus = z.enum(['counting', 'purchases', ...OrderStatus.options])
export type OrderListStatus = z.infer<typeof OrderListStatus>

/** Which orders are meant; all of them must hold. */
const orderFilter = {
  customerId: z.uuid().optional(),
  channel: z.string().max(40).optional(),
  number: z.string().trim().min(1).max(100).optional(),
  status: OrderListStatus.optional(),
  /** Code of a product that stands in it. */
  product: z.string().trim().min(1).max(64).optional(),
  ...ofImport,
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
}

export const listOrders = endpoint({
  method: 'GET',
  path: '/orders',
  access: 'order.read',
  summary: 'Orders, newest first; from `from` and before `to`',
  query: z.strictObject({ ...pageQuery, ...orderFilter }),
  reply: page(OrderRow),
})
export const orderTotals = endpoint({
  method: 'GET',
  path: '/order-totals',
  access: 'order.read',
  summary: 'How many orders a list has and what they come to; cancelled ones are listed and counted, but come to nothing',
  query: z.strictObject(orderFilter),
  reply: z.object({
    currency: z.string(),
    orders: z.int(),
    cancelled: z.int(),
    /** Minor units of the reporting currency: the listed amounts. Returns that were booked beside their order are not taken off. */
    amount: z.int(),
  }),
})
export const getOrder = endpoint({
  method: 'GET',
  path: '/orders/:id',
  access: 'order.read',
  summary: 'One order with lines, payments and returns',
  params: id,
  reply: Order,
  problems: ['order-not-found'],
})

export const createOrder = endpoint({
  method: 'POST',
  path: '/orders',
  access: 'order.edit',
  summary: 'Records an order of a customer',
  body: z.strictObject({
    customerId: z.uuid(),
    number: z.string().trim().min(1).max(64),
    channel: z.string().max(40).default('manual'),
    placedAt: z.iso.datetime({ offset: true }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    shop: z.string().trim().min(1).max(80).optional(),
    paymentMeans: z.string().trim().min(1).max(40).optional(),
    items: z
      .array(
        z.strictObject({
          productCode: z.string().trim().min(1).max(64).optional(),
          productName: z.string().trim().min(1).max(200).optional(),
          quantity: z.int().min(-1e9).max(1e9),
          unitPrice: z.int().min(0).max(1e13),
          discount: z.int().min(0).max(1e13).default(0),
        }),
      )
      .min(1)
      .max(500),
  }),
  reply: Order,
  status: 201,
  problems: ['customer-not-found', 'channel-not-found', 'order-number-taken'],
})

export const cancelOrder = endpoint({
  method: 'POST',
  path: '/orders/:id/cancel',
  access: 'order.edit',
  summary: 'Cancels an order; it stays in the file and counts no longer. Needs If-Match',
  params: id,
  body: z.strictObject({ reason: z.string().trim().min(1).max(300).optional() }),
  reply: Order,
  problems: ['order-not-found', 'version-required', 'edit-conflict'],
})

export const restoreOrder = endpoint({
  method: 'POST',
  path: '/orders/:id/restore',
  access: 'order.edit',
  summary: 'Takes the cancelling of an order back: it counts again, in the state given. Needs If-Match',
  params: id,
  body: z.strictObject({ status: OrderStatus.exclude(['cancelled']) }),
  reply: Order,
  problems: ['order-not-found', 'version-required', 'edit-conflict'],
})

/** A contact with a customer: who, when, by which medium, what came of it. */
export const recordContact = endpoint({
  method: 'POST',
  path: '/customers/:id/contacts',
  access: 'customer.edit',
  summary: 'Adds a contact to a customer’s timeline',
  params: id,
  body: z.strictObject({
    happenedAt: z.iso.datetime({ offset: true }).optional(),
    medium: z.enum(['face-to-face', 'phone', 'letter', 'sms', 'email', 'web', 'wechat', 'club', 'event', 'advert', 'shop']),
    direction: z.enum(['in', 'out']),
    purpose: z.string().trim().min(1).max(120).optional(),
    content: z.string().trim().min(1).max(4000),
    result: z.string().trim().min(1).max(500).optional(),
    nextStep: z.string().trim().min(1).max(500).optional(),
  }),
  reply: z.object({ id: z.uuid() }),
  status: 201,
  problems: ['customer-not-found'],
})

/** Sales per month in the reporting currency, from the warehouse. */
export const salesByMonth = endpoint({
  method: 'GET',
  path: '/reports/sales-by-month',
  access: 'analysis.read',
  summary: 'Orders, sales and returns per month of the company’s calendar',
  query: z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
  reply: z.object({
    currency: z.string(),
    asOf: z.iso.datetime(),
    months: z.array(z.object({ month: z.string(), orders: z.int(), customers: z.int(), sales: z.int(), returned: z.int() })),
  }),
})
