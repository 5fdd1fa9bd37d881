import { useTranslation } from '../../ui/translation.ts'
import './texts.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { Product } from '@zhike/contract/identify/catalog.ts'
import { useCallback } from 'react'
import { useAllowed } from '../../app/session.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { FilterChip } from '../../ui/filter-chip.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ImportChips } from '../collection/import-chips.tsx'
import { type ProductListState, productCategories, productList, productTotals } from './product-queries.ts'

const routeApi = getRouteApi('/shell/products')

export function ProductListPage() {
  const { t } = useTranslation()
  const may = useAllowed()
  const state = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const change = useCallback(
    (next: ProductListState) => void navigate({ search: (now) => ({ ...now, ...next }), replace: true }),
    [navigate],
  )
  const search = useCallback((q: string) => change({ q: q || undefined }), [change])
  return (
    <Page
      title={t('products.title')}
      purpose={t('products.purpose')}
      actions={
        may('product.edit') && (
          <Link to="/products/new" className={buttonClass('primary')}>
            {t('products.new')}
          </Link>
        )
      }
    >
      <div className="toolbar">
        <SearchInput label={t('products.search')} text={state.q ?? ''} onSearch={search} />
        <CategoryFilter state={state} onChange={change} />
        <ImportChips state={state} onChange={change} />
      </div>
      <ProductTable state={state} onChange={change} />
    </Page>
  )
}

interface StateProps {
  state: ProductListState
  onChange: (next: ProductListState) => void
}

function CategoryFilter({ state: { category }, onChange }: StateProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data } = useQuery(productCategories)
  const choices = data?.items.flatMap(({ category: value, products }) =>
    value === null ? [] : [{ value, label: value, count: formats.count(products) }],
  )
  return (
    <FilterChip
      name={t('product.category')}
      choices={choices}
      chosen={category === undefined ? [] : [category]}
      onChange={(values) => onChange({ category: values.at(-1) })}
    />
  )
}

function ProductTable({ state, onChange }: StateProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const columns = useColumns()
  const list = useInfiniteQuery(productList(state))
  const total = useQuery(productTotals(state)).data?.products
  const { fetchNextPage } = list
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  if (list.isPending) return <Skeleton rows={10} />
  if (list.isError && !list.data) return <ProblemNotice error={list.error} retry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) return <NoProducts state={state} onChange={onChange} />
  return (
    <>
      <DataTable
        label={t('products.list')}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        card={(row) => <ProductCard product={row} />}
        onOpen={({ id }) => void navigate({ to: '/products/$id', params: { id } })}
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        loadMore={loadMore}
        total={total}
      />
      <p className="status-line" aria-live="polite">
        {total === undefined ? (
          t('state.loading')
        ) : (
          <span data-rows={total}>{t('products.total', { count: total, number: formats.count(total) })}</span>
        )}
      </p>
    </>
  )
}

function NoProducts({ state, onChange }: StateProps) {
  const { t } = useTranslation()
  const may = useAllowed()
  if (Object.values(state).some((value) => value !== undefined)) {
    const clear = { q: undefined, category: undefined, createdByImport: undefined, updatedByImport: undefined }
    return <Empty title={t('products.none')} action={<Button onClick={() => onChange(clear)}>{t('products.none.action')}</Button>} />
  }
  const begin = may('import.run') && (
    <Link to="/imports/new" className={buttonClass('primary')}>
      {t('products.empty.action')}
    </Link>
  )
  return <Empty title={t('products.empty')} text={t('products.empty.text')} action={begin} />
}

const NameLink = ({ product: { id, name } }: { product: Product }) => (
  <span className="customer-name">
    <Link to="/products/$id" params={{ id }} tabIndex={-1}>
      {name}
    </Link>
  </span>
)

function useColumns(): Column<Product>[] {
  const { t } = useTranslation()
  const formats = useFormats()
  const price = (value: number | null, currency: string) => (value === null ? '—' : formats.price(value, currency))
  return [
    { key: 'name', title: t('product.name'), width: 'minmax(180px, 2fr)', render: (product) => <NameLink product={product} /> },
    { key: 'code', title: t('product.code'), width: 'minmax(100px, 1fr)', render: ({ code }) => code },
    { key: 'category', title: t('product.category'), width: 'minmax(90px, 1fr)', render: ({ category }) => category ?? '—' },
    { key: 'brand', title: t('product.brand'), width: 'minmax(90px, 1fr)', render: ({ brand }) => brand ?? '—' },
    {
      key: 'price',
      title: t('product.price'),
      width: '120px',
      align: 'end',
      render: ({ price: value, currency }) => price(value, currency),
    },
    { key: 'cost', title: t('product.cost'), width: '120px', align: 'end', render: ({ cost, currency }) => price(cost, currency) },
    { key: 'updatedAt', title: t('product.updatedAt'), width: '110px', render: ({ updatedAt }) => formats.day(updatedAt) },
  ]
}

function ProductCard({ product }: { product: Product }) {
  const formats = useFormats()
  return (
    <div className="row-card">
      <div>
        <NameLink product={product} />
        <span>{product.price === null ? '—' : formats.price(product.price, product.currency)}</span>
      </div>
      <div className="muted small">
        <span>{[product.code, product.category, product.brand].filter(Boolean).join(' · ')}</span>
      </div>
    </div>
  )
}
