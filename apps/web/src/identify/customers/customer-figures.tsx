import { Link } from '@tanstack/react-router'
import type { Customer } from '@zhike/contract/identify/customers.ts'
import { Figure } from '../../ui/figure.tsx'
import { useFormats } from '../../ui/formats.ts'
import { useTranslation } from '../../ui/translation.ts'
import { whereIs } from './list-conditions.ts'

/** The five figures of a customer; those of an analysis say so while it has not run. */
export function CustomerFigures({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { id, spent, orders, firstOrderAt, lastOrderAt, labels } = customer
  const { futureValue, alive, expectedPurchases, clvQuadrant } = labels
  const toOrders = orders > 0 && (
    <Link to="/customers/$id" params={{ id }} search={{ tab: 'orders' }} resetScroll={false} replace data-rows={orders}>
      {t('customer.figure.orders.drill', { count: orders, number: formats.count(orders) })}
    </Link>
  )
  const none = t('customer.figure.none')
  return (
    <div className="figures customer-figures">
      <Figure
        name={t('customer.figure.spent')}
        value={formats.money(spent)}
        about={{ formula: t('customer.figure.spent.help') }}
        drill={toOrders}
      />
      <Figure
        name={t('customer.figure.orders')}
        value={formats.count(orders)}
        about={{ formula: t('customer.figure.orders.help') }}
        note={firstOrderAt && t('customer.figure.orders.since', { day: formats.day(firstOrderAt) })}
        drill={toOrders}
      />
      <Figure
        name={t('customer.figure.last')}
        value={lastOrderAt ? formats.ago(lastOrderAt) : t('customer.figure.never')}
        about={{ formula: t('customer.figure.last.help') }}
        note={lastOrderAt && formats.day(lastOrderAt)}
      />
      <Figure
        name={t('customer.figure.future')}
        value={typeof futureValue === 'number' ? formats.money(futureValue) : '—'}
        about={{ formula: t('customer.figure.future.help') }}
        note={typeof futureValue === 'number' ? undefined : none}
        drill={
          clvQuadrant && (
            <Link to="/customers" search={{ where: whereIs('clvQuadrant', String(clvQuadrant)) }}>
              {t('customer.figure.quadrant.drill')}
            </Link>
          )
        }
      />
      <Figure
        name={t('customer.figure.alive')}
        value={typeof alive === 'number' ? formats.decimal(alive) : '—'}
        about={{ formula: t('customer.figure.alive.help') }}
        note={
          typeof expectedPurchases === 'number'
            ? t('customer.figure.purchases', { count: formats.decimal(expectedPurchases, 1) as unknown as number })
            : none
        }
      />
    </div>
  )
}
