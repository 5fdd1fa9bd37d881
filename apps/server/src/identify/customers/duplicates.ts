import { customerCode } from '@zhike/contract/identify/customers.ts'
import { type CustomerKind, type ProfileField, type ProfileValues, profileFields } from '@zhike/contract/identify/profile-fields.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import type { Holder } from '../identity/holders.ts'
import { type IdentityValue, identityKey } from '../identity/identities.ts'
import { judge, sharedAbove } from '../identity/linking-rules.ts'
import { covers } from './row-scope.ts'

/**
 * Refuses a card whose phone, e-mail or number somebody else has already. Who may see the other customer is told which; anybody
 * else only who looks after it. Values that many share, and a person's and a firm's common phone, refuse nothing.
 * @throws Problem `customer-exists` or `customer-exists-elsewhere`
 */
export async function refuseDuplicate(
  tx: Tx,
  actor: Actor,
  card: { customerId: string | undefined; kind: CustomerKind; values: ProfileValues; identities: readonly IdentityValue[] },
  holders: readonly Holder[],
): Promise<void> {
  const foreign = holders.filter(({ customerId }) => customerId !== null && customerId !== card.customerId)
  if (foreign.length === 0) return
  const byIdentity = Map.groupBy(foreign, (holder) => identityKey(holder))
  for (const identity of card.identities) {
    const others = byIdentity.get(identityKey(identity)) ?? []
    const distinct = new Set(others.map(({ customerId }) => customerId))
    if (distinct.size > (sharedAbove[identity.kind] ?? Number.POSITIVE_INFINITY)) continue
    const other = others.find((holder) => isSame(card, identity, holder))
    if (other) await refuse(tx, actor, identity, other)
  }
}

function isSame(card: { kind: CustomerKind; values: ProfileValues }, { kind, value }: IdentityValue, holder: Holder): boolean {
  const known = { kind: holder.customerKind ?? 'person', name: holder.customerName ?? undefined }
  return judge(kind, value, { kind: card.kind, name: card.values.name }, known) !== 'ignore'
}

async function refuse(tx: Tx, actor: Actor, { kind }: IdentityValue, { customerId, customerNumber }: Holder): Promise<never> {
  const [row] = await tx<{ ownerId: string | null; teamId: string | null; owner: string | null }[]>`
    select c.owner_id as "ownerId", c.team_id as "teamId", u.name as owner
      from customer c left join users u on u.id = c.owner_id where c.id = ${customerId}`
  if (row && covers(actor, 'customer.read', row)) {
    throw new Problem('customer-exists', { id: customerId, code: customerCode(customerNumber ?? 0), field: fieldOf(kind) })
  }
  throw new Problem('customer-exists-elsewhere', { owner: row?.owner ?? '—' })
}

const fieldOf = (kind: IdentityValue['kind']): ProfileField =>
  (Object.keys(profileFields) as ProfileField[]).find((field) => {
    const definition = profileFields[field]
    return 'identity' in definition && definition.identity === kind
  }) ?? 'externalId'
