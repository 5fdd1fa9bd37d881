import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Order } from '@zhike/contract/identify/catalog.ts'
import { type ReactNode, useState } from 'react'
import { useAllowed } from '../../app/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { NotShown, useProblemText } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { CustomerLink, statusTones } from './order-list-page.tsx'
import { orderById, useCancelOrder, useRestoreOrder } from './order-queries.ts'
import './orders.css'

const routeApi = getRouteApi('/shell/orders/$id')

/** One order: what was bought, how it was paid, what came back. */
export function OrderPage() {
  const { t } = useTranslation()
  const { id } = routeApi.useParams()
  const { data, error, refetch } = useQuery(orderById(id))
  const above = <Link to="/orders">{t('orders.title')}</Link>
  if (!data) {
    return (
      <Page title={t('orders.title')} above={above}>
        {error ? <NotShown error={error} retry={() => void refetch()} back={<Back />} /> : <Skeleton />}
      </Page>
    )
  }
  return (
    <Page
      title={
        <>
          {data.number} <Badge tone={statusTones[data.status]}>{t(`order.status.${data.status}`)}</Badge>
        </>
      }
      purpose={<Facts order={data} />}
      above={above}
      actions={<CancelButton order={data} />}
    >
      <div className="stack">
        <Lines order={data} />
        <div className="two-cards">
          <Payments order={data} />
          <Returns order={data} />
        </div>
      </div>
    </Page>
  )
}

function Back() {
  const { t } = useTranslation()
  return (
    <Link to="/orders" className={buttonClass('primary')}>
      {t('orders.back')}
    </Link>
  )
}

function Facts({ order: { placedAt, channel, shop, paymentMeans, customer } }: { order: Order }) {
  const formats = useFormats()
  return (
    <>
      <CustomerLink customer={customer} /> · {[formats.moment(placedAt), channel.name, shop, paymentMeans].filter(Boolean).join(' · ')}
    </>
  )
}

/** Cancels after a look at what that means; can be taken back from the message. */
function CancelButton({ order }: { order: Order }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const may = useAllowed()
  const problemText = useProblemText()
  const [asking, setAsking] = useState(false)
  const cancel = useCancelOrder()
  const restore = useRestoreOrder()
  const failed = (error: unknown) => say({ text: problemText(error).title, tone: 'bad' })
  if (!may('order.edit')) return null
  if (order.status === 'cancelled') {
    return (
      <Button busy={restore.isPending} onClick={() => restore.mutate({ order, status: 'completed' }, { onError: failed })}>
        {t('order.restore')}
      </Button>
    )
  }
  const { status } = order
  const run = () => {
    setAsking(false)
    cancel.mutate(order, {
      onError: failed,
      onSuccess: (cancelled) =>
        say({
          text: t('order.cancelled', { number: order.number }),
          undo: () => restore.mutateAsync({ order: cancelled, status }).catch(failed),
        }),
    })
  }
  return (
    <>
      <Button kind="danger" busy={cancel.isPending} onClick={() => setAsking(true)}>
        {t('order.cancel')}
      </Button>
      {asking && (
        <Dialog
          title={t('order.cancel.title', { number: order.number })}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t('order.cancel.keep')}</Button>
              <Button kind="danger" onClick={run}>
                {t('order.cancel')}
              </Button>
            </>
          }
        >
          <p>
            {t(order.customer ? 'order.cancel.text' : 'order.cancel.text.nobody', {
              amount: formats.money(order.amount, order.currency),
              name: order.customer?.name ?? order.customer?.code ?? '',
            })}
          </p>
        </Dialog>
      )}
    </>
  )
}

function FactTable({
  label,
  head,
  children,
}: {
  label: string
  head: readonly (readonly [text: string, end?: 'end'])[]
  children: ReactNode
}) {
  return (
    <div className="scroll-x" role="region" aria-label={label} tabIndex={0}>
      <table className="figures-table" aria-label={label}>
        <thead>
          <tr>
            {head.map(([text, end]) => (
              <th key={text} scope="col" className={end}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        {children}
      </table>
    </div>
  )
}

function Lines({ order: { items, amount, discount, currency, amountReporting } }: { order: Order }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const money = (value: number) => formats.money(value, currency)
  const foreign = formats.money(amountReporting) !== money(amount)
  return (
    <Card title={t('order.items')} {...(foreign ? { note: t('order.inReporting', { amount: formats.money(amountReporting) }) } : {})}>
      {items.length === 0 ? (
        <p className="row-between">
          <span className="muted">{t('order.items.none')}</span> <b>{money(amount)}</b>
        </p>
      ) : (
        <FactTable
          label={t('order.items')}
          head={[
            [t('order.product')],
            [t('order.item.quantity'), 'end'],
            [t('order.item.unitPrice'), 'end'],
            [t('order.item.discount'), 'end'],
            [t('order.amount'), 'end'],
          ]}
        >
          <tbody>
            {items.map((item) => (
              <tr key={item.ordinal}>
                <td>
                  <ProductLink code={item.productCode} name={item.productName} />
                </td>
                <td className="end">{formats.count(item.quantity / 1000)}</td>
                <td className="end">{item.unitPrice === null ? '—' : formats.price(item.unitPrice, currency)}</td>
                <td className="end">{item.discount === 0 ? '—' : money(item.discount)}</td>
                <td className="end">{money(item.amount)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                {t('order.sum')}
              </th>
              <td className="end">{discount === 0 ? '—' : money(discount)}</td>
              <td className="end">
                <b>{money(amount)}</b>
              </td>
            </tr>
          </tfoot>
        </FactTable>
      )}
    </Card>
  )
}

/** An order knows a product by its code; its page is found by it. */
function ProductLink({ code, name }: { code: string | null; name: string | null }) {
  if (code === null) return name ?? '—'
  return (
    <>
      <Link to="/products" search={{ q: code }}>
        {name ?? code}
      </Link>{' '}
      {name !== null && <span className="muted small">{code}</span>}
    </>
  )
}

function Payments({ order: { payments } }: { order: Order }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <Card title={t('order.payments')}>
      {payments.length === 0 ? (
        <p className="muted">{t('order.payments.none')}</p>
      ) : (
        <FactTable label={t('order.payments')} head={[[t('order.payment.paidAt')], [t('order.payment.means')], [t('order.amount'), 'end']]}>
          <tbody>
            {payments.map(({ id, paidAt, means, amount, currency }) => (
              <tr key={id}>
                <td>{formats.moment(paidAt)}</td>
                <td>{means ?? '—'}</td>
                <td className="end">{formats.money(amount, currency)}</td>
              </tr>
            ))}
          </tbody>
        </FactTable>
      )}
    </Card>
  )
}

function Returns({ order: { returns } }: { order: Order }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <Card title={t('order.returns')}>
      {returns.length === 0 ? (
        <p className="muted">{t('order.returns.none')}</p>
      ) : (
        <FactTable
          label={t('order.returns')}
          head={[[t('order.return.returnedAt')], [t('order.return.reason')], [t('order.amount'), 'end']]}
        >
          <tbody>
            {returns.map(({ id, returnedAt, reason, productCode, amount, currency }) => (
              <tr key={id}>
                <td>{formats.moment(returnedAt)}</td>
                <td>{[productCode, reason].filter(Boolean).join(' · ') || '—'}</td>
                <td className="end">{formats.money(amount, currency)}</td>
              </tr>
            ))}
          </tbody>
        </FactTable>
      )}
    </Card>
  )
}
