import { useQuery } from '@tanstack/react-query'
import { OrderListStatus } from '@zhike/contract/identify/catalog.ts'
import { FilterChip, SetChip } from '../../ui/filter-chip.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { ImportChips } from '../collection/import-chips.tsx'
import { channelList, customerById } from '../customers/customer-queries.ts'
import type { OrderListState } from './order-queries.ts'

interface Props {
  state: OrderListState
  onChange: (next: OrderListState) => void
}

const one = (value: string | undefined) => (value === undefined ? [] : [value])

/** What narrows the list of orders. Customer and product come from their own pages and can be taken away here. */
export function OrderFilters({ state, onChange }: Props) {
  const { t } = useTranslation()
  const channels = useQuery(channelList)
  return (
    <>
      <Period state={state} onChange={onChange} />
      <FilterChip
        name={t('order.status')}
        choices={OrderListStatus.options.map((value) => ({ value, label: t(`order.status.${value}`) }))}
        chosen={one(state.status)}
        onChange={(values) => onChange({ status: values.at(-1) as OrderListState['status'] })}
      />
      <FilterChip
        name={t('order.channel')}
        choices={channels.data?.items.map(({ code, name }) => ({ value: code, label: name }))}
        chosen={one(state.channel)}
        onChange={(values) => onChange({ channel: values.at(-1) })}
      />
      {state.customer !== undefined && <CustomerChip id={state.customer} onClear={() => onChange({ customer: undefined })} />}
      {state.product !== undefined && (
        <SetChip name={t('order.product')} value={state.product} onClear={() => onChange({ product: undefined })} />
      )}
      <ImportChips state={state} onChange={onChange} />
    </>
  )
}

function Period({ state: { from, to }, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <fieldset className={from || to ? 'chip chip-on period' : 'chip period'}>
      <legend className="sr-only">{t('order.placedAt')}</legend>
      {(['from', 'to'] as const).map((end) => (
        <label key={end}>
          <span className="muted small">{t(`order.period.${end}`)}</span>
          <input
            type="date"
            value={(end === 'from' ? from : to) ?? ''}
            {...(end === 'from' ? { max: to } : { min: from })}
            onChange={({ target }) => onChange({ [end]: target.value || undefined })}
          />
        </label>
      ))}
    </fieldset>
  )
}

function CustomerChip({ id, onClear }: { id: string; onClear: () => void }) {
  const { t } = useTranslation()
  const { data } = useQuery(customerById(id))
  return <SetChip name={t('order.customer')} value={data?.name ?? data?.code ?? '…'} onClear={onClear} />
}
