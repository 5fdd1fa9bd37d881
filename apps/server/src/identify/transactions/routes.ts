import * as catalog from '@zhike/contract/identify/catalog.ts'
import * as rates from '@zhike/contract/identify/exchange-rates.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { cancelOrder, enterContact, enterOrder, restoreOrder } from './enter-order.ts'
import { listRates, removeRate, setRates } from './exchange-rates.ts'
import { orderTotals, readOrder, readOrders } from './orders.ts'
import { readProductBuyers, readProductFigures } from './product-sales.ts'
import { addProduct, changeProduct, getProduct, listCategories, listProducts, productTotals } from './products.ts'

export const transactionRoutes: Route[] = [
  route(catalog.listProducts, ({ tx, actor, query }) => listProducts(tx, actor, query)),
  route(catalog.productTotals, ({ tx, actor, query }) => productTotals(tx, actor, query)),
  route(catalog.getProduct, ({ tx, params }) => getProduct(tx, params.id)),
  route(catalog.productCategories, ({ tx }) => listCategories(tx)),
  route(catalog.productFigures, ({ tx, actor, params }) => readProductFigures(tx, actor, params.id)),
  route(catalog.productBuyers, ({ tx, actor, params, query }) => readProductBuyers(tx, actor, params.id, query)),
  route(catalog.createProduct, ({ tx, body }) => addProduct(tx, body), { action: 'product.create' }),
  route(catalog.editProduct, ({ tx, params, body, expectedVersion }) => changeProduct(tx, params.id, expectedVersion, body), {
    action: 'product.edit',
  }),

  route(rates.list, ({ tx, query }) => listRates(tx, query)),
  route(rates.set, async ({ tx, body, note }) => {
    await setRates(tx, body.rates)
    const [only, ...others] = body.rates
    note({
      action: 'exchange-rate.set',
      object: 'exchange-rates',
      details: others.length === 0 ? { ...only } : { rates: body.rates.length },
    })
    return { rates: body.rates.length }
  }),
  route(rates.remove, async ({ tx, params, note }) => {
    await removeRate(tx, params)
    note({ action: 'exchange-rate.delete', object: 'exchange-rates', details: params })
    return null
  }),

  route(catalog.listOrders, ({ tx, actor, query }) => readOrders(tx, actor, query)),
  route(catalog.orderTotals, ({ tx, actor, query }) => orderTotals(tx, actor, query)),
  route(catalog.getOrder, ({ tx, actor, params }) => readOrder(tx, actor, 'order.read', params.id)),
  route(catalog.createOrder, ({ tx, actor, body, now }) => enterOrder(tx, actor, body, now), { action: 'order.create' }),
  route(
    catalog.cancelOrder,
    async ({ tx, actor, params, body, expectedVersion, now, note }) => {
      const order = await cancelOrder(tx, actor, params.id, expectedVersion, now)
      note({ details: body.reason === undefined ? {} : { reason: body.reason } })
      return order
    },
    { action: 'order.cancel' },
  ),
  route(
    catalog.restoreOrder,
    ({ tx, actor, params, body, expectedVersion, now }) => restoreOrder(tx, actor, params.id, expectedVersion, now, body.status),
    { action: 'order.restore' },
  ),
  route(catalog.recordContact, async ({ tx, actor, params, body, now, note }) => {
    const contact = await enterContact(tx, actor, params.id, body, now)
    note({ action: 'contact.record', objectId: params.id, details: { contactId: contact.id } })
    return contact
  }),
]
