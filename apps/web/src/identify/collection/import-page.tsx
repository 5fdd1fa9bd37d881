import './texts.ts'
import './field-texts.ts'
import '../customers/texts.ts'
import '../customers/field-texts.ts'
import '../../platform/jobs/texts.ts'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { urlOf } from '@zhike/contract/client.ts'
import type { Filter } from '@zhike/contract/identify/customers.ts'
import type { Import } from '@zhike/contract/identify/imports.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import { useEffect, useRef, useState } from 'react'
import { useAllowed } from '../../app/session.ts'
import { JobProgress } from '../../platform/jobs/job-progress.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Figure } from '../../ui/figure.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { NotShown, ProblemNotice, useProblemText } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { whereIs } from '../customers/list-conditions.ts'
import { customerCount } from '../customers/list-query.ts'
import { orderFilter, orderTotals } from '../orders/order-queries.ts'
import { productTotals } from '../products/product-queries.ts'
import { FailedRows } from './failed-rows.tsx'
import type { OfImport } from './import-chips.tsx'
import { stateTones } from './import-list-page.tsx'
import { importById, importFailures, inProgress, useImportAction } from './import-queries.ts'
import './collection.css'

const routeApi = getRouteApi('/shell/imports/$id')

/** One import: its progress while it runs, then what came of it, and the way back. */
export function ImportPage() {
  const { t } = useTranslation()
  const { id } = routeApi.useParams()
  const { data, error, isError, refetch } = useQuery(importById(id))
  useRefreshWhenDone(data?.state)
  if (isError && !data)
    return (
      <Page title={t('imports.title')}>
        <NotShown
          error={error}
          retry={() => void refetch()}
          back={
            <Link to="/imports" className={buttonClass('primary')}>
              {t('imports.back')}
            </Link>
          }
        />
      </Page>
    )
  if (!data)
    return (
      <Page title={t('imports.title')}>
        <Skeleton />
      </Page>
    )
  return (
    <Page
      title={
        <>
          {data.file.name} <Badge tone={stateTones[data.state]}>{t(`import.state.${data.state}`)}</Badge>
        </>
      }
      purpose={<Facts data={data} />}
      above={<Link to="/imports">{t('imports.title')}</Link>}
      actions={<Actions data={data} />}
    >
      <div className="stack">
        {inProgress(data.state) && data.jobId && (
          <Card title={data.state === 'undoing' ? t('import.undoing') : t('import.running')}>
            <JobProgress id={data.jobId} label={t('import.progress')} onFinished={() => void refetch()} />
          </Card>
        )}
        <Counts data={data} />
        {data.failed > 0 && <Failures data={data} />}
      </div>
    </Page>
  )
}

/** What an import changes stands on many pages: they are read anew once it is through. */
function useRefreshWhenDone(state: Import['state'] | undefined) {
  const client = useQueryClient()
  const before = useRef(state)
  useEffect(() => {
    if (before.current && state && inProgress(before.current) && !inProgress(state)) {
      for (const queryKey of [['customers'], ['products'], ['orders'], ['channels'], ['imports', 'list'], ['imports', 'failures']])
        void client.invalidateQueries({ queryKey })
    }
    before.current = state
  }, [client, state])
}

function Facts({ data }: { data: Import }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <>
      {[
        t(`import.kind.${data.kind}`),
        data.channel.name,
        formats.bytes(data.file.bytes),
        data.startedBy.name,
        formats.moment(data.createdAt),
      ].join(' · ')}
    </>
  )
}

function Actions({ data }: { data: Import }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [asking, setAsking] = useState(false)
  const action = useImportAction(data.id)
  const act = (what: 'undo' | 'resume') => action.mutate(what, { onError: (error) => say({ text: problemText(error).title, tone: 'bad' }) })
  const stopped = data.state === 'cancelled' || data.state === 'failed'
  return (
    <>
      {(data.state === 'done' || stopped) && (
        <Button kind="danger" onClick={() => setAsking(true)}>
          {t('import.undo')}
        </Button>
      )}
      {stopped && (
        <Button kind="primary" busy={action.isPending} onClick={() => act('resume')}>
          {t('import.resume')}
        </Button>
      )}
      {data.state === 'done' && <ResultLink data={data} />}
      {asking && (
        <AskUndo
          data={data}
          onClose={() => setAsking(false)}
          onUndo={() => {
            setAsking(false)
            act('undo')
          }}
        />
      )}
    </>
  )
}

/** Where what was imported is seen. */
function ResultLink({ data: { kind } }: { data: Import }) {
  const { t } = useTranslation()
  const [to, text] = resultOf[kind]
  return (
    <Link to={to} className={buttonClass('primary')}>
      {t(text)}
    </Link>
  )
}

const resultOf = {
  customers: ['/customers', 'import.toCustomers'],
  contacts: ['/customers', 'import.toCustomers'],
  products: ['/products', 'import.toProducts'],
  orders: ['/orders', 'import.toOrders'],
  'order-lines': ['/orders', 'import.toOrders'],
  payments: ['/orders', 'import.toOrders'],
  returns: ['/orders', 'import.toOrders'],
} as const satisfies Record<Import['kind'], readonly [string, string]>

/** What taking an import back takes back, before it does. */
function AskUndo({ data, onClose, onUndo }: { data: Import; onClose: () => void; onUndo: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <Dialog
      title={t('import.undo.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="danger" onClick={onUndo}>
            {t('import.undo')}
          </Button>
        </>
      }
    >
      <p>{t('import.undo.text', { created: formats.count(data.created), updated: formats.count(data.updated) })}</p>
    </Dialog>
  )
}

function Counts({ data }: { data: Import }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <div className="figures">
      {(['created', 'updated', 'unchanged', 'failed'] as const).map((name) => (
        <Figure
          key={name}
          name={t(`import.${name}`)}
          value={formats.count(data[name])}
          about={{ formula: t(`import.${name}.about`) }}
          drill={
            name === 'failed' ? (
              data.failed > 0 && (
                <a href="#failures" data-rows={data.failed}>
                  {t('import.failures.see')}
                </a>
              )
            ) : (
              <BroughtLink data={data} outcome={name} />
            )
          }
        />
      ))}
    </div>
  )
}

/** Once an import rests, the way to what its rows made or changed; of what is unchanged nothing was written. */
function BroughtLink({ data, outcome }: { data: Import; outcome: 'created' | 'updated' | 'unchanged' }) {
  const rests = data.state === 'done' || data.state === 'cancelled' || data.state === 'failed'
  if (outcome === 'unchanged' || !rests || data[outcome] === 0) return null
  const how = outcome === 'created' ? 'createdByImport' : 'updatedByImport'
  const [list] = resultOf[data.kind]
  if (list === '/customers') return <BroughtCustomers where={whereIs(how, data.id)} />
  return list === '/products' ? <BroughtProducts ofImport={{ [how]: data.id }} /> : <BroughtOrders ofImport={{ [how]: data.id }} />
}

/** Rows of a file are not yet customers: two may be of one, and who was merged since is counted once. */
function BroughtCustomers({ where }: { where: Filter }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const may = useAllowed()
  const count = useQuery({ ...customerCount({ where }, true), enabled: may('customer.read') }).data?.count
  if (count === undefined) return null
  return (
    <Link to="/customers" search={{ where }} data-rows={count}>
      {t('import.brought.customers', { count, number: formats.count(count) })}
    </Link>
  )
}

function BroughtProducts({ ofImport }: { ofImport: OfImport }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const may = useAllowed()
  const count = useQuery({ ...productTotals(ofImport), enabled: may('product.read') }).data?.products
  if (count === undefined) return null
  return (
    <Link to="/products" search={ofImport} data-rows={count}>
      {t('import.brought.products', { count, number: formats.count(count) })}
    </Link>
  )
}

function BroughtOrders({ ofImport }: { ofImport: OfImport }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const may = useAllowed()
  const count = useQuery({ ...orderTotals(orderFilter(ofImport, formats)), enabled: may('order.read') }).data?.orders
  if (count === undefined) return null
  return (
    <Link to="/orders" search={ofImport} data-rows={count}>
      {t('import.brought.orders', { count, number: formats.count(count) })}
    </Link>
  )
}

function Failures({ data }: { data: Import }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const failures = useInfiniteQuery(importFailures(data.id))
  const rows = failures.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card
      title={<span id="failures">{t('import.failures')}</span>}
      note={t('import.failures.text')}
      actions={
        <a download href={urlOf(imports.failuresFile, { id: data.id })}>
          {t('import.failures.download')}
        </a>
      }
    >
      {rows.length > 0 && <FailedRows label={t('import.failures')} rows={rows} />}
      {failures.isError && <ProblemNotice error={failures.error} />}
      {failures.hasNextPage && (
        <Button busy={failures.isFetchingNextPage} onClick={() => void failures.fetchNextPage()}>
          {t('import.failures.more', { shown: formats.count(rows.length), total: formats.count(data.failed) })}
        </Button>
      )}
    </Card>
  )
}
