import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OrderRow } from '@zhike/contract/identify/catalog.ts'
import type { Customer } from '@zhike/contract/identify/customers.ts'
import { useState } from 'react'
import { useAllowed } from '../../app/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Checkbox } from '../../ui/field.tsx'
import { useFormats } from '../../ui/formats.ts'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { customerOrderCount, customerOrders, orderById } from './customer-queries.ts'

/** A customer's orders, newest first: those that the figure counts, and on wish the others. */
export function CustomerOrders({ customer: { id, orders: purchases } }: { customer: Customer }) {
  const { t } = useTranslation()
  const may = useAllowed()
  const [all, setAll] = useState(false)
  const orders = useInfiniteQuery({ ...customerOrders(id, all ? 'all' : 'purchases'), enabled: may('order.read') })
  const total = useQuery({ ...customerOrderCount(id), enabled: may('order.read') }).data?.orders ?? purchases
  if (!may('order.read')) return <Empty title={t('orders.noRight')} text={t('orders.noRight.text')} />
  if (orders.isPending) return <Skeleton rows={5} />
  if (orders.isError) return <ProblemNotice error={orders.error} retry={() => void orders.refetch()} />
  const rows = orders.data.pages.flatMap(({ items }) => items)
  if (total === 0) return <Empty title={t('timeline.empty')} text={t('timeline.empty.text')} />
  return (
    <>
      {total > purchases && (
        <Checkbox checked={all} onChange={setAll}>
          {t('orders.all')}
        </Checkbox>
      )}
      <ol className="timeline" aria-label={t('timeline.order')}>
        {rows.map((order) => (
          <OneOrder key={order.id} order={order} />
        ))}
      </ol>
      {orders.hasNextPage && (
        <Button kind="link" busy={orders.isFetchingNextPage} onClick={() => void orders.fetchNextPage()}>
          {t('action.more')}
        </Button>
      )}
    </>
  )
}

function OneOrder({ order }: { order: OrderRow }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { id, number, channel, shop, placedAt, amount, currency, kind, status } = order
  return (
    <li className={kind === 'return' ? 'timeline-return' : ''}>
      <time dateTime={placedAt} className="muted small">
        {formats.day(placedAt)}
      </time>
      <div>
        <Link to="/orders/$id" params={{ id }}>
          <b>{number}</b>
        </Link>{' '}
        <span className="muted small">
          {[channel.name, shop, kind === 'return' ? t('timeline.kind.return') : '', t(`customer.order.status.${status}`)]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <OrderDetails id={id} number={number} />
      </div>
      <Badge tone={kind === 'return' || status === 'cancelled' ? 'seal' : 'jade'}>{formats.money(amount, currency)}</Badge>
    </li>
  )
}

/** An order's lines, opened where it stands. */
export function OrderDetails({ id, number }: { id: string; number: string }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [open, setOpen] = useState(false)
  const order = useQuery({ ...orderById(id), enabled: open })
  return (
    <details className="order-details" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary aria-label={t('orders.open', { number })}>{t('orders.lines')}</summary>
      {order.isError && <ProblemNotice error={order.error} />}
      {open && order.isPending && <span className="muted small">{t('state.loading')}</span>}
      <ul>
        {order.data?.items.map(({ ordinal, productName, productCode, quantity, amount }) => (
          <li key={ordinal}>
            <span>
              {productName ?? productCode ?? t('orders.noProduct')} × {formats.count(quantity / 1000)}
            </span>
            <span>{formats.money(amount, order.data.currency)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
