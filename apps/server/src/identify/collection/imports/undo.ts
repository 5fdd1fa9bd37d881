import type { ProfileField, ProfileValues } from '@zhike/contract/identify/profile-fields.ts'
import { asRows } from '../../../platform/database/bulk.ts'
import type { Tx } from '../../../platform/database/database.ts'
import type { JobContext } from '../../../platform/jobs/job-kind.ts'
import { publish } from '../../../platform/outbox/outbox.ts'
import { refreshCustomers } from '../../customers/refresh.ts'
import { refreshTotals } from '../../customers/totals.ts'
import { identitiesOf } from '../../identity/identities.ts'
import { lockLinking } from '../../identity/record-profiles.ts'
import { retractFacts } from './undo-facts.ts'

const profilesPerBatch = 1000

/**
 * Takes an import back: its facts are retracted and what they replaced counts again; its words are taken out of the profiles,
 * which go when nothing else was said; links that it made are undone; customers are computed again. Every step is a transaction
 * that finds its own rest, so a run that was broken off goes on.
 */
export async function undoImportRun(context: JobContext, importId: string): Promise<{ facts: number; profiles: number }> {
  const total = await context.transaction('system', (tx) => countProfiles(tx, importId))
  let facts = 0
  for (;;) {
    await context.recheck()
    const retracted = await context.transaction('system', (tx) => retractFacts(tx, importId))
    if (retracted === 0) break
    facts += retracted
    await context.progress(0, null, 'facts')
  }
  let profiles = 0
  for (;;) {
    await context.recheck()
    const some = await context.transaction('system', (tx) => retractWords(tx, importId))
    if (some === 0) break
    profiles += some
    await context.progress(Math.min(profiles, total), total, 'profiles')
  }
  return { facts, profiles }
}

async function countProfiles(tx: Tx, importId: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from (
      select id from profile where import_id = ${importId} and retracted_at is null
      union select profile_id from profile_version where import_id = ${importId}) p`
  return row?.count ?? 0
}

interface Word {
  profileId: string
  channelId: number
  sourceKey: string | null
  customerId: string | null
  /** Orders or contacts that are not this import's hang on it. */
  needed: boolean
  values: ProfileValues
  /** The current version is this import's word; else it stands in the history. */
  current: boolean
  /** All that was said, oldest first, without the import's own words. */
  rest: { said: ProfileValues; recordedAt: string; recordedBy: string | null; importId: string | null }[]
}

/** Takes the import's words out of the next profiles. @returns how many there were */
async function retractWords(tx: Tx, importId: string): Promise<number> {
  await lockLinking(tx)
  const words = await readWords(tx, importId)
  if (words.length === 0) return 0
  const ids = words.map(({ profileId }) => profileId)
  const kept = words.flatMap((word) => {
    const values = Object.assign({}, ...word.rest.map(({ said }) => said)) as ProfileValues
    const remaining = Object.keys(values).length > 0 ? values : word.needed ? keyValues(word) : undefined
    return remaining ? [{ word, values: remaining }] : []
  })
  const keptIds = new Set(kept.map(({ word }) => word.profileId))
  const gone = words.filter(({ profileId }) => !keptIds.has(profileId))
  const back = await undoMoves(tx, importId, ids)
  await tx`delete from profile_version where profile_id = any (${ids}::uuid[]) and import_id = ${importId}`
  await tx`delete from identity where profile_id = any (${ids}::uuid[])`
  await dropNewestOfHistory(
    tx,
    kept.filter(({ word }) => word.current).map(({ word }) => word.profileId),
  )
  await tx`
    update profile p
       set values = k.values, said = k.said, version = p.version + 1, recorded_at = coalesce(k.at, p.recorded_at), recorded_by = k.by,
           import_id = k.import, created_by_import = case when p.created_by_import = ${importId} then k.import else p.created_by_import end
      from json_to_recordset(${asRows(
        tx,
        kept.map(({ word, values }) => {
          const last = word.rest.at(-1)
          return {
            id: word.profileId,
            values,
            said: last?.said ?? values,
            at: last?.recordedAt ?? null,
            by: last?.recordedBy ?? null,
            import: last?.importId ?? null,
          }
        }),
      )}) as k(id uuid, values jsonb, said jsonb, at timestamptz, by uuid, import uuid)
     where p.id = k.id`
  const identities = kept.flatMap(({ word, values }) =>
    identitiesOf(values, word.channelId).map(({ kind, namespace, value }) => ({ profile_id: word.profileId, kind, namespace, value })),
  )
  await tx`
    insert into identity (profile_id, kind, namespace, value)
    select r.profile_id, r.kind, r.namespace, r.value from json_populate_recordset(null::identity, ${asRows(tx, identities)}) r
     where not exists (select 1 from blocked_identity b where b.kind = r.kind and b.value = r.value)
    on conflict do nothing`
  const goneIds = gone.map(({ profileId }) => profileId)
  await tx`delete from profile_customer where profile_id = any (${goneIds}::uuid[])`
  await tx`update profile set retracted_at = now(), import_id = null where id = any (${goneIds}::uuid[])`
  const customers = new Set([...words.flatMap(({ customerId }) => customerId ?? []), ...back])
  await refreshCustomers(tx, [...customers], new Date())
  await refreshTotals(tx, [...customers])
  await publish(tx, [
    { type: 'customer.changed', ids: [...customers] },
    { type: 'profile.linked', ids },
  ])
  return words.length
}

async function readWords(tx: Tx, importId: string): Promise<Word[]> {
  return tx<Word[]>`
    with wanted as (
      select id from profile where import_id = ${importId} and retracted_at is null
      union select v.profile_id from profile_version v join profile p on p.id = v.profile_id
             where v.import_id = ${importId} and p.retracted_at is null
      limit ${profilesPerBatch})
    select p.id as "profileId", p.channel_id as "channelId", p.source_key as "sourceKey", l.customer_id as "customerId", p.values,
           p.import_id is not distinct from ${importId} as current,
           exists (select 1 from orders o where o.profile_id = p.id and o.retracted_at is null)
             or exists (select 1 from contact c where c.profile_id = p.id and c.retracted_at is null) as needed,
           coalesce((select jsonb_agg(jsonb_build_object('said', s.said, 'recordedAt', s.recorded_at, 'recordedBy', s.recorded_by, 'importId', s.import_id)
                                      order by s.version)
                       from (select v.version, coalesce(v.said, v.values) as said, v.recorded_at, v.recorded_by, v.import_id
                               from profile_version v where v.profile_id = p.id
                             union all
                             select p.version, coalesce(p.said, p.values), p.recorded_at, p.recorded_by, p.import_id) s
                      where s.import_id is distinct from ${importId}), '[]') as rest
      from wanted w
      join profile p on p.id = w.id
      left join profile_customer l on l.profile_id = p.id`
}

/** What remains of a profile that others still refer to: the name by which they do. */
function keyValues({ sourceKey, values }: Word): ProfileValues | undefined {
  const [kind, rest = ''] = (sourceKey ?? '').split(/:(.*)/s)
  const fields: Record<string, ProfileField> = {
    id: 'externalId',
    member: 'memberNumber',
    phone: 'phone',
    email: 'email',
    credit: 'creditCode',
    unionid: 'unionid',
    openid: 'openid',
  }
  const field = fields[kind ?? '']
  if (!field) return values.name ? { name: values.name } : undefined
  return { [field]: rest.split('|')[0] } as ProfileValues
}

/** The newest remaining word becomes the current one and leaves the history. */
async function dropNewestOfHistory(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx`
    delete from profile_version v using (
      select profile_id, max(version) as version from profile_version where profile_id = any (${ids}::uuid[]) group by profile_id) newest
     where v.profile_id = newest.profile_id and v.version = newest.version`
}

/** Profiles that the import's links moved, and that are still where it put them, go back. @returns the customers concerned */
async function undoMoves(tx: Tx, importId: string, arrived: readonly string[]): Promise<string[]> {
  const moves = await tx<{ profileId: string; from: string; to: string }[]>`
    update link_history h set undone_at = now()
     where h.import_id = ${importId} and h.undone_at is null and h.from_customer is not null
       and h.to_customer in (select customer_id from profile_customer where profile_id = any (${arrived}::uuid[]))
    returning h.profile_id as "profileId", h.from_customer as "from", h.to_customer as "to"`
  if (moves.length === 0) return []
  await tx`
    update profile_customer l set customer_id = m.f
      from json_to_recordset(${asRows(
        tx,
        moves.map(({ profileId, from, to }) => ({ p: profileId, f: from, t: to })),
      )}) as m(p uuid, f uuid, t uuid)
     where l.profile_id = m.p and l.customer_id = m.t`
  await publish(tx, [{ type: 'profile.linked', ids: moves.map(({ profileId }) => profileId) }])
  return [...new Set(moves.flatMap(({ from, to }) => [from, to]))]
}
