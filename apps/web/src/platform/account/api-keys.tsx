import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ApiKey } from '@zhike/contract/platform/api-keys.ts'
import * as apiKeys from '@zhike/contract/platform/api-keys.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice, useProblemText } from '../../ui/problem.tsx'

const keyList = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => api(apiKeys.list, { query: { userId: undefined } }, { signal }),
})

/** One's own keys for programs. */
export function ApiKeys() {
  const { t } = useTranslation()
  const keys = useQuery(keyList)
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

function NewKey() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [made, setMade] = useState<string>()
  const copy = async (key: string) => {
    await navigator.clipboard.writeText(key)
    say({ text: t('keys.api.copied') })
  }
  return (
    <div className="new-key">
      <SchemaForm
        schema={apiKeys.create.body}
        kind="plain"
        clears
        initial={{ expiresInDays: 90 }}
        also={{ rights: null }}
        submit={t('keys.api.create')}
        fields={[
          { name: 'name', label: t('keys.api.name'), half: true },
          {
            name: 'expiresInDays',
            label: t('keys.api.days'),
            control: 'number',
            half: true,
            options: [30, 90, 180, 365].map((count) => ({ value: String(count), label: t('keys.api.days.count', { count }) })),
          },
        ]}
        onSubmit={async (body) => {
          setMade((await api(apiKeys.create, { body })).key)
          await client.invalidateQueries({ queryKey: keyList.queryKey })
        }}
      />
      {made && (
        <Notice
          tone="good"
          title={t('keys.api.shown')}
          action={
            <Button small onClick={() => void copy(made)}>
              {t('action.copy')}
            </Button>
          }
        >
          <code className="secret">{made}</code>
        </Notice>
      )}
    </div>
  )
}

function KeyRow({ apiKey: { id, name, hint, state, expiresAt, lastUsedAt } }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const problemText = useProblemText()
  const [asking, setAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => api(apiKeys.revoke, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keyList.queryKey }),
    onError: (error) => say({ text: problemText(error).title, tone: 'bad' }),
    onSettled: () => setAsking(false),
  })
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
      {state === 'active' && (
        <Button small aria-label={t('keys.api.revoke.of', { name })} onClick={() => setAsking(true)}>
          {t('keys.api.revoke')}
        </Button>
      )}
      {asking && (
        <Dialog
          title={t('keys.api.revoke.title', { name })}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
              <Button kind="danger" busy={revoke.isPending} onClick={() => revoke.mutate()}>
                {t('keys.api.revoke')}
              </Button>
            </>
          }
        >
          <p>{t('keys.api.revoke.text')}</p>
        </Dialog>
      )}
    </li>
  )
}
