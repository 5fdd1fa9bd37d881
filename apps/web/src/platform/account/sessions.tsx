import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { OpenSession } from '@zhike/contract/platform/session.ts'
import * as session from '@zhike/contract/platform/session.ts'
import { api } from '../../app/api.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice, useProblemText } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { deviceOf } from './device.ts'

const sessionList = queryOptions({ queryKey: ['sessions'], queryFn: ({ signal }) => api(session.list, {}, { signal }) })

/** Where one is signed in, and the way to end what is not one's own doing. */
export function Sessions() {
  const { t } = useTranslation()
  const list = useQuery(sessionList)
  return (
    <Card title={t('sessions.title')} note={t('sessions.note')}>
      {list.isError && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      <ul className="profiles">
        {list.data?.items.map((each) => (
          <SessionRow key={each.id} open={each} />
        ))}
      </ul>
    </Card>
  )
}

function SessionRow({ open: { id, current, address, userAgent, lastUsedAt } }: { open: OpenSession }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const problemText = useProblemText()
  const end = useMutation({
    mutationFn: () => api(session.revoke, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionList.queryKey }),
    onError: (error) => say({ text: problemText(error).title, tone: 'bad' }),
  })
  const device = deviceOf(userAgent) ?? t('sessions.unknown')
  return (
    <li>
      <div>
        <b>{device}</b> {current && <Badge tone="jade">{t('sessions.current')}</Badge>}
        <div className="muted small">{[address, formats.ago(lastUsedAt)].filter(Boolean).join(' · ')}</div>
      </div>
      {!current && (
        <Button small busy={end.isPending} aria-label={t('sessions.end.of', { device })} onClick={() => end.mutate()}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}
