import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ExchangeRate } from '@zhike/contract/identify/exchange-rates.ts'
import * as rates from '@zhike/contract/identify/exchange-rates.ts'
import { useCallback } from 'react'
import { api } from '../../app/api.ts'
import { useAllowed, useMe } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Select } from '../../ui/field.tsx'
import { SchemaForm } from '../../ui/form.tsx'
import { say } from '../../ui/messages.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice, useProblemText } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { RateFile } from './rate-file.tsx'
import { useRatesAnew } from './rates-anew.ts'
import { rateList } from './settings-queries.ts'

const routeApi = getRouteApi('/shell/settings')

export function RateSettings() {
  const { t } = useTranslation()
  const may = useAllowed()
  const { company } = useMe()
  return (
    <div className="stack">
      <p className="muted">{t('rates.about', { currency: company?.currency ?? 'CNY' })}</p>
      {may('settings.manage') && (
        <Card title={t('rates.set')} className="settings-form">
          <NewRate />
          <RateFile />
        </Card>
      )}
      <RateTable />
    </div>
  )
}

function NewRate() {
  const { t } = useTranslation()
  const readAnew = useRatesAnew()
  return (
    <SchemaForm
      schema={rates.ExchangeRate}
      kind="plain"
      clears
      submit={t('rates.set')}
      fields={[
        { name: 'currency', label: t('rates.currency'), placeholder: 'USD', half: true },
        { name: 'day', label: t('rates.day'), control: 'date', half: true },
        { name: 'rate', label: t('rates.rate'), placeholder: '7.2', half: true },
      ]}
      onSubmit={async (rate) => {
        const { rates: count } = await api(rates.set, { body: { rates: [rate] } })
        say({ text: t('rates.done', { count }) })
        await readAnew()
      }}
    />
  )
}

function RateTable() {
  const { t } = useTranslation()
  const { currency } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const columns = useColumns()
  const list = useInfiniteQuery(rateList(currency))
  const { fetchNextPage } = list
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  if (list.isPending) return <Skeleton />
  if (list.isError) return <ProblemNotice error={list.error} retry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0 && !currency) return <Empty title={t('rates.empty')} text={t('rates.empty.text')} />
  const known = [...new Set([...(currency ? [currency] : []), ...rows.map((rate) => rate.currency)])]
  return (
    <div>
      <div className="toolbar">
        <Select
          aria-label={t('rates.currency')}
          value={currency ?? ''}
          options={[{ value: '', label: t('rates.currency.any') }, ...known.map((value) => ({ value, label: value }))]}
          onChange={(value) => void navigate({ search: { tab: 'rates', currency: value || undefined }, replace: true })}
        />
      </div>
      <DataTable
        label={t('rates.list')}
        rows={rows}
        columns={columns}
        rowKey={(rate) => `${rate.currency} ${rate.day}`}
        card={(rate) => (
          <div className="row-card">
            <div>
              <span>
                <b>{rate.currency}</b> {rate.day}
              </span>
              <span>
                {rate.rate} <RemoveRate rate={rate} />
              </span>
            </div>
          </div>
        )}
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        loadMore={loadMore}
      />
    </div>
  )
}

function useColumns(): Column<ExchangeRate>[] {
  const { t } = useTranslation()
  return [
    { key: 'currency', title: t('rates.currency'), width: '100px', render: ({ currency }) => <b>{currency}</b> },
    { key: 'day', title: t('rates.day'), width: '140px', render: ({ day }) => day },
    { key: 'rate', title: t('rates.rate'), width: '120px', align: 'end', render: ({ rate }) => rate },
    { key: 'remove', title: '', width: 'minmax(90px, 1fr)', align: 'end', render: (rate) => <RemoveRate rate={rate} /> },
  ]
}

function RemoveRate({ rate }: { rate: ExchangeRate }) {
  const { t } = useTranslation()
  const may = useAllowed()
  const problemText = useProblemText()
  const readAnew = useRatesAnew()
  if (!may('settings.manage')) return null
  const { currency, day } = rate
  const putBack = async () => {
    await api(rates.set, { body: { rates: [rate] } })
    await readAnew()
  }
  const remove = async () => {
    try {
      await api(rates.remove, { params: { currency, day } })
      say({ text: t('rates.removed', { currency, day }), undo: putBack })
      await readAnew()
    } catch (error) {
      say({ text: problemText(error).title, tone: 'bad' })
    }
  }
  return (
    <Button small kind="quiet" aria-label={t('rates.remove.of', { currency, day })} onClick={() => void remove()}>
      {t('rates.remove')}
    </Button>
  )
}
