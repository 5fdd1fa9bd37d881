import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { rights } from '@zhike/contract/platform/rights.ts'
import type { Role } from '@zhike/contract/platform/roles.ts'
import { Badge } from '../../ui/badge.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { roleList } from './people-queries.ts'
import { PeopleTabs } from './people-tabs.tsx'

export function RoleListPage() {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const columns = useColumns()
  const list = useQuery(roleList(i18n.language))
  return (
    <Page
      title={t('roles.title')}
      purpose={t('roles.purpose')}
      actions={
        <Link to="/people/roles/new" className={buttonClass('primary')}>
          {t('roles.new')}
        </Link>
      }
    >
      <PeopleTabs />
      {list.isPending && <Skeleton />}
      {list.isError && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && (
        <DataTable
          label={t('roles.list')}
          rows={list.data.items}
          columns={columns}
          rowKey={({ id }) => id}
          card={(role) => <RoleCard role={role} />}
          onOpen={({ id }) => void navigate({ to: '/people/roles/$id', params: { id } })}
          hasMore={false}
          loadingMore={false}
          loadMore={() => {}}
        />
      )}
    </Page>
  )
}

const allRights = Object.keys(rights).length

function useColumns(): Column<Role>[] {
  const { t } = useTranslation()
  return [
    { key: 'name', title: t('roles.column.name'), width: 'minmax(140px, 1.4fr)', render: (role) => <RoleLink role={role} /> },
    { key: 'kind', title: t('roles.column.kind'), width: '90px', render: (role) => <RoleKind role={role} /> },
    {
      key: 'rights',
      title: t('roles.column.rights'),
      width: '120px',
      render: ({ grants }) => t('roles.rights', { count: grants.length, all: allRights }),
    },
    {
      key: 'customers',
      title: t('roles.column.customers'),
      width: 'minmax(160px, 1fr)',
      render: (role) => <CustomerRows role={role} />,
    },
    { key: 'members', title: t('roles.column.members'), width: '90px', align: 'end', render: (role) => <Members role={role} /> },
  ]
}

function RoleLink({ role: { id, name } }: { role: Role }) {
  return (
    <span className="customer-name">
      <Link to="/people/roles/$id" params={{ id }}>
        {name}
      </Link>
    </span>
  )
}

function RoleKind({ role: { builtIn } }: { role: Role }) {
  const { t } = useTranslation()
  return <Badge tone={builtIn ? 'gray' : 'jade'}>{t(builtIn ? 'roles.builtIn' : 'roles.own')}</Badge>
}

function CustomerRows({ role: { grants } }: { role: Role }) {
  const { t } = useTranslation()
  const held = grants.find(({ right }) => right === 'customer.read')
  if (!held) return <span className="muted">{t('roles.customers.none')}</span>
  const scope = t(`scope.${held.scope}`)
  return held.pool && held.scope !== 'all' ? t('scope.with.pool', { scope }) : scope
}

function Members({ role: { id, name, members } }: { role: Role }) {
  const { t } = useTranslation()
  return (
    <Link to="/people" search={{ role: id }} aria-label={t('roles.members.of', { name, count: members })} data-rows={members}>
      {t('teams.members', { count: members })}
    </Link>
  )
}

function RoleCard({ role }: { role: Role }) {
  const { t } = useTranslation()
  return (
    <div className="row-card">
      <div>
        <RoleLink role={role} />
        <RoleKind role={role} />
      </div>
      <div className="small">
        <CustomerRows role={role} />
        <Members role={role} />
      </div>
      <div className="muted small">{t('roles.rights', { count: role.grants.length, all: allRights })}</div>
    </div>
  )
}
