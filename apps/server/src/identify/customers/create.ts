import type { Customer, CustomerDraft } from '@zhike/contract/identify/customers.ts'
import type { ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { planOnce } from '../../platform/database/plan-once.ts'
import { fieldProblem } from '../../platform/http/problem.ts'
import { publish } from '../../platform/outbox/outbox.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { identityHolders } from '../identity/holders.ts'
import { identitiesOf, identityKey } from '../identity/identities.ts'
import { addNewcomers, newFacts } from '../identity/newcomers.ts'
import { lockLinking, type Recording } from '../identity/record-profiles.ts'
import { cardValues } from './card-values.ts'
import { type CustomerWhole, customerFor } from './customer.ts'
import { holdIdentities, refuseDuplicate } from './duplicates.ts'
import { computeGolden } from './golden.ts'
import { confirmedBy, manualChannelId, manualKey } from './manual-card.ts'
import { placementOfNew, refusePlacement } from './placement.ts'
import type { Placement } from './row-scope.ts'

/**
 * A new customer from a manual card. It shares no identity with anybody whom linking would join it to, for those it is refused
 * for: so it always is a customer of its own, and is answered from the values at hand. Needs the system's transaction: it must see
 * every identity.
 */
export async function createCustomer(tx: Tx, actor: Actor, draft: CustomerDraft, now: Date): Promise<Customer> {
  const { kind } = draft
  const values = cardValues(actor, kind, draft.values) as ProfileValues
  if (Object.keys(values).length === 0) throw fieldProblem('body.values', 'required')
  const placement = placementOfNew(actor, draft)
  const identities = identitiesOf(values, manualChannelId)
  planOnce(tx)
  // Sent together and done one after the other: who looks last sees what those have written who were waited for.
  const [, , { holders, blocked }, around] = await Promise.all([
    holdIdentities(tx, identities),
    lockLinking(tx, 'shared'),
    identityHolders(tx, identities),
    readSurroundings(tx, actor, placement),
    refusePlacement(tx, actor, draft, placement),
  ])
  await refuseDuplicate(tx, actor, { customerId: undefined, kind, values, identities }, holders)
  const recording: Recording = { channel: around.channel, now, by: actor.userId, importId: null }
  const id = newId()
  const profile = { id: newId(), kind, sourceKey: manualKey(id), values, confirmed: confirmedBy(values, actor.userId, now) }
  const facts = newFacts(profile, recording)
  const kept = identities.filter((identity) => !blocked.has(identityKey(identity)))
  const [[row]] = await Promise.all([
    addNewcomers(tx, recording, {
      profiles: [profile],
      identities: [{ profileId: profile.id, identities: kept }],
      customers: [{ id, golden: computeGolden([facts]), profiles: 1, ...placement }],
      links: [{ profileId: profile.id, customerId: id }],
    }),
    publish(tx, [
      { type: 'customer.created', ids: [id] },
      { type: 'profile.linked', ids: [profile.id] },
    ]),
  ])
  if (!row) throw new Error('the new customer was not written')
  const { code, name } = around.channel
  const whole: CustomerWhole = {
    ...row,
    owner_name: around.owner,
    team_name: around.team,
    // Its card is shown with covers, which the next birthday is under as well.
    today: null,
    locks_of: null,
    profiles_of: [
      {
        ...facts,
        channel: { code, name },
        sourceKey: profile.sourceKey,
        version: 1,
        people: around.people,
        link: null,
        identities: kept.map(({ kind, value }) => ({ kind, value })),
      },
    ],
  }
  return customerFor(actor, whole, false)
}

interface Surroundings {
  channel: Recording['channel'] & { name: string }
  owner: string | null
  team: string | null
  people: Record<string, string>
}

/** What a card is entered into: the manual channel, and the names that its answer speaks of. */
async function readSurroundings(tx: Tx, { userId }: Actor, { ownerId, teamId }: Placement): Promise<Surroundings> {
  const [row] = await tx<Surroundings[]>`
    select jsonb_build_object('id', ch.id, 'code', ch.code, 'name', ch.name, 'trust', ch.trust) as channel,
           (select name from users where id = ${ownerId}) as owner, (select name from team where id = ${teamId}) as team,
           (select jsonb_build_object(id, name) from users where id = ${userId}) as people
      from channel ch where ch.id = ${manualChannelId}`
  if (!row) throw new Error('the manual channel is missing')
  return row
}
