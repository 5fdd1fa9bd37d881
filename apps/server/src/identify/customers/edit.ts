import type { Customer, CustomerEdit } from '@zhike/contract/identify/customers.ts'
import type { ProfileField, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import { insertRows } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { fieldProblem } from '../../platform/http/problem.ts'
import { refuseStale } from '../../platform/http/version.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { holdIdentities } from '../identity/holders.ts'
import { identitiesOf } from '../identity/identities.ts'
import { recordProfiles } from '../identity/record-profiles.ts'
import { cardValues } from './card-values.ts'
import { customerFor, findCustomer, type HeldCustomer, holdCustomer } from './customer.ts'
import { refuseDuplicate } from './duplicates.ts'
import { type CardPlan, planEdit } from './edit-plan.ts'
import { confirmedBy, hasManualCard, manualKey, manualRecording, openManualCard } from './manual-card.ts'
import { accessTo } from './masking.ts'
import { placeAnew } from './placement.ts'
import { goldenColumns, refreshCustomers } from './refresh.ts'

/** What an edit changed, for the audit log: names of fields, never values. */
export interface Edited {
  customer: Customer
  changed: { fields?: string[]; locked?: string[]; unlocked?: string[]; ownerId?: string | null; teamId?: string | null }
}

/** Changes a customer's card, locks, owner or team. Needs the system's transaction: it must see every identity. */
export async function editCustomer(
  tx: Tx,
  actor: Actor,
  id: string,
  expectedVersion: number | undefined,
  edit: CustomerEdit,
  now: Date,
): Promise<Edited> {
  const held = await holdCustomer(tx, actor, 'customer.edit', id)
  refuseStale(expectedVersion, held.version)
  refuseHiddenLocks(actor, edit)
  const values = cardValues(actor, held.kind, edit.values ?? {})
  const placement = await placeAnew(tx, actor, edit, held)
  const fields = Object.keys(values)
  const writes = fields.length > 0 || (edit.lock?.length ?? 0) + (edit.unlock?.length ?? 0) > 0
  if (placement) {
    await tx`update customer set owner_id = ${placement.ownerId}, team_id = ${placement.teamId}, version = version + ${writes ? 0 : 1}, updated_at = ${now}
      where id = ${id}`
  }
  if (writes) await writeCard(tx, actor, held, values, edit, now)
  await publish(tx, [
    { type: 'customer.changed', ids: placement || writes ? [id] : [], fields: [...fields, ...(placement ? ['owner', 'team'] : [])] },
  ])
  return {
    customer: customerFor(actor, await findCustomer(tx, actor, id), false),
    changed: {
      ...(fields.length > 0 ? { fields } : {}),
      ...(edit.lock?.length ? { locked: edit.lock } : {}),
      ...(edit.unlock?.length ? { unlocked: edit.unlock } : {}),
      ...placement,
    },
  }
}

function refuseHiddenLocks(actor: Actor, { lock = [], unlock = [] }: CustomerEdit): void {
  for (const [part, fields] of Object.entries({ lock, unlock })) {
    const index = fields.findIndex((field) => accessTo(actor, field) === 'hidden')
    if (index >= 0) throw fieldProblem(`body.${part}.${index}`, 'not_readable')
  }
  const source = lock.findIndex((field) => !(field in goldenColumns))
  if (source >= 0) throw fieldProblem(`body.lock.${source}`, 'invalid')
}

async function writeCard(
  tx: Tx,
  actor: Actor,
  held: HeldCustomer,
  values: ReturnType<typeof cardValues>,
  edit: CustomerEdit,
  now: Date,
): Promise<void> {
  const recording = await manualRecording(tx, actor.userId, now)
  const plan = planEdit(await factsOf(tx, held.id), values, edit)
  if (Object.keys(plan.values).length > 0) {
    const identities = identitiesOf(plan.values as ProfileValues, recording.channel.id)
    const values = { ...plan.values, name: plan.values.name ?? held.name ?? undefined } as ProfileValues
    const { holders } = await holdIdentities(tx, identities)
    await refuseDuplicate(tx, actor, { customerId: held.id, kind: held.kind, values, identities }, holders)
  }
  await writeLocks(tx, held.id, plan, actor.userId, now)
  let refreshed = false
  const hasCard = await hasManualCard(tx, recording, held.id)
  if (hasCard || Object.keys(plan.confirmed).length > 0) {
    if (!hasCard) await openManualCard(tx, recording, held)
    const [recorded] = await recordProfiles(tx, recording, [
      {
        kind: held.kind,
        sourceKey: manualKey(held.id),
        values: plan.values as ProfileValues,
        confirmed: confirmedBy(plan.confirmed, actor.userId, now),
      },
    ])
    refreshed = recorded?.outcome === 'updated'
  }
  if (!refreshed) await refreshCustomers(tx, [held.id], now)
}

/** What an edit must know: the golden values, what profiles other than the manual card say, and the locks. */
async function factsOf(tx: Tx, id: string): Promise<Parameters<typeof planEdit>[0]> {
  const [row] = await tx<(Record<string, unknown> & { others: ProfileValues[] | null; locks: ProfileField[] })[]>`
    select c.*,
           (select jsonb_agg(p.values) from profile_customer l join profile p on p.id = l.profile_id join channel ch on ch.id = p.channel_id
             where l.customer_id = c.id and p.retracted_at is null and (ch.code <> 'manual' or p.source_key <> ${manualKey(id)})) as others,
           array(select k.field from customer_lock k where k.customer_id = c.id) as locks
      from customer c where c.id = ${id}`
  const golden = Object.fromEntries(
    Object.entries(goldenColumns).flatMap(([field, column]) => {
      const value = row?.[column]
      return value === null || value === undefined ? [] : [[field, value]]
    }),
  ) as ProfileValues
  return { golden, others: row?.others ?? [], locks: new Set(row?.locks ?? []) }
}

async function writeLocks(tx: Tx, id: string, { lock, unlock }: CardPlan, by: string, now: Date): Promise<void> {
  const gone = [...unlock, ...lock.keys()]
  if (gone.length > 0) await tx`delete from customer_lock where customer_id = ${id} and field = any (${gone}::text[])`
  await insertRows(
    tx,
    'customer_lock',
    [...lock].map(([field, value]) => ({ customer_id: id, field, value, locked_by: by, locked_at: now })),
  )
}
