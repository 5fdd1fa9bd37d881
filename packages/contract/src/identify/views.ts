import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { customerQuery, Filter, Named } from './customers.ts'

/** What a view of the customer list holds: the address of the list without the search. */
export const ViewState = z.strictObject({
  filter: Filter.optional(),
  sort: customerQuery.sort,
  order: customerQuery.order,
  /** The columns shown, in their order; all when it is not said. */
  columns: z.array(z.string().max(40)).min(1).max(40).optional(),
})
export type ViewState = z.infer<typeof ViewState>

export const ViewDraft = z.strictObject({
  name: z.string().trim().min(1).max(40),
  state: ViewState,
  /** Who else sees it: the members of a team. */
  teamId: z.uuid().nullable(),
})
export type ViewDraft = z.infer<typeof ViewDraft>

export const View = z.object({ id: z.uuid(), name: z.string(), state: ViewState, owner: Named, team: Named.nullable() })
export type View = z.infer<typeof View>

const id = z.strictObject({ id: z.uuid() })

export const list = endpoint({
  method: 'GET',
  path: '/customer-views',
  access: 'customer.read',
  summary: 'One’s own views of the customer list and those shared with one’s teams',
  reply: z.object({ items: z.array(View) }),
})

export const create = endpoint({
  method: 'POST',
  path: '/customer-views',
  access: 'customer.read',
  summary: 'Saves a state of the customer list under a name, for oneself or for a team of one’s own',
  body: ViewDraft,
  reply: View,
  status: 201,
  problems: ['view-name-taken', 'too-many-views', 'team-not-found'],
})

export const replace = endpoint({
  method: 'PUT',
  path: '/customer-views/:id',
  access: 'customer.read',
  summary: 'Changes one of one’s own views',
  params: id,
  body: ViewDraft,
  reply: View,
  problems: ['view-not-found', 'view-name-taken', 'team-not-found'],
})

export const remove = endpoint({
  method: 'DELETE',
  path: '/customer-views/:id',
  access: 'customer.read',
  summary: 'Deletes one of one’s own views',
  params: id,
  reply: z.null(),
  status: 204,
  problems: ['view-not-found'],
})
