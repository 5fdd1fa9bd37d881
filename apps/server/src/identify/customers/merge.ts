import type { Customer } from '@zhike/contract/identify/customers.ts'
import { insertRows } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { fieldProblem, Problem } from '../../platform/http/problem.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { moveProfiles } from '../identity/move-profiles.ts'
import { customerFor, findCustomer, type HeldCustomer, holdCustomer } from './customer.ts'
import { refreshCustomers } from './refresh.ts'
import { refreshTotals } from './totals.ts'

/** Moves every profile of another customer to this one. Needs the system's transaction: totals count orders that the actor may not read. */
export async function mergeCustomers(tx: Tx, actor: Actor, into: string, from: string, now: Date): Promise<Customer> {
  if (from === into) throw fieldProblem('body.customerId', 'invalid')
  // Always in the same order, so that two merges the other way round do not wait for each other for ever.
  for (const id of [into, from].sort()) await holdCustomer(tx, actor, 'customer.link', id)
  const moved = await moveProfiles(tx, [{ from, into, evidence: [] }], { rule: 'manual', by: actor.userId, importId: null, now })
  await finishMove(tx, moved, now)
  return customerFor(actor, await findCustomer(tx, actor, into), false)
}

/**
 * Splits a profile off: back into the customer that it was merged from, when that one is empty or has come back by splitting off
 * the others; else into a new one beside this. Needs the system's transaction.
 */
export async function splitProfile(
  tx: Tx,
  actor: Actor,
  id: string,
  profileId: string,
  now: Date,
): Promise<{ customer: Customer; to: string }> {
  const held = await holdCustomer(tx, actor, 'customer.link', id)
  const [profile] = await tx<{ profiles: number; mine: boolean; from: string | null; moveId: string | null }[]>`
    select count(*)::int as profiles, bool_or(l.profile_id = ${profileId}) as mine,
           h.id as "moveId",
           -- empty, or brought back to life by undoing the very same merge
           case when not c.live or exists (
             select 1 from link_history u where u.from_customer = h.from_customer and u.to_customer = h.to_customer and u.at = h.at and u.undone_at is not null)
                then h.from_customer end as "from"
      from profile_customer l
      left join lateral (
        select * from link_history h
         where h.profile_id = ${profileId} and h.to_customer = ${id} and h.undone_at is null order by h.at desc, h.id desc limit 1) h on true
      left join customer c on c.id = h.from_customer
     where l.customer_id = ${id}
     group by h.id, h.from_customer, h.to_customer, h.at, c.live`
  if (!profile?.mine) throw new Problem('profile-not-found')
  if (profile.profiles < 2) throw new Problem('profile-only-one')
  const to = profile.from ?? (await addCustomer(tx, held, now))
  await tx`update profile_customer set customer_id = ${to} where profile_id = ${profileId}`
  if (profile.moveId) await tx`update link_history set undone_at = ${now} where id = ${profile.moveId}`
  await insertRows(tx, 'link_history', [
    {
      id: newId(),
      profile_id: profileId,
      from_customer: id,
      to_customer: to,
      rule: 'split',
      evidence: { matched: [] },
      by_user: actor.userId,
      at: now,
    },
  ])
  // Whoever links by rule later finds that a person has decided about these two.
  await tx`insert into link_candidate (id, profile_id, customer_id, reason, evidence, state, created_at)
    values (${newId()}, ${profileId}, ${id}, 'split', '{}', 'refused', ${now})
    on conflict (profile_id, customer_id) do update set state = 'refused'`
  await finishMove(tx, { profiles: [profileId], customers: [id, to] }, now)
  await publish(tx, [{ type: 'customer.created', ids: profile.from ? [] : [to] }])
  return { customer: customerFor(actor, await findCustomer(tx, actor, id), false), to }
}

/** An empty customer with the same owner and team, to be filled by the refresh. */
async function addCustomer(tx: Tx, { kind, ownerId, teamId }: HeldCustomer, now: Date): Promise<string> {
  const id = newId()
  await tx`insert into customer (id, kind, owner_id, team_id, created_at, updated_at) values (${id}, ${kind}, ${ownerId}, ${teamId}, ${now}, ${now})`
  return id
}

async function finishMove(
  tx: Tx,
  { profiles, customers }: { profiles: readonly string[]; customers: readonly string[] },
  now: Date,
): Promise<void> {
  await refreshCustomers(tx, customers, now)
  await refreshTotals(tx, customers)
  await publish(tx, [
    { type: 'profile.linked', ids: profiles },
    { type: 'customer.changed', ids: customers },
  ])
}
