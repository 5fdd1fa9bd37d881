import type { Customer } from '@zhike/contract/identify/customers.ts'
import { useTranslation } from 'react-i18next'
import { Figure } from '../../ui/figure.tsx'
import { useFormats } from '../../ui/formats.ts'

/** The figures of a customer; those of an analysis once it has run. */
export function CustomerFigures({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { spent, orders, firstOrderAt, lastOrderAt, labels } = customer
  const { futureValue, alive, expectedPurchases } = labels
  return (
    <div className="figures">
      <Figure name={t('customer.figure.spent')} value={formats.money(spent)} about={{ formula: t('customer.figure.spent.help') }} />
      <Figure
        name={t('customer.figure.orders')}
        value={formats.count(orders)}
        about={{ formula: t('customer.figure.orders.help') }}
        note={firstOrderAt && t('customer.figure.orders.since', { day: formats.day(firstOrderAt) })}
      />
      <Figure
        name={t('customer.figure.last')}
        value={lastOrderAt ? formats.ago(lastOrderAt) : t('customer.figure.never')}
        about={{ formula: t('customer.figure.last.help') }}
        note={lastOrderAt && formats.day(lastOrderAt)}
      />
      {typeof futureValue === 'number' && (
        <Figure
          name={t('customer.figure.future')}
          value={formats.money(futureValue)}
          about={{ formula: t('customer.figure.future.help') }}
        />
      )}
      {typeof alive === 'number' && (
        <Figure
          name={t('customer.figure.alive')}
          value={formats.decimal(alive)}
          about={{ formula: t('customer.figure.alive.help') }}
          note={
            typeof expectedPurchases === 'number' &&
            t('customer.figure.purchases', { count: formats.decimal(expectedPurchases, 1) as unknown as number })
          }
        />
      )}
    </div>
  )
}
