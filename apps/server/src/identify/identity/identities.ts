import { type IdentityKind, type ProfileField, type ProfileValues, profileFields } from '@zhike/contract/identify/profile-fields.ts'

/** A value by which a profile may be recognised. `namespace` is the channel where it only means something there, else 0. */
export interface IdentityValue {
  kind: IdentityKind
  value: string
  namespace: number
}

const ofTheChannel: ReadonlySet<IdentityKind> = new Set(['openid'])

/** A number in the source's own system is the profile's key there and says nothing elsewhere. */
const identityFields = (Object.keys(profileFields) as ProfileField[]).flatMap((field) => {
  const definition = profileFields[field]
  return 'identity' in definition && field !== 'externalId' ? [{ field, kind: definition.identity as IdentityKind }] : []
})

/** The identities that a profile's values carry. Values are normalised already. */
export function identitiesOf(values: ProfileValues, channelId: number): IdentityValue[] {
  return identityFields.flatMap(({ field, kind }) => {
    const value = values[field]
    return typeof value === 'string' ? [{ kind, value, namespace: ofTheChannel.has(kind) ? channelId : 0 }] : []
  })
}

export const identityKey = ({ kind, namespace, value }: IdentityValue): string => `${kind}\n${namespace}\n${value}`
