import './texts.ts'
import './field-texts.ts'
import '../../differentiate/rfm/texts.ts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { Customer } from '@zhike/contract/identify/customers.ts'
import type { Purpose } from '@zhike/contract/platform/rights.ts'
import { Skeleton, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { firstCharacter } from '../../ui/first-character.ts'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { CustomerFigures } from './customer-figures.tsx'
import { CustomerHistory } from './customer-history.tsx'
import { CustomerProfiles } from './customer-profiles.tsx'
import { customerById } from './customer-queries.ts'
import { CustomerTimeline } from './customer-timeline.tsx'
import { CustomerValues } from './customer-values.tsx'
import { useFieldText } from './field-text.ts'
import { CustomerLabels } from './labels.tsx'
import { RevealButton } from './reveal-button.tsx'
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
  const clear = useQuery({ ...customerById(id, purpose), enabled: purpose !== undefined })
  const customer = (purpose ? clear.data : undefined) ?? masked.data
  if (!customer) {
    return (
      <main id="main" className="page">
        {masked.isError ? (
          <ProblemNotice error={masked.error} retry={() => void masked.refetch()} />
        ) : (
          <Skeleton active avatar paragraph={{ rows: 8 }} />
        )}
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
          <CustomerEvents id={customer.id} />
          <div className="stack">
            <CustomerValues customer={customer} />
            <CustomerProfiles customer={customer} />
          </div>
        </div>
      </div>
    </main>
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
  const { name, pinyin, code, kind, values, memberLevel, labels, masked, owner } = customer
  const facts = [pinyin, code, t(`kind.${kind}`), text('sex', values.sex), owner?.name].filter(Boolean)
  return (
    <Card className="customer-head">
      <span className="customer-avatar" aria-hidden>
        {firstCharacter(name ?? code)}
      </span>
      <div>
        <h1>
          {name ?? t('customers.unnamed')} <span className="muted small light">{facts.join(' · ')}</span>
        </h1>
        <CustomerLabels memberLevel={memberLevel} labels={labels} />
      </div>
      {(masked.length > 0 || purpose) && <RevealButton purpose={purpose} onPurpose={onPurpose} />}
    </Card>
  )
}

function CustomerEvents({ id }: { id: string }) {
  const { t } = useTranslation()
  const { tab = 'timeline', kind } = routeApi.useSearch()
  const navigate = useNavigate()
  const { id: inAddress } = routeApi.useParams()
  const show = (search: { tab?: 'history'; kind?: typeof kind }) =>
    void navigate({ to: '/customers/$id', params: { id: inAddress }, search, replace: true })
  return (
    <Card className="customer-events">
      <Tabs
        activeKey={tab}
        onChange={(next) => show(next === 'history' ? { tab: 'history' } : {})}
        items={[
          {
            key: 'timeline',
            label: t('customer.tab.timeline'),
            children: <CustomerTimeline id={id} kind={kind} onKind={(next) => show(next ? { kind: next } : {})} />,
          },
          { key: 'history', label: t('customer.tab.history'), children: <CustomerHistory id={id} /> },
        ]}
      />
    </Card>
  )
}
