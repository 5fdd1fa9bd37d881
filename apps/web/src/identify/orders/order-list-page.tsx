import './texts.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import type * as catalog from '@zhike/contract/identify/catalog.ts'
import type { OrderRow, OrderStatus } from '@zhike/contract/identify/catalog.ts'
import { useCallback } from 'react'
import { useAllowed } from '../../app/session.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { AboutFigure } from '../../ui/figure.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { OrderFilters } from './order-filters.tsx'
import { type OrderListState, orderFilter, orderList, orderTotals } from './order-queries.ts'
import './orders.css'

const routeApi = getRouteApi('/shell/orders')

export const statusTones: Record<OrderStatus, Tone> = { open: 'gold', paid: 'blue', completed: 'jade', cancelled: 'gray' }

export function OrderListPage() {
  const { t } = useTranslation()
  const may = useAllowed()
  const state = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const change = useCallback((next: OrderListState) => void navigate({ search: (now) => ({ ...now, ...next }), replace: true }), [navigate])
  const search = useCallback((q: string) => change({ q: q || undefined }), [change])
  return (
    <Page
      title={t('orders.title')}
      purpose={t('orders.purpose')}
      actions={
        may('order.edit') && (
          <Link to="/orders/new" search={state.customer ? { customer: state.customer } : {}} className={buttonClass('primary')}>
            {t('orders.new')}
          </Link>
        )
      }
    >
      <div className="toolbar">
        <SearchInput label={t('orders.search')} text={state.q ?? ''} onSearch={search} />
        <OrderFilters state={state} onChange={change} />
      </div>
      <OrderTable state={state} />
    </Page>
  )
}

function OrderTable({ state }: { state: OrderListState }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const filter = orderFilter(state, useFormats())
  const columns = useColumns()
  const list = useInfiniteQuery(orderList(filter))
  const totals = useQuery(orderTotals(filter))
  const { fetchNextPage } = list
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  if (list.isPending) return <Skeleton rows={10} />
  if (list.isError && !list.data) return <ProblemNotice error={list.error} retry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) return <NoOrders narrowed={Object.values(state).some((value) => value !== undefined)} />
  return (
    <>
      <TotalRow state={state} totals={totals.data} />
      <DataTable
        label={t('orders.list')}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        card={(row) => <OrderCard order={row} />}
        onOpen={({ id }) => void navigate({ to: '/orders/$id', params: { id } })}
        total={totals.data?.orders}
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        loadMore={loadMore}
      />
    </>
  )
}

/** What the whole list comes to, however far one has scrolled. */
function TotalRow({ state, totals }: { state: OrderListState; totals: ReplyOf<typeof catalog.orderTotals> | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const count = (value: number) => ({ count: value, number: formats.count(value) })
  return (
    <p className="total-row" aria-live="polite">
      {totals === undefined ? (
        t('state.loading')
      ) : (
        <>
          <span data-rows={totals.orders}>{t('orders.total.orders', count(totals.orders))}</span>
          <span>
            {t('orders.total.amount')} <b>{formats.money(totals.amount, totals.currency)}</b>
          </span>
          {totals.cancelled > 0 && (
            <Link to="/orders" search={{ ...state, status: 'cancelled' }} data-rows={totals.cancelled}>
              {t('orders.total.cancelled', count(totals.cancelled))}
            </Link>
          )}
          <AboutFigure name={t('orders.total.amount')} about={{ formula: t('orders.total.about'), unit: totals.currency }} />
        </>
      )}
    </p>
  )
}

function NoOrders({ narrowed }: { narrowed: boolean }) {
  const { t } = useTranslation()
  const may = useAllowed()
  const navigate = routeApi.useNavigate()
  if (narrowed) {
    return (
      <Empty
        title={t('orders.none')}
        text={t('orders.none.text')}
        action={<Button onClick={() => void navigate({ search: {} })}>{t('orders.none.action')}</Button>}
      />
    )
  }
  const begin = may('import.run') && (
    <Link to="/imports/new" className={buttonClass('primary')}>
      {t('orders.empty.action')}
    </Link>
  )
  return <Empty title={t('orders.empty')} text={t('orders.empty.text')} action={begin} />
}

const NumberLink = ({ order: { id, number } }: { order: OrderRow }) => (
  <span className="customer-name">
    <Link to="/orders/$id" params={{ id }} tabIndex={-1}>
      {number}
    </Link>
  </span>
)

/** How many lines are known of an order: none where only the whole was told. */
function LineCount({ order: { id, number, lines } }: { order: OrderRow }) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (lines === 0) return '—'
  return (
    <Link to="/orders/$id" params={{ id }} tabIndex={-1} data-rows={lines}>
      <span className="sr-only">{t('orders.lines.of', { number })}: </span>
      {formats.count(lines)}
    </Link>
  )
}

function useColumns(): Column<OrderRow>[] {
  const { t } = useTranslation()
  const formats = useFormats()
  return [
    { key: 'number', title: t('order.number'), width: 'minmax(130px, 1.3fr)', render: (order) => <NumberLink order={order} /> },
    { key: 'placedAt', title: t('order.placedAt'), width: '136px', render: ({ placedAt }) => formats.moment(placedAt) },
    {
      key: 'customer',
      title: t('order.customer'),
      width: 'minmax(110px, 1.2fr)',
      render: ({ customer }) => <CustomerLink customer={customer} />,
    },
    { key: 'channel', title: t('order.channel'), width: 'minmax(90px, 1fr)', render: ({ channel }) => channel.name },
    { key: 'shop', title: t('order.shop'), width: 'minmax(80px, 1fr)', render: ({ shop }) => shop ?? '—' },
    { key: 'lines', title: t('order.lines'), width: '70px', align: 'end', render: (order) => <LineCount order={order} /> },
    {
      key: 'amount',
      title: t('order.amount'),
      width: '130px',
      align: 'end',
      render: ({ amount, currency }) => formats.money(amount, currency),
    },
    {
      key: 'status',
      title: t('order.status'),
      width: '90px',
      render: ({ status }) => <Badge tone={statusTones[status]}>{t(`order.status.${status}`)}</Badge>,
    },
  ]
}

/** Whose an order is, as far as one may know. */
export function CustomerLink({ customer }: { customer: OrderRow['customer'] }) {
  const { t } = useTranslation()
  if (!customer) return <span className="muted">{t('order.customer.unknown')}</span>
  return (
    <Link to="/customers/$id" params={{ id: customer.id }}>
      {customer.name ?? customer.code}
    </Link>
  )
}

function OrderCard({ order }: { order: OrderRow }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <div className="row-card">
      <div>
        <NumberLink order={order} />
        <span>{formats.money(order.amount, order.currency)}</span>
      </div>
      <div className="muted small">
        <span>{[order.customer?.name ?? t('order.customer.unknown'), order.channel.name].join(' · ')}</span>
        <span>{formats.day(order.placedAt)}</span>
      </div>
      <div>
        <Badge tone={statusTones[order.status]}>{t(`order.status.${order.status}`)}</Badge>
      </div>
    </div>
  )
}
