import './texts.ts'
import '../orders/texts.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import type * as catalog from '@zhike/contract/identify/catalog.ts'
import type { Product } from '@zhike/contract/identify/catalog.ts'
import { useCallback } from 'react'
import { useAllowed } from '../../app/session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Figure } from '../../ui/figure.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Card, Page } from '../../ui/page.tsx'
import { NotShown, ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { productBuyers, productById, productFigures } from './product-queries.ts'

const routeApi = getRouteApi('/shell/products/$id')

/** One product: what it costs, what it has sold, and to whom. */
export function ProductPage() {
  const { t } = useTranslation()
  const may = useAllowed()
  const { id } = routeApi.useParams()
  const { data, error, refetch } = useQuery(productById(id))
  const above = <Link to="/products">{t('products.title')}</Link>
  if (!data) {
    return (
      <Page title={t('products.title')} above={above}>
        {error ? <NotShown error={error} retry={() => void refetch()} back={<Back />} /> : <Skeleton />}
      </Page>
    )
  }
  return (
    <Page
      title={data.name}
      purpose={[data.code, data.category, data.brand, data.unit].filter(Boolean).join(' · ')}
      above={above}
      actions={
        may('product.edit') && (
          <Link to="/products/$id/edit" params={{ id }} className={buttonClass()}>
            {t('product.edit')}
          </Link>
        )
      }
    >
      <div className="stack">
        <Figures product={data} />
        {may('order.read') && <Buyers product={data} />}
      </div>
    </Page>
  )
}

function Back() {
  const { t } = useTranslation()
  return (
    <Link to="/products" className={buttonClass('primary')}>
      {t('products.back')}
    </Link>
  )
}

function Figures({ product }: { product: Product }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const may = useAllowed()
  const { data, error, refetch } = useQuery({ ...productFigures(product.id), enabled: may('order.read') })
  const { price, cost, currency, code } = product
  const source = t('product.figures.source')
  const margin =
    price !== null && cost !== null && price > 0 ? t('product.margin', { share: formats.percent((price - cost) / price) }) : null
  return (
    <>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      <div className="figures">
        <Figure
          name={t('product.price')}
          value={price === null ? '—' : formats.price(price, currency)}
          note={margin}
          about={{ formula: t('product.price.about'), unit: currency }}
        />
        <Figure
          name={t('product.cost')}
          value={cost === null ? '—' : formats.price(cost, currency)}
          about={{ formula: t('product.cost.about'), unit: currency }}
        />
        {may('order.read') && (
          <>
            <Figure
              name={t('product.sold')}
              value={data ? formats.count(data.sold / 1000) : '…'}
              note={data?.lastSoldAt && t('product.lastSold', { ago: formats.ago(data.lastSoldAt) })}
              about={{ formula: t('product.sold.about'), unit: product.unit ?? t('product.unit.piece'), source }}
            />
            <Figure
              name={t('product.revenue')}
              value={data ? formats.money(data.revenue, data.currency) : '…'}
              about={{ formula: t('product.revenue.about'), ...(data ? { unit: data.currency } : {}), source }}
            />
            <Figure
              name={t('product.orders')}
              value={data ? formats.count(data.orders) : '…'}
              about={{ formula: t('product.orders.about'), source }}
              drill={
                <Link to="/orders" search={{ product: code, status: 'counting' }} data-rows={data?.orders}>
                  {t('product.orders.see')}
                </Link>
              }
            />
            <Figure
              name={t('product.buyers')}
              value={data ? formats.count(data.buyers) : '…'}
              about={{ formula: t('product.buyers.about'), source }}
              drill={
                <a href="#buyers" data-rows={data?.buyers}>
                  {t('figure.people')}
                </a>
              }
            />
          </>
        )}
      </div>
    </>
  )
}

type Buyer = ReplyOf<typeof catalog.productBuyers>['items'][number]

function Buyers({ product: { id, code } }: { product: Product }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const columns = useBuyerColumns(code)
  const list = useInfiniteQuery(productBuyers(id))
  const { fetchNextPage } = list
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card title={<span id="buyers">{t('product.buyers.title')}</span>} note={t('product.buyers.note')}>
      {list.isPending && <Skeleton rows={4} />}
      {list.isError && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && <Empty title={t('product.buyers.empty')} text={t('product.buyers.empty.text')} />}
      {rows.length > 0 && (
        <DataTable
          label={t('product.buyers.title')}
          rows={rows}
          columns={columns}
          rowKey={({ customer }) => customer.id}
          card={(row) => <BuyerCard buyer={row} />}
          onOpen={({ customer }) => void navigate({ to: '/customers/$id', params: { id: customer.id } })}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          loadMore={loadMore}
        />
      )}
    </Card>
  )
}

const BuyerLink = ({ buyer: { customer } }: { buyer: Buyer }) => (
  <span className="customer-name">
    <Link to="/customers/$id" params={{ id: customer.id }} tabIndex={-1}>
      {customer.name ?? customer.code}
    </Link>
  </span>
)

/** A buyer's orders with the product. */
function BuyerOrders({ buyer: { customer, orders }, code }: { buyer: Buyer; code: string }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <Link to="/orders" search={{ customer: customer.id, product: code, status: 'counting' }} data-rows={orders}>
      <span className="sr-only">{t('product.orders.of', { name: customer.name ?? customer.code })}: </span>
      {formats.count(orders)}
    </Link>
  )
}

function useBuyerColumns(code: string): Column<Buyer>[] {
  const { t } = useTranslation()
  const formats = useFormats()
  return [
    { key: 'name', title: t('order.customer'), width: 'minmax(140px, 2fr)', render: (buyer) => <BuyerLink buyer={buyer} /> },
    {
      key: 'orders',
      title: t('product.orders'),
      width: '90px',
      align: 'end',
      render: (buyer) => <BuyerOrders buyer={buyer} code={code} />,
    },
    { key: 'sold', title: t('product.sold'), width: '100px', align: 'end', render: ({ sold }) => formats.count(sold / 1000) },
    { key: 'revenue', title: t('product.revenue'), width: '140px', align: 'end', render: ({ revenue }) => formats.money(revenue) },
    { key: 'last', title: t('product.lastBought'), width: '120px', render: ({ lastBoughtAt }) => formats.day(lastBoughtAt) },
  ]
}

function BuyerCard({ buyer }: { buyer: Buyer }) {
  const formats = useFormats()
  return (
    <div className="row-card">
      <div>
        <BuyerLink buyer={buyer} />
        <span>{formats.money(buyer.revenue)}</span>
      </div>
      <div className="muted small">
        <span>× {formats.count(buyer.sold / 1000)}</span>
        <span>{formats.ago(buyer.lastBoughtAt)}</span>
      </div>
    </div>
  )
}
