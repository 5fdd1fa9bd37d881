import type { Customer, CustomerDraft } from '@zhike/contract/identify/customers.ts'
import type { ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { fieldProblem } from '../../platform/http/problem.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { identitiesOf } from '../identity/identities.ts'
import { lockLinking, recordProfiles } from '../identity/record-profiles.ts'
import { cardValues } from './card-values.ts'
import { customerFor, findCustomer } from './customer.ts'
import { holdIdentities, refuseDuplicate } from './duplicates.ts'
import { confirmedBy, manualKey, manualRecording } from './manual-card.ts'
import { placeNew } from './placement.ts'

/** A new customer from a manual card. Needs the system's transaction: it must see every identity. */
export async function createCustomer(tx: Tx, actor: Actor, draft: CustomerDraft, now: Date): Promise<Customer> {
  const values = cardValues(actor, draft.kind, draft.values) as ProfileValues
  if (Object.keys(values).length === 0) throw fieldProblem('body.values', 'required')
  const [placement, recording] = await Promise.all([placeNew(tx, actor, draft), manualRecording(tx, actor.userId, now)])
  const identities = identitiesOf(values, recording.channel.id)
  await holdIdentities(tx, identities)
  // Who is refused for any customer that would match joins none: several people may enter cards at the same time.
  await lockLinking(tx, 'shared')
  await refuseDuplicate(tx, actor, { customerId: undefined, kind: draft.kind, values, identities })
  const record = {
    kind: draft.kind,
    sourceKey: `manual:${newId()}`,
    values,
    confirmed: confirmedBy(values, actor.userId, now),
    ...placement,
  }
  const [recorded] = await recordProfiles(tx, recording, [record], 'locked')
  const [made] = await tx<{ id: string }[]>`
    update profile p set source_key = ${manualKey('')} || l.customer_id
      from profile_customer l where l.profile_id = p.id and p.id = ${recorded?.profileId ?? null} returning l.customer_id as id`
  return customerFor(actor, await findCustomer(tx, actor, made?.id ?? ''), false)
}
