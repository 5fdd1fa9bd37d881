import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import type { ApiKey } from '@zhike/contract/platform/api-keys.ts'
import { Badge } from '../../ui/badge.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { keyList } from './key-queries.ts'
import { NewKey } from './new-key.tsx'
import { RevokeKey } from './revoke-key.tsx'

/** One's own keys on the page of one's account. */
export function OwnKeys() {
  const { t } = useTranslation()
  const keys = useQuery(keyList(false))
  return (
    <Card title={t('keys.api.title')} note={t('keys.api.note')} className="account-wide">
      <NewKey />
      {keys.isError && <ProblemNotice error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data?.items.length === 0 && <p className="muted">{t('keys.api.none')}</p>}
      <ul className="profiles">
        {keys.data?.items.map((key) => (
          <KeyRow key={key.id} apiKey={key} />
        ))}
      </ul>
    </Card>
  )
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { name, hint, state, expiresAt, lastUsedAt } = apiKey
  return (
    <li>
      <div>
        <b>{name}</b> <Badge tone={state === 'active' ? 'jade' : 'gray'}>{t(`keys.api.state.${state}`)}</Badge>
        <div className="muted small">
          {[
            hint,
            t('keys.api.expires', { day: formats.day(expiresAt) }),
            lastUsedAt ? t('keys.api.used', { time: formats.ago(lastUsedAt) }) : t('keys.api.unused'),
          ].join(' · ')}
        </div>
      </div>
      <RevokeKey apiKey={apiKey} />
    </li>
  )
}
