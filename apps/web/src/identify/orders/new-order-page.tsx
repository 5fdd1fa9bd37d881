import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { createOrder } from '@zhike/contract/identify/catalog.ts'
import { useState } from 'react'
import { useMe } from '../../app/session.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { type FormField, SchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { customerById, customerMatches } from '../customers/customer-queries.ts'
import { OrderItems } from './order-items.tsx'
import { useCreateOrder } from './order-queries.ts'
import './orders.css'

const routeApi = getRouteApi('/shell/orders/new')

/** An order by hand: whose it is first, then what was bought. */
export function NewOrderPage() {
  const { t } = useTranslation()
  const { customer } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  return (
    <Page title={t('orders.new')} purpose={t('order.new.purpose')} above={<Link to="/orders">{t('orders.title')}</Link>}>
      <div className="stack">
        <Card title={t('order.new.customer')}>
          {customer === undefined ? (
            <FindCustomer onFound={(id) => void navigate({ search: { customer: id } })} />
          ) : (
            <ChosenCustomer id={customer} onOther={() => void navigate({ search: {} })} />
          )}
        </Card>
        {customer !== undefined && <OrderForm customerId={customer} />}
      </div>
    </Page>
  )
}

function FindCustomer({ onFound }: { onFound: (id: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { data, error } = useQuery(customerMatches(text))
  return (
    <>
      <SearchInput label={t('order.new.customer.find')} text={text} onSearch={setText} />
      {error && <ProblemNotice error={error} />}
      {text !== '' && data && (
        <ul className="profiles" aria-label={t('order.new.customer')}>
          {data.items.map(({ id, name, code, city }) => (
            <li key={id}>
              <span>
                <b>{name ?? code}</b> <span className="muted small">{[code, city].filter(Boolean).join(' · ')}</span>
              </span>
              <Button small onClick={() => onFound(id)} aria-label={`${t('order.new.customer.choose')} ${name ?? code}`}>
                {t('order.new.customer.choose')}
              </Button>
            </li>
          ))}
          {data.items.length === 0 && <li className="muted">{t('order.new.customer.none')}</li>}
        </ul>
      )}
    </>
  )
}

function ChosenCustomer({ id, onOther }: { id: string; onOther: () => void }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(customerById(id))
  return (
    <>
      {error && <ProblemNotice error={error} />}
      {!data && !error && <Skeleton rows={1} />}
      <p>
        {data && (
          <Link to="/customers/$id" params={{ id }}>
            {data.name ?? data.code}
          </Link>
        )}{' '}
        <Button kind="link" onClick={onOther}>
          {t('order.new.customer.change')}
        </Button>
      </p>
    </>
  )
}

function OrderForm({ customerId }: { customerId: string }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const create = useCreateOrder()
  const { company } = useMe()
  const [now] = useState(() => formats.moment(new Date().toISOString()).replace(' ', 'T'))
  const fields: FormField[] = [
    { name: 'number', label: t('order.number'), autoFocus: true },
    {
      name: 'placedAt',
      label: t('order.placedAt'),
      render: ({ value, set, ids }) => (
        <input
          className="input"
          type="datetime-local"
          {...ids}
          defaultValue={typeof value === 'string' ? formats.moment(value).replace(' ', 'T') : now}
          onChange={({ target }) => set(target.value && formats.instantOf(target.value))}
        />
      ),
    },
    { name: 'shop', label: t('order.shop') },
    { name: 'paymentMeans', label: t('order.paymentMeans') },
    {
      name: 'items',
      label: `${t('order.items')} (${company?.currency ?? 'CNY'})`,
      render: ({ value, set }) => <OrderItems value={value} onChange={set} currency={company?.currency} />,
    },
  ]
  return (
    <Card className="order-form">
      <SchemaForm
        schema={createOrder.body}
        fields={fields}
        initial={{ placedAt: formats.instantOf(now), items: [{ quantity: 1000 }] }}
        also={{ customerId }}
        submit={t('action.save')}
        beside={
          <Link to="/orders" className={buttonClass()}>
            {t('action.cancel')}
          </Link>
        }
        onSubmit={async (body) => {
          const { id, number } = await create.mutateAsync(body)
          say({ text: t('order.new.done', { number }) })
          await navigate({ to: '/orders/$id', params: { id } })
        }}
      />
    </Card>
  )
}
