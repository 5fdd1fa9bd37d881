import { Link } from '@tanstack/react-router'
import type { CustomerRow, CustomerSort } from '@zhike/contract/identify/customers.ts'
import { useMemo } from 'react'
import { Badge } from '../../ui/badge.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { useFormats } from '../../ui/formats.ts'
import { useTranslation } from '../../ui/translation.ts'
import { RfmGroupBadge } from './labels.tsx'

/** City and district, or the widest that is known. */
export const regionOf = ({ province, city, district }: Pick<CustomerRow, 'province' | 'city' | 'district'>): string =>
  [city ?? province, district].filter(Boolean).join(' · ')

export function CustomerName({ customer }: { customer: Pick<CustomerRow, 'id' | 'code' | 'name'> }) {
  const { t } = useTranslation()
  return (
    <span className="customer-name">
      <Link to="/customers/$id" params={{ id: customer.id }} tabIndex={-1}>
        {customer.name ?? t('customers.unnamed')}
      </Link>{' '}
      <span className="muted small">{customer.code}</span>
    </span>
  )
}

export function useCustomerColumns(): Column<CustomerRow, CustomerSort>[] {
  const { t } = useTranslation()
  const formats = useFormats()
  return useMemo(
    () => [
      {
        key: 'customer',
        title: t('customers.column.customer'),
        width: 'minmax(190px, 2.2fr)',
        sort: 'name',
        render: (row) => <CustomerName customer={row} />,
      },
      { key: 'kind', title: t('customers.column.kind'), width: 'minmax(56px, 0.6fr)', render: ({ kind }) => t(`kind.${kind}`) },
      { key: 'phone', title: t('customers.column.phone'), width: 'minmax(130px, 1fr)', render: ({ phone }) => phone },
      { key: 'region', title: t('customers.column.region'), width: 'minmax(110px, 1.2fr)', render: regionOf },
      {
        key: 'level',
        title: t('customers.column.level'),
        width: 'minmax(70px, 0.7fr)',
        render: ({ memberLevel }) => memberLevel && <Badge tone="gold">{memberLevel}</Badge>,
      },
      {
        key: 'group',
        title: t('customers.column.group'),
        width: 'minmax(90px, 0.9fr)',
        render: ({ labels }) => labels['rfmGroup'] && <RfmGroupBadge group={String(labels['rfmGroup'])} />,
      },
      {
        key: 'spent',
        title: t('customers.column.spent'),
        width: 'minmax(110px, 1fr)',
        align: 'end',
        sort: 'spent',
        render: ({ spent }) => formats.money(spent),
      },
      {
        key: 'lastOrder',
        title: t('customers.column.lastOrder'),
        width: 'minmax(96px, 0.8fr)',
        sort: 'lastOrderAt',
        render: ({ lastOrderAt }) => lastOrderAt && formats.day(lastOrderAt),
      },
      {
        key: 'owner',
        title: t('customers.column.owner'),
        width: 'minmax(70px, 0.7fr)',
        render: ({ owner }) => owner?.name ?? <span className="muted">{t('customers.pool')}</span>,
      },
    ],
    [t, formats],
  )
}

export function CustomerCard({ customer }: { customer: CustomerRow }) {
  const formats = useFormats()
  const { memberLevel, labels, phone, lastOrderAt, spent } = customer
  return (
    <div className="row-card">
      <div>
        <CustomerName customer={customer} />
        <strong>{formats.moneyShort(spent)}</strong>
      </div>
      <div className="muted small">
        <span>{[phone, regionOf(customer)].filter(Boolean).join(' · ')}</span>
        <span>{lastOrderAt && formats.ago(lastOrderAt)}</span>
      </div>
      <span className="badges">
        {memberLevel && <Badge tone="gold">{memberLevel}</Badge>}
        {labels['rfmGroup'] && <RfmGroupBadge group={String(labels['rfmGroup'])} />}
      </span>
    </div>
  )
}
