import type { Customer, CustomerDraft } from '@zhike/contract/identify/customers.ts'
import type { ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import { fieldProblem } from '../../platform/http/problem.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { type HolderRow, heldBy, heldIdentities } from '../identity/holders.ts'
import { type IdentityValue, identitiesOf, identityKey } from '../identity/identities.ts'
import { addNewcomers, newFacts } from '../identity/newcomers.ts'
import type { Recording } from '../identity/record-profiles.ts'
import { cardValues } from './card-values.ts'
import { type CustomerWhole, customerFor } from './customer.ts'
import { refuseDuplicate } from './duplicates.ts'
import { computeGolden } from './golden.ts'
import { confirmedBy, manualChannelId, manualKey } from './manual-card.ts'
import { type PlacementFacts, placementFacts, placementOfNew, refusePlacement } from './placement.ts'
import type { Placement } from './row-scope.ts'

/**
 * A new customer from a manual card. It shares no identity with anybody whom linking would join it to, for those it is refused
 * for: so it always is a customer of its own, and is answered from the values at hand. Needs the system's transaction: it must see
 * every identity. Asks twice: for all that it must know, which only reads, and for all that it writes.
 * @param sent told of the customer's id once all is asked
 */
export async function createCustomer(tx: Tx, actor: Actor, draft: CustomerDraft, now: Date, sent: (id: string) => void): Promise<Customer> {
  const { kind } = draft
  const values = cardValues(actor, kind, draft.values) as ProfileValues
  if (Object.keys(values).length === 0) throw fieldProblem('body.values', 'required')
  const placement = placementOfNew(actor, draft)
  const identities = identitiesOf(values, manualChannelId)
  const around = await readSurroundings(tx, actor, placement, identities)
  refusePlacement(actor, draft, placement, around.placement)
  const { holders, blocked } = heldBy(around.held)
  await refuseDuplicate(tx, actor, { customerId: undefined, kind, values, identities }, holders)
  const recording: Recording = { channel: around.channel, now, by: actor.userId, importId: null }
  const id = newId()
  const profile = { id: newId(), kind, sourceKey: manualKey(id), values, confirmed: confirmedBy(values, actor.userId, now) }
  const facts = newFacts(profile, recording)
  const kept = identities.filter((identity) => !blocked.has(identityKey(identity)))
  const written = addNewcomers(
    tx,
    recording,
    {
      profiles: [profile],
      identities: [{ profileId: profile.id, identities: kept }],
      customers: [{ id, golden: computeGolden([facts]), profiles: 1, ...placement }],
      links: [{ profileId: profile.id, customerId: id }],
      events: [
        { type: 'customer.created', ids: [id] },
        { type: 'profile.linked', ids: [profile.id] },
      ],
    },
    'rows',
  )
  sent(id)
  const [row] = await written
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
  placement: PlacementFacts
  held: HolderRow[]
}

/** What a card is entered into: the manual channel, the names that its answer speaks of, and whoever carries its identities. */
async function readSurroundings(tx: Tx, actor: Actor, placement: Placement, identities: readonly IdentityValue[]): Promise<Surroundings> {
  const { ownerId, teamId } = placement
  const [row] = await tx<Surroundings[]>`
    select jsonb_build_object('id', ch.id, 'code', ch.code, 'name', ch.name, 'trust', ch.trust) as channel,
           (select name from users where id = ${ownerId}) as owner, (select name from team where id = ${teamId}) as team,
           (select jsonb_build_object(id, name) from users where id = ${actor.userId}) as people,
           ${placementFacts(tx, actor, placement)} as placement, ${heldIdentities(tx, identities, { joinsNobody: true })} as held
      from channel ch where ch.id = ${manualChannelId}`
  if (!row) throw new Error('the manual channel is missing')
  return row
}
