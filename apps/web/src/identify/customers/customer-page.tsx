import './texts.ts'
import './field-texts.ts'
import './card-texts.ts'
import '../../differentiate/label-texts.ts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { RequestProblem } from '@zhike/contract/client.ts'
import type { Customer } from '@zhike/contract/identify/customers.ts'
import type { Purpose } from '@zhike/contract/platform/rights.ts'
import { useState } from 'react'
import { useAllowed } from '../../app/session.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { firstCharacter } from '../../ui/first-character.ts'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { ageOf } from './age.ts'
import { ContactDialog } from './contact-dialog.tsx'
import { CustomerFigures } from './customer-figures.tsx'
import { CustomerHistory } from './customer-history.tsx'
import { CustomerIdentities } from './customer-identities.tsx'
import { CustomerOrders } from './customer-orders.tsx'
import { CustomerPlacement } from './customer-placement.tsx'
import { CustomerProfiles } from './customer-profiles.tsx'
import { customerById, customerInClear } from './customer-queries.ts'
import { CustomerScores } from './customer-scores.tsx'
import { CustomerTimeline } from './customer-timeline.tsx'
import { CustomerValues } from './customer-values.tsx'
import { useFieldText } from './field-text.ts'
import { CustomerLabels } from './labels.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { RevealButton } from './reveal-button.tsx'
import { WhatToKnow } from './what-to-know.tsx'
import './customers.css'

const routeApi = getRouteApi('/shell/customers/$id')

export function CustomerPage() {
  const { id } = routeApi.useParams()
  // Another customer is another page: what was shown in clear stays behind.
  return <OneCustomer key={id} id={id} />
}

function OneCustomer({ id }: { id: string }) {
  const { t } = useTranslation()
  const [purpose, setPurpose] = useState<Purpose>()
  const masked = useQuery(customerById(id))
  const clear = useQuery(customerInClear(id, purpose))
  const customer = (purpose ? clear.data : undefined) ?? masked.data
  if (!customer) {
    return (
      <main id="main" className="page">
        {masked.isError ? <NotShown error={masked.error} retry={() => void masked.refetch()} /> : <Skeleton rows={8} />}
      </main>
    )
  }
  return (
    <main id="main" className="page" tabIndex={-1}>
      <div className="page-above">
        <Link to="/customers">{t('customers.title')}</Link> / {customer.name ?? customer.code}
      </div>
      <div className="stack">
        <CustomerHead customer={customer} purpose={purpose} onPurpose={setPurpose} />
        {clear.isError && <ProblemNotice error={clear.error} />}
        <CustomerFigures customer={customer} />
        <div className="customer-columns">
          <CustomerEvents customer={customer} />
          <div className="stack">
            <WhatToKnow customer={customer} />
            <CustomerScores customer={customer} />
            <CustomerValues customer={customer} />
            <CustomerProfiles customer={customer} />
          </div>
        </div>
      </div>
    </main>
  )
}

/** Whoever is gone, or beyond what one may see, looks the same: the way back is what helps. */
function NotShown({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation()
  if (!(error instanceof RequestProblem) || error.problem !== 'customer-not-found') return <ProblemNotice error={error} retry={retry} />
  return (
    <Empty
      title={t('customer.gone')}
      text={t('customer.gone.text')}
      action={
        <Link to="/customers" className={buttonClass('primary')}>
          {t('customer.gone.action')}
        </Link>
      }
    />
  )
}

function CustomerHead({
  customer,
  purpose,
  onPurpose,
}: {
  customer: Customer
  purpose: Purpose | undefined
  onPurpose: (purpose: Purpose | undefined) => void
}) {
  const { t } = useTranslation()
  const text = useFieldText()
  const may = useAllowed()
  const [open, setOpen] = useState<'contact' | 'merge'>()
  const { id, name, pinyin, code, kind, values, memberLevel, labels, masked } = customer
  const [now] = useState(() => new Date())
  const age = ageOf(values.birthDate ?? undefined, now)
  const facts = [code, t(`kind.${kind}`), text('sex', values.sex), age === undefined ? '' : t('customer.age', { count: age })]
  const close = () => setOpen(undefined)
  return (
    <Card className="customer-head">
      <span className="customer-avatar" aria-hidden>
        {firstCharacter(name ?? code)}
      </span>
      <div className="customer-who">
        <h1>
          {name ?? t('customers.unnamed')}{' '}
          <span className="muted small light">
            {pinyin && (
              <>
                <span lang="zh-Latn">{pinyin}</span> ·{' '}
              </>
            )}
            {facts.filter(Boolean).join(' · ')}
          </span>
        </h1>
        <CustomerLabels memberLevel={memberLevel} labels={labels} /> <CustomerPlacement customer={customer} />
      </div>
      <div className="page-actions">
        {(masked.length > 0 || purpose) && <RevealButton purpose={purpose} onPurpose={onPurpose} />}
        {may('customer.link') && <Button onClick={() => setOpen('merge')}>{t('merge.open')}</Button>}
        {may('customer.edit') && (
          <Button kind="primary" onClick={() => setOpen('contact')}>
            {t('contact.open')}
          </Button>
        )}
      </div>
      {open === 'contact' && <ContactDialog id={id} onClose={close} />}
      {open === 'merge' && <MergeDialog customer={customer} onClose={close} />}
    </Card>
  )
}

const tabs = ['timeline', 'orders', 'identities', 'history'] as const

function CustomerEvents({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const search = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const { tab = 'timeline', ...state } = search
  const show = (next: typeof search) => void navigate({ search: next, replace: true, resetScroll: false })
  const counts: Partial<Record<(typeof tabs)[number], number>> = { orders: customer.orders, identities: customer.identities.length }
  return (
    <Card className="customer-events">
      <Tabs
        label={t('customer.tabs')}
        active={tab}
        onChange={(next) => show(next === 'timeline' ? {} : { tab: next })}
        tabs={tabs.map((key) => ({
          key,
          label: (
            <>
              {t(`customer.tab.${key}`)}{' '}
              {counts[key] !== undefined && (
                <span className="tab-count" data-rows={counts[key]}>
                  {formats.count(counts[key])}
                </span>
              )}
            </>
          ),
        }))}
      >
        {tab === 'timeline' && <CustomerTimeline id={customer.id} state={state} onChange={show} />}
        {tab === 'orders' && <CustomerOrders customer={customer} />}
        {tab === 'identities' && <CustomerIdentities customer={customer} />}
        {tab === 'history' && <CustomerHistory id={customer.id} />}
      </Tabs>
    </Card>
  )
}
