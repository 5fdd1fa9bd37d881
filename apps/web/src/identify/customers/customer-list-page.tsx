import './texts.ts'
import './field-texts.ts'
import '../../differentiate/rfm/texts.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { CustomerRow, CustomerSort } from '@zhike/contract/identify/customers.ts'
import { Button, Select, Skeleton } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useAllowed } from '../../app/session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { CustomerCard, useCustomerColumns } from './customer-columns.tsx'
import { CustomerFilters } from './customer-filters.tsx'
import { type CustomerListState, customerCount, customerList } from './customer-queries.ts'
import { naturalOrder, orderOf, pressed, reversed } from './list-order.ts'
import { SearchField } from './search-field.tsx'

const routeApi = getRouteApi('/shell/customers')

export function CustomerListPage() {
  const { t } = useTranslation()
  const may = useAllowed()
  const state = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const change = useCallback(
    (next: Partial<CustomerListState>) => navigate({ search: (now) => ({ ...now, ...next }), replace: true }),
    [navigate],
  )
  const search = useCallback((q: string) => void change({ q: q || undefined }), [change])
  return (
    <Page
      title={t('customers.title')}
      purpose={t('customers.purpose')}
      actions={
        <>
          {may('import.run') && (
            <Link to="/imports/new">
              <Button tabIndex={-1}>{t('customers.import')}</Button>
            </Link>
          )}
          {may('customer.create') && (
            <Link to="/customers/new">
              <Button type="primary" tabIndex={-1}>
                {t('customers.new')}
              </Button>
            </Link>
          )}
        </>
      }
    >
      <div className="toolbar">
        <SearchField text={state.q ?? ''} onSearch={search} />
        <CustomerFilters state={state} onChange={change} />
        <SortChip state={state} onChange={change} />
      </div>
      <CustomerTable state={state} onChange={change} />
    </Page>
  )
}

const sorts = ['lastOrderAt', 'spent', 'name', 'createdAt'] as const satisfies readonly CustomerSort[]

interface StateProps {
  state: CustomerListState
  onChange: (next: Partial<CustomerListState>) => Promise<void>
}

function SortChip({ state, onChange }: StateProps) {
  const { t } = useTranslation()
  const order = orderOf(state)
  const options = [
    ...(state.q === undefined ? [] : [{ value: 'match' as const, label: t('customers.sort.match') }]),
    ...sorts.map((value) => ({ value, label: t(`customers.sort.${value}`) })),
  ]
  return (
    <span className="chip chip-on chip-sort">
      <Select<CustomerSort | 'match'>
        variant="borderless"
        size="small"
        popupMatchSelectWidth={false}
        aria-label={t('customers.sort')}
        value={order?.by ?? 'match'}
        options={options}
        onChange={(next) =>
          void onChange(next === 'match' ? { sort: undefined, order: undefined } : { sort: next, order: naturalOrder(next) })
        }
      />
      {order && (
        <button
          type="button"
          aria-label={t('customers.sort.reverse')}
          onClick={() => void onChange({ sort: order.by, order: reversed(order.order) })}
        >
          {order.order === 'ascending' ? '↑' : '↓'}
        </button>
      )}
    </span>
  )
}

function CustomerTable({ state, onChange }: StateProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const columns = useCustomerColumns()
  const list = useInfiniteQuery(customerList(state))
  const count = useQuery(customerCount(state))
  const { fetchNextPage } = list
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  if (list.isPending) return <Skeleton active title={false} paragraph={{ rows: 10 }} className="card" />
  if (list.isError && !list.data) return <ProblemNotice error={list.error} retry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) return <NoCustomers state={state} onChange={onChange} />
  const total = count.data?.count
  const totalText =
    total === undefined
      ? '…'
      : count.data?.exact
        ? formats.count(total)
        : t('customers.about', { count: formats.count(total) as unknown as number })
  const order = orderOf(state)
  return (
    <>
      <DataTable<CustomerRow, CustomerSort>
        label={t('customers.list')}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        card={(row) => <CustomerCard customer={row} />}
        onOpen={({ id }) => void navigate({ to: '/customers/$id', params: { id } })}
        total={total}
        sorted={order}
        onSort={(by) => {
          const next = pressed(by, order)
          void onChange({ sort: next.by, order: next.order })
        }}
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        loadMore={loadMore}
      />
      <p className="status-line" aria-live="polite">
        <span>
          {t('customers.shown', { shown: formats.count(rows.length), total: totalText })}
          <span className="wide-only"> · {t('customers.keys')}</span>
        </span>
        <span>
          {list.isFetching
            ? t('state.loading')
            : t('customers.updated', { time: formats.moment(new Date(list.dataUpdatedAt).toISOString()) })}
        </span>
      </p>
    </>
  )
}

function NoCustomers({ state, onChange }: StateProps) {
  const { t } = useTranslation()
  const narrowed = state.q !== undefined || [state.kind, state.city, state.level, state.group].some((values) => values?.length)
  if (!narrowed) {
    return (
      <Empty
        title={t('customers.empty')}
        text={t('customers.empty.text')}
        action={
          <Link to="/imports/new">
            <Button type="primary" tabIndex={-1}>
              {t('customers.empty.action')}
            </Button>
          </Link>
        }
      />
    )
  }
  const clear = { q: undefined, kind: undefined, city: undefined, level: undefined, group: undefined }
  return (
    <Empty
      title={t('customers.nobody')}
      text={t('customers.nobody.text')}
      action={<Button onClick={() => void onChange(clear)}>{t('customers.nobody.action')}</Button>}
    />
  )
}
