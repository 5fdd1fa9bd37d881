import './texts.ts'
import '../../identify/customers/texts.ts'
import '../../platform/jobs/texts.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { AnalysisMethod, Member } from '@zhike/contract/differentiate/analyses.ts'
import { Skeleton } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useCodeText } from '../../app/code-text.ts'
import { CustomerName } from '../../identify/customers/customer-columns.tsx'
import { RfmGroupBadge } from '../../identify/customers/labels.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { type Formats, useFormats } from '../../ui/formats.ts'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { runById, runMembers } from './analysis-queries.ts'
import { ExportButton } from './export-button.tsx'
import './rfm.css'

const routeApi = getRouteApi('/shell/rfm/$id/people')

/** Who stands behind a cell, a group or a class of a result. */
export function PeoplePage() {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  const navigate = useNavigate()
  const { id } = routeApi.useParams()
  const filter = routeApi.useSearch()
  const run = useQuery(runById(id))
  const members = useInfiniteQuery(runMembers(id, filter))
  const { fetchNextPage } = members
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const method = run.data?.method ?? 'rfm'
  const columns = useColumns(method)
  const rows = members.data?.pages.flatMap(({ items }) => items) ?? []
  const total = members.data?.pages[0]?.total
  const title = [
    filter.group && (method === 'rfm' ? text('rfm.group', filter.group) : text('abc.class', filter.group)),
    filter.level && text('abc.level', filter.level),
    filter.r && `R${filter.r}`,
    filter.f && `F${filter.f}`,
  ].filter(Boolean)
  return (
    <Page
      title={title.length > 0 ? title.join(' · ') : t('rfm.people.title')}
      purpose={total !== undefined && t('rfm.people.count', { count: total, number: formats.count(total) })}
      above={
        <>
          <Link to="/rfm" search={method === 'rfm' ? { run: id } : {}}>
            {t('rfm.title')}
          </Link>
          {run.data && ` / ${t('rfm.asOf')} ${run.data.asOf}`}
        </>
      }
      actions={<ExportButton runId={id} filter={filter} />}
    >
      {members.isPending && <Skeleton active />}
      {members.isError && <ProblemNotice error={members.error} retry={() => void members.refetch()} />}
      {members.isSuccess && rows.length === 0 && <Empty title={t('rfm.people.empty')} />}
      {rows.length > 0 && (
        <DataTable
          label={t('rfm.people.list')}
          rows={rows}
          columns={columns}
          rowKey={({ customer }) => customer.id}
          card={(member) => <MemberCard member={member} formats={formats} />}
          onOpen={({ customer }) => {
            if (customer.gone?.how !== 'removed') void navigate({ to: '/customers/$id', params: { id: customer.id } })
          }}
          total={total}
          hasMore={members.hasNextPage}
          loadingMore={members.isFetchingNextPage}
          loadMore={loadMore}
        />
      )}
    </Page>
  )
}

const number = (value: string | number | null | undefined): number => (typeof value === 'number' ? value : 0)

function useColumns(method: AnalysisMethod): Column<Member>[] {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  const who: Column<Member>[] = [
    {
      key: 'customer',
      title: t('rfm.people.column.customer'),
      width: 'minmax(180px, 2fr)',
      render: ({ customer }) => <MemberName customer={customer} />,
    },
    { key: 'phone', title: t('rfm.people.column.phone'), width: 'minmax(120px, 1fr)', render: ({ customer }) => customer.phone },
    { key: 'city', title: t('rfm.people.column.city'), width: 'minmax(90px, 1fr)', render: ({ customer }) => customer.city },
  ]
  const scores: Column<Member>[] = [
    {
      key: 'group',
      title: t('rfm.people.column.group'),
      width: 'minmax(100px, 1fr)',
      render: ({ values }) => values['group'] && <RfmGroupBadge group={String(values['group'])} />,
    },
    {
      key: 'scores',
      title: t('rfm.people.column.scores'),
      width: '80px',
      render: ({ values }) => [values['r'], values['f'], values['m']].join(' '),
    },
    {
      key: 'recency',
      title: t('rfm.people.column.recency'),
      width: 'minmax(80px, 0.8fr)',
      align: 'end',
      render: ({ values }) => t('rfm.people.days', { count: number(values['recencyDays']) }),
    },
    {
      key: 'frequency',
      title: t('rfm.people.column.frequency'),
      width: 'minmax(70px, 0.6fr)',
      align: 'end',
      render: ({ values }) => formats.count(number(values['frequency'])),
    },
    {
      key: 'monetary',
      title: t('rfm.people.column.monetary'),
      width: 'minmax(110px, 1fr)',
      align: 'end',
      render: ({ values }) => formats.money(number(values['monetary'])),
    },
  ]
  const classes: Column<Member>[] = [
    {
      key: 'class',
      title: t('rfm.people.column.class'),
      width: '100px',
      render: ({ values }) => values['class'] && text('abc.class', String(values['class'])),
    },
    {
      key: 'value',
      title: t('rfm.people.column.value'),
      width: 'minmax(110px, 1fr)',
      align: 'end',
      render: ({ values }) => formats.money(number(values['value'])),
    },
  ]
  return [...who, ...(method === 'abc' ? classes : scores)]
}

/** A result keeps whom it counted: who has gone since is said to have gone. The page of somebody merged is that of whom they became. */
function MemberName({ customer }: { customer: Member['customer'] }) {
  const { t } = useTranslation()
  const { gone, code } = customer
  if (!gone) return <CustomerName customer={customer} />
  if (gone.how === 'removed') {
    return (
      <span className="muted">
        {t('rfm.people.gone.removed')} <span className="small">{code}</span>
      </span>
    )
  }
  const name = gone.into === null ? t('rfm.people.gone.mergedUnseen') : t('rfm.people.gone.merged', { code: gone.into })
  return <CustomerName customer={{ ...customer, name }} />
}

function MemberCard({ member: { customer, values }, formats }: { member: Member; formats: Formats }) {
  return (
    <div className="row-card">
      <div>
        <MemberName customer={customer} />
        <strong>{formats.moneyShort(number(values['monetary'] ?? values['value']))}</strong>
      </div>
      <div className="muted small">
        <span>{[customer.phone, customer.city].filter(Boolean).join(' · ')}</span>
        <span>{values['r'] && `R${values['r']} F${values['f']} M${values['m']}`}</span>
      </div>
    </div>
  )
}
