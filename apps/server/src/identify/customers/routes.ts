import * as customers from '@zhike/contract/identify/customers.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { readEntries } from '../timeline/timeline.ts'
import { countCustomers, groupCustomers } from './count.ts'
import { createCustomer } from './create.ts'
import { customerFor, findCustomer, findCustomerWith, limitClearViews, shownInClear } from './customer.ts'
import { editCustomer } from './edit.ts'
import { listCustomers } from './list.ts'
import { mergeCustomers, splitProfile } from './merge.ts'

export const customerRoutes: Route[] = [
  route(customers.list, ({ tx, actor, query, now }) => listCustomers(tx, actor, query, now), { asks: 'once' }),
  route(customers.count, ({ tx, actor, query, now }) => countCustomers(tx, actor, query, now)),
  route(customers.groups, ({ tx, actor, query, now }) => groupCustomers(tx, actor, query, now), { asks: 'once' }),

  route(
    customers.get,
    async ({ tx, actor, params, query, purpose, note }) => {
      const { timeline: limit } = query
      const [customer, timeline] =
        limit === undefined
          ? [await findCustomer(tx, actor, params.id)]
          : await findCustomerWith(tx, actor, params.id, (id) => readEntries(tx, actor, id, { limit }))
      const fields = purpose === undefined ? [] : shownInClear(actor, customer)
      if (fields.length > 0) {
        await limitClearViews(tx)
        note({ action: 'customer.view-clear', object: 'customers', objectId: customer.id, details: { purpose, fields } })
      }
      return { ...customerFor(actor, customer, purpose !== undefined), ...(timeline ? { timeline } : {}) }
    },
    { plans: 'kept', asks: 'once' },
  ),

  // Linking must see every identity, so what writes to cards runs with the system's policies and checks the scope itself.
  route(
    customers.create,
    ({ tx, actor, body, now, lastNote }) =>
      createCustomer(tx, actor, body, now, (objectId) =>
        lastNote({ action: 'customer.create', objectId, details: { fields: Object.keys(body.values) } }),
      ),
    { as: 'system', plans: 'kept', begins: 'reading' },
  ),

  route(
    customers.edit,
    async ({ tx, actor, params, body, expectedVersion, now, note }) => {
      const { customer, changed } = await editCustomer(tx, actor, params.id, expectedVersion, body, now)
      note({ action: 'customer.edit', objectId: customer.id, details: changed })
      return customer
    },
    { as: 'system' },
  ),

  route(
    customers.link,
    async ({ tx, actor, params, body, now, note }) => {
      const customer = await mergeCustomers(tx, actor, params.id, body.customerId, now)
      note({ action: 'customer.link', objectId: params.id, details: { customerId: body.customerId } })
      return customer
    },
    { as: 'system' },
  ),

  route(
    customers.unlink,
    async ({ tx, actor, params, now, note }) => {
      const { customer, to } = await splitProfile(tx, actor, params.id, params.profileId, now)
      note({ action: 'customer.unlink', objectId: params.id, details: { profileId: params.profileId, to } })
      return customer
    },
    { as: 'system' },
  ),
]
