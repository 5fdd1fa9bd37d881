import type { CustomerKind, ProfileField } from '@zhike/contract/identify/profile-fields.ts'
import { insertRows } from '../../platform/database/bulk.ts'
import type { Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/database/ids.ts'
import type { ProfileRecord, Recording } from '../identity/record-profiles.ts'

/** The manual channel; the first migration that knows channels makes it. */
export const manualChannelId = 1

/** What a customer's own manual profile is called in the manual channel. */
export const manualKey = (customerId: string): string => `manual:${customerId}`

/** The recording of what a person enters. */
export async function manualRecording(tx: Tx, by: string, now: Date): Promise<Recording> {
  const [channel] = await tx<
    { id: number; code: string; trust: number }[]
  >`select id, code, trust from channel where id = ${manualChannelId}`
  if (!channel) throw new Error('the manual channel is missing')
  return { channel, now, by, importId: null }
}

/** Every value that a person enters is one that they stand for. */
export function confirmedBy(values: object, by: string, now: Date): NonNullable<ProfileRecord['confirmed']> {
  const fields = Object.keys(values) as ProfileField[]
  return Object.fromEntries(fields.map((field) => [field, { at: now.toISOString(), by }]))
}

/** Whether a customer has a manual card. */
export async function hasManualCard(tx: Tx, { channel }: Recording, customerId: string): Promise<boolean> {
  const [known] = await tx`
    select 1 as known from profile where channel_id = ${channel.id} and source_key = ${manualKey(customerId)} and retracted_at is null`
  return known !== undefined
}

/** Opens an empty manual card, so that it belongs to this customer whatever it will say. */
export async function openManualCard(
  tx: Tx,
  { channel, now, by }: Recording,
  customer: { id: string; kind: CustomerKind },
): Promise<string> {
  const profileId = newId()
  await insertRows(tx, 'profile', [
    {
      id: profileId,
      channel_id: channel.id,
      kind: customer.kind,
      source_key: manualKey(customer.id),
      version: 1,
      values: {},
      confirmed: {},
      recorded_at: now,
      recorded_by: by,
      created_at: now,
    },
  ])
  await insertRows(tx, 'profile_customer', [{ profile_id: profileId, customer_id: customer.id }])
  return profileId
}
