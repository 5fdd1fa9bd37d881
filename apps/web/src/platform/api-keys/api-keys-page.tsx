import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ApiKey } from '@zhike/contract/platform/api-keys.ts'
import { useCodeText } from '../../app/code-text.ts'
import { useAllowed } from '../../app/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useFormats } from '../../ui/formats.ts'
import { useListText } from '../../ui/list-text.ts'
import { Card, Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { keyList } from './key-queries.ts'
import { NewKey } from './new-key.tsx'
import { RevokeKey } from './revoke-key.tsx'

const routeApi = getRouteApi('/shell/api-keys')

export function ApiKeysPage() {
  const { t } = useTranslation()
  const may = useAllowed()
  const navigate = routeApi.useNavigate()
  const { of } = routeApi.useSearch()
  const everybody = of === 'everybody' && may('user.manage')
  return (
    <Page title={t('keys.api.title')} purpose={t('keys.api.purpose')}>
      <div className="stack">
        {may('user.manage') && (
          <div>
            <Segments
              label={t('keys.api.of')}
              value={everybody ? 'everybody' : 'me'}
              options={(['me', 'everybody'] as const).map((value) => ({ value, label: t(`keys.api.of.${value}`) }))}
              onChange={(value) => void navigate({ search: value === 'everybody' ? { of: value } : {}, replace: true })}
            />
          </div>
        )}
        {!everybody && (
          <Card title={t('keys.api.create')}>
            <NewKey />
          </Card>
        )}
        <KeyTable everybody={everybody} />
      </div>
    </Page>
  )
}

function KeyTable({ everybody }: { everybody: boolean }) {
  const { t } = useTranslation()
  const columns = useColumns(everybody)
  const keys = useQuery(keyList(everybody))
  if (keys.isPending) return <Skeleton />
  if (keys.isError) return <ProblemNotice error={keys.error} retry={() => void keys.refetch()} />
  if (keys.data.items.length === 0) return <Empty title={t('keys.api.none')} text={t('keys.api.none.text')} />
  return (
    <DataTable
      label={t('keys.api.list')}
      rows={keys.data.items}
      columns={columns}
      rowKey={({ id }) => id}
      card={(key) => <KeyCard apiKey={key} everybody={everybody} />}
      hasMore={false}
      loadingMore={false}
      loadMore={() => {}}
    />
  )
}

function useColumns(everybody: boolean): Column<ApiKey>[] {
  const { t } = useTranslation()
  const formats = useFormats()
  const all: (Column<ApiKey> | false)[] = [
    {
      key: 'name',
      title: t('keys.api.name'),
      width: 'minmax(180px, 1.6fr)',
      render: ({ name, hint }) => (
        <>
          <b>{name}</b> <span className="muted small">{hint}</span>
        </>
      ),
    },
    everybody && { key: 'owner', title: t('keys.api.owner'), width: 'minmax(90px, 1fr)', render: ({ owner }) => <Owner owner={owner} /> },
    { key: 'rights', title: t('keys.api.rights'), width: 'minmax(120px, 1fr)', render: (key) => <KeyRightsText apiKey={key} /> },
    { key: 'until', title: t('keys.api.until'), width: '110px', render: ({ expiresAt }) => formats.day(expiresAt) },
    {
      key: 'used',
      title: t('keys.api.lastUsed'),
      width: '110px',
      render: ({ lastUsedAt }) => (lastUsedAt ? formats.ago(lastUsedAt) : <span className="muted">{t('keys.api.unused')}</span>),
    },
    { key: 'state', title: t('keys.api.state'), width: '90px', render: ({ state }) => <KeyState state={state} /> },
    { key: 'revoke', title: '', width: '84px', align: 'end', render: (key) => <RevokeKey apiKey={key} /> },
  ]
  return all.filter((column) => column !== false)
}

const Owner = ({ owner }: Pick<ApiKey, 'owner'>) => (
  <Link to="/people/$id" params={{ id: owner.id }}>
    {owner.name}
  </Link>
)

function KeyState({ state }: Pick<ApiKey, 'state'>) {
  const { t } = useTranslation()
  return <Badge tone={state === 'active' ? 'jade' : 'gray'}>{t(`keys.api.state.${state}`)}</Badge>
}

function KeyRightsText({ apiKey: { rights } }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const list = useListText()
  if (rights === null) return t('keys.api.rights.owner')
  if (rights.length === 0) return t('keys.api.rights.none')
  const names = list(rights.map((right) => text('right', right)))
  return <span title={names}>{rights.length > 2 ? t('keys.api.rights.count', { count: rights.length }) : names}</span>
}

function KeyCard({ apiKey, everybody }: { apiKey: ApiKey; everybody: boolean }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { name, hint, state, owner, expiresAt, lastUsedAt } = apiKey
  return (
    <div className="row-card">
      <div>
        <span>
          <b>{name}</b> <span className="muted small">{hint}</span>
        </span>
        <KeyState state={state} />
      </div>
      <div className="muted small">
        <span>{t('keys.api.expires', { day: formats.day(expiresAt) })}</span>
        <span>{lastUsedAt ? t('keys.api.used', { time: formats.ago(lastUsedAt) }) : t('keys.api.unused')}</span>
      </div>
      <div className="small">
        {everybody ? <Owner owner={owner} /> : <KeyRightsText apiKey={apiKey} />}
        <RevokeKey apiKey={apiKey} />
      </div>
    </div>
  )
}
