import { infiniteQueryOptions } from '@tanstack/react-query'
import * as auditLog from '@zhike/contract/platform/audit-log.ts'
import { api } from '../../app/api.ts'
import { dayStart, nextDay } from './day-start.ts'

export interface AuditState {
  who?: string | undefined
  what?: string | undefined
  object?: string | undefined
  id?: string | undefined
  via?: 'session' | 'api-key' | 'job' | 'system' | undefined
  from?: string | undefined
  to?: string | undefined
}

/** The filter as the server takes it: days, both included, become instants of the company's time zone. */
export const auditFilter = ({ who, what, object, id, via, from, to }: AuditState, timeZone: string) => ({
  userId: who,
  action: what,
  object,
  objectId: id,
  via,
  from: from && dayStart(from, timeZone),
  to: to && dayStart(nextDay(to), timeZone),
})

export const auditList = (state: AuditState, timeZone: string) =>
  infiniteQueryOptions({
    queryKey: ['audit', state, timeZone],
    queryFn: ({ pageParam: after, signal }) =>
      api(auditLog.list, { query: { ...auditFilter(state, timeZone), after, limit: 100 } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
