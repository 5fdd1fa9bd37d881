import './texts.ts'
import '../label-texts.ts'
import '../../identify/customers/texts.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { AnalysisMethod, Member, MemberSort } from '@zhike/contract/differentiate/analyses.ts'
import { useCallback } from 'react'
import { NoRightPage } from '../../app/failed-page.tsx'
import { useAllowed, useMe } from '../../app/session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { type MemberList, runById, runMembers } from './analysis-queries.ts'
import { ExportButton } from './export-button.tsx'
import { useFilterText } from './filter-text.ts'
import { MemberCard, useMemberColumns } from './people-columns.tsx'
import './analyses.css'

const routeApi = getRouteApi('/shell/runs/$id/people')

/** What each method's people are sorted by at first: the server's own order. */
const worth = { rfm: 'monetary', abc: 'value', clv: 'futureValue' } as const satisfies Record<AnalysisMethod, MemberSort>

/** Who stands behind a mark of a result. */
export function PeoplePage() {
  const may = useAllowed()
  return may('analysis.read') ? <People /> : <NoRightPage right="analysis.read" />
}

function People() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { id } = routeApi.useParams()
  const list = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const run = useQuery(runById(id))
  const members = useInfiniteQuery(runMembers(id, list))
  const text = useFilterText()
  const method = run.data?.method
  const total = members.data?.pages[0]?.total
  const search = useCallback(
    (typed: string) => void navigate({ search: (now) => ({ ...now, search: typed || undefined }), replace: true }),
    [navigate],
  )
  const parts = method ? text(method, list) : []
  return (
    <Page
      title={parts.length > 0 ? parts.join(' · ') : t('members.title')}
      purpose={total !== undefined && <Count total={total} />}
      above={
        method && (
          <>
            <Link to={`/${method}`} search={{ run: id }}>
              {t(`analysis.method.${method}`)}
            </Link>
            {` / ${t('analysis.asOf')} ${run.data?.asOf} · ${t('members.runOf', { customers: formats.count(run.data?.customers ?? 0) })}`}
          </>
        )
      }
      actions={run.data?.state === 'done' && <ExportButton runId={id} filter={list} />}
    >
      {run.isError && <ProblemNotice error={run.error} retry={() => void run.refetch()} />}
      {!run.isError && members.isError && <ProblemNotice error={members.error} retry={() => void members.refetch()} />}
      <div className="toolbar">
        <SearchInput label={t('members.search')} text={list.search ?? ''} onSearch={search} />
      </div>
      {members.isPending && <Skeleton />}
      {method && members.data && <PeopleTable id={id} method={method} list={list} />}
    </Page>
  )
}

/** How many, and whether somebody is left out whom the reader may not see. */
function Count({ total }: { total: number }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { rights } = useMe()
  const scope = rights.find(({ right }) => right === 'customer.read')?.scope
  const number = formats.count(total)
  return (
    <>
      <span data-rows={total}>{t('members.count', { count: total, number })}</span> {scope !== 'all' && t('members.scoped')}
    </>
  )
}

interface TableProps {
  id: string
  method: AnalysisMethod
  list: MemberList
}

function PeopleTable({ id, method, list }: TableProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const go = routeApi.useNavigate()
  const columns = useMemberColumns(method)
  const members = useInfiniteQuery(runMembers(id, list))
  const { fetchNextPage } = members
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const rows = members.data?.pages.flatMap(({ items }) => items) ?? []
  const total = members.data?.pages[0]?.total
  const by = list.sort ?? worth[method]
  const order = list.order ?? 'descending'
  const sort = (next: MemberSort) =>
    void go({
      search: (now) => ({ ...now, sort: next, order: next === by && order === 'descending' ? 'ascending' : 'descending' }),
      replace: true,
    })
  if (rows.length === 0) {
    return <Empty title={t('members.empty')} text={t(list.search ? 'members.empty.search' : 'members.empty.text')} />
  }
  return (
    <DataTable<Member, MemberSort>
      label={t('members.list')}
      rows={rows}
      columns={columns}
      rowKey={({ customer }) => customer.id}
      card={(member) => <MemberCard member={member} method={method} />}
      onOpen={({ customer }) => {
        if (customer.gone?.how !== 'removed') void navigate({ to: '/customers/$id', params: { id: customer.id } })
      }}
      total={total}
      sorted={{ by, order }}
      onSort={sort}
      hasMore={members.hasNextPage}
      loadingMore={members.isFetchingNextPage}
      loadMore={loadMore}
    />
  )
}
