import './texts.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { type User, UserState } from '@zhike/contract/platform/users.ts'
import { useCallback } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { type Option, Select } from '../../ui/field.tsx'
import { useFormats } from '../../ui/formats.ts'
import { useListText } from '../../ui/list-text.ts'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { roleList, type UserListState, userList } from './people-queries.ts'
import { PeopleTabs } from './people-tabs.tsx'
import { TeamPicker } from './team-picker.tsx'
import { stateTones } from './user-state.ts'
import './people.css'

const routeApi = getRouteApi('/shell/people')

export function UserListPage() {
  const { t } = useTranslation()
  const state = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const change = useCallback(
    (next: Partial<UserListState>) => void navigate({ search: (now) => ({ ...now, ...next }), replace: true }),
    [navigate],
  )
  return (
    <Page
      title={t('people.title')}
      purpose={t('people.purpose')}
      actions={
        <Link to="/people/new" className={buttonClass('primary')}>
          {t('people.new')}
        </Link>
      }
    >
      <PeopleTabs />
      <Filters state={state} onChange={change} />
      <UserTable state={state} onChange={change} />
    </Page>
  )
}

interface StateProps {
  state: UserListState
  onChange: (next: Partial<UserListState>) => void
}

function Filters({ state, onChange }: StateProps) {
  const { t, i18n } = useTranslation()
  const roles = useQuery(roleList(i18n.language))
  const search = useCallback((q: string) => onChange({ q: q || undefined }), [onChange])
  const choices = (name: string, items: readonly Option[]) => [{ value: '', label: name }, ...items]
  const named = (items: readonly { id: string; name: string }[] | undefined) =>
    (items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const filters = [
    {
      key: 'state',
      all: t('people.filter.state'),
      items: UserState.options.map((value) => ({ value, label: t(`people.state.${value}`) })),
    },
    { key: 'role', all: t('people.filter.role'), items: named(roles.data?.items) },
  ] as const
  return (
    <div className="toolbar">
      <SearchInput label={t('people.search')} text={state.q ?? ''} onSearch={search} />
      {filters.map(({ key, all, items }) => (
        <Select
          key={key}
          aria-label={all}
          value={state[key] ?? ''}
          options={choices(all, items)}
          onChange={(value) => onChange({ [key]: value || undefined })}
        />
      ))}
      <TeamPicker
        aria-label={t('people.filter.team')}
        value={state.team}
        first={[{ value: '', label: t('people.filter.team') }]}
        onChange={(value) => onChange({ team: value || undefined })}
      />
    </div>
  )
}

function UserTable({ state, onChange }: StateProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const columns = useColumns()
  const list = useInfiniteQuery(userList(state))
  const { fetchNextPage } = list
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  if (list.isPending) return <Skeleton />
  if (list.isError) return <ProblemNotice error={list.error} retry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) {
    const clear = { q: undefined, state: undefined, role: undefined, team: undefined }
    return (
      <Empty
        title={t('people.nobody')}
        text={t('people.nobody.text')}
        action={<Button onClick={() => onChange(clear)}>{t('people.nobody.action')}</Button>}
      />
    )
  }
  const count = formats.count(rows.length)
  return (
    <>
      <DataTable
        label={t('people.list')}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        card={(user) => <UserCard user={user} />}
        onOpen={({ id }) => void navigate({ to: '/people/$id', params: { id } })}
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        loadMore={loadMore}
      />
      <p className="status-line" aria-live="polite">
        {list.hasNextPage ? (
          t('people.shown.more', { count: count as unknown as number })
        ) : (
          <span data-rows={rows.length}>{t('people.shown', { count: rows.length })}</span>
        )}
      </p>
    </>
  )
}

function UserLink({ user: { id, name } }: { user: User }) {
  return (
    <span className="customer-name">
      <Link to="/people/$id" params={{ id }}>
        {name}
      </Link>
    </span>
  )
}

function useColumns(): Column<User>[] {
  const { t } = useTranslation()
  const formats = useFormats()
  const list = useListText()
  const names = (items: readonly { name: string }[], none: string) =>
    items.length > 0 ? list(items.map(({ name }) => name)) : <span className="muted">{none}</span>
  return [
    {
      key: 'name',
      title: t('people.column.name'),
      width: 'minmax(220px, 2fr)',
      render: (user) => (
        <>
          <UserLink user={user} /> <span className="muted small">{user.email}</span>
        </>
      ),
    },
    {
      key: 'roles',
      title: t('people.column.roles'),
      width: 'minmax(110px, 1fr)',
      render: ({ roles }) => names(roles, t('people.role.none')),
    },
    {
      key: 'teams',
      title: t('people.column.teams'),
      width: 'minmax(110px, 1fr)',
      render: ({ teams }) => names(teams, '—'),
    },
    {
      key: 'factor',
      title: t('people.column.factor'),
      width: '110px',
      render: ({ secondFactor }) => (secondFactor ? t('people.factor.on') : <span className="muted">{t('people.factor.off')}</span>),
    },
    {
      key: 'seen',
      title: t('people.column.seen'),
      width: '110px',
      render: ({ lastSignInAt }) => (lastSignInAt ? formats.ago(lastSignInAt) : <span className="muted">{t('people.seen.never')}</span>),
    },
    {
      key: 'state',
      title: t('people.column.state'),
      width: '90px',
      render: ({ state }) => <Badge tone={stateTones[state]}>{t(`people.state.${state}`)}</Badge>,
    },
  ]
}

function UserCard({ user }: { user: User }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const list = useListText()
  return (
    <div className="row-card">
      <div>
        <UserLink user={user} />
        <Badge tone={stateTones[user.state]}>{t(`people.state.${user.state}`)}</Badge>
      </div>
      <div className="muted small">
        <span>{user.email}</span>
        <span>{user.lastSignInAt ? formats.ago(user.lastSignInAt) : t('people.seen.never')}</span>
      </div>
      <div className="small">
        <span>{list([...user.roles, ...user.teams].map(({ name }) => name))}</span>
      </div>
    </div>
  )
}
