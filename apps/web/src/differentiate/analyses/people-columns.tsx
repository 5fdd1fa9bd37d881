import type { AnalysisMethod, Member, MemberSort } from '@zhike/contract/differentiate/analyses.ts'
import { useCodeText } from '../../app/code-text.ts'
import { CustomerName } from '../../identify/customers/customer-columns.tsx'
import { RfmGroupBadge } from '../../identify/customers/labels.tsx'
import { Badge } from '../../ui/badge.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { useFormats } from '../../ui/formats.ts'
import { useTranslation } from '../../ui/translation.ts'

type MemberColumn = Column<Member, MemberSort>

const numberIn = ({ values }: Member, name: string): number => {
  const value = values[name]
  return typeof value === 'number' ? value : 0
}
const textIn = ({ values }: Member, name: string): string => String(values[name] ?? '')

/** Who, how to reach them, when they last bought and whose they are; between them what the method says. */
export function useMemberColumns(method: AnalysisMethod): MemberColumn[] {
  const { t } = useTranslation()
  const formats = useFormats()
  const own = { rfm: useRfmColumns(), abc: useAbcColumns(), clv: useClvColumns() }
  const column = (key: 'customer' | 'phone' | 'lastOrder' | 'owner', width: string, render: MemberColumn['render']): MemberColumn => ({
    key,
    title: t(`members.column.${key}`),
    width,
    render,
  })
  return [
    column('customer', 'minmax(170px, 2fr)', ({ customer }) => <MemberName customer={customer} />),
    column('phone', 'minmax(120px, 1fr)', ({ customer }) => customer.phone),
    ...own[method],
    column('lastOrder', 'minmax(92px, 0.8fr)', ({ customer }) => customer.lastOrderAt && formats.day(customer.lastOrderAt)),
    column(
      'owner',
      'minmax(70px, 0.7fr)',
      ({ customer }) => !customer.gone && (customer.owner?.name ?? <span className="muted">{t('members.pool')}</span>),
    ),
  ]
}

function useFigureColumn() {
  const { t } = useTranslation()
  return (key: MemberSort, render: (value: number) => string, width = 'minmax(96px, 0.9fr)'): MemberColumn => ({
    key,
    title: t(`members.column.${key}`),
    width,
    align: 'end',
    sort: key,
    render: (member) => render(numberIn(member, key)),
  })
}

function useRfmColumns(): MemberColumn[] {
  const { t } = useTranslation()
  const formats = useFormats()
  const figure = useFigureColumn()
  return [
    {
      key: 'group',
      title: t('members.column.group'),
      width: 'minmax(96px, 0.9fr)',
      render: (member) => <RfmGroupBadge group={textIn(member, 'group')} />,
    },
    { key: 'scores', title: 'R F M', width: '62px', render: (member) => ['r', 'f', 'm'].map((name) => textIn(member, name)).join(' ') },
    figure('recencyDays', (value) => t('members.days', { count: value })),
    figure('frequency', formats.count, 'minmax(70px, 0.6fr)'),
    figure('monetary', (value) => formats.money(value), 'minmax(106px, 1fr)'),
  ]
}

function useAbcColumns(): MemberColumn[] {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  const figure = useFigureColumn()
  return [
    { key: 'class', title: t('members.column.class'), width: '90px', render: (member) => text('abc.class', textIn(member, 'class')) },
    {
      key: 'level',
      title: t('members.column.level'),
      width: 'minmax(90px, 0.9fr)',
      render: (member) => <Badge tone="gold">{text('abc.level', textIn(member, 'level'))}</Badge>,
    },
    figure('value', (value) => formats.money(value), 'minmax(106px, 1fr)'),
  ]
}

function useClvColumns(): MemberColumn[] {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  const figure = useFigureColumn()
  return [
    {
      key: 'quadrant',
      title: t('members.column.quadrant'),
      width: 'minmax(80px, 0.8fr)',
      render: (member) => <Badge tone="blue">{text('clv.quadrant', textIn(member, 'quadrant'))}</Badge>,
    },
    figure('alive', formats.percent, 'minmax(84px, 0.7fr)'),
    figure('expectedPurchases', (value) => formats.decimal(value, 1), 'minmax(84px, 0.7fr)'),
    figure('currentValue', (value) => formats.money(value), 'minmax(106px, 1fr)'),
    figure('futureValue', (value) => formats.money(value), 'minmax(106px, 1fr)'),
  ]
}

const worth = { rfm: 'monetary', abc: 'value', clv: 'futureValue' } as const

/** A result keeps whom it counted: who has gone since is said to have gone. The page of somebody merged is that of whom they became. */
function MemberName({ customer }: { customer: Member['customer'] }) {
  const { t } = useTranslation()
  const { gone, code } = customer
  if (!gone) return <CustomerName customer={customer} />
  if (gone.how === 'removed') {
    return (
      <span className="muted">
        {t('members.gone.removed')} <span className="small">{code}</span>
      </span>
    )
  }
  const name = gone.into === null ? t('members.gone.mergedUnseen') : t('members.gone.merged', { code: gone.into })
  return <CustomerName customer={{ ...customer, name }} />
}

/** The row on a narrow screen. */
export function MemberCard({ member, method }: { member: Member; method: AnalysisMethod }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  const { customer } = member
  const said = {
    rfm: () => `R${textIn(member, 'r')} F${textIn(member, 'f')} M${textIn(member, 'm')}`,
    abc: () => text('abc.class', textIn(member, 'class')),
    clv: () => `${text('clv.quadrant', textIn(member, 'quadrant'))} · ${formats.percent(numberIn(member, 'alive'))}`,
  }
  return (
    <div className="row-card">
      <div>
        <MemberName customer={customer} />
        <strong>{formats.moneyShort(numberIn(member, worth[method]))}</strong>
      </div>
      <div className="muted small">
        <span>{[customer.phone, customer.owner?.name ?? t('members.pool')].filter(Boolean).join(' · ')}</span>
        <span>{[said[method](), customer.lastOrderAt && formats.ago(customer.lastOrderAt)].filter(Boolean).join(' · ')}</span>
      </div>
    </div>
  )
}
