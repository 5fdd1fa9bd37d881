import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { activeDays, type CustomerFigure as Counted, type SalesPeriod } from '@zhike/contract/home.ts'
import { useAllowed } from '../app/session.ts'
import { Figure } from '../ui/figure.tsx'
import { useFormats } from '../ui/formats.ts'
import { ProblemNotice } from '../ui/problem.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useTranslation } from '../ui/translation.ts'
import { customerFigures, salesFigures } from './home-queries.ts'

/** The figures that matter, of what somebody may see; each leads to the list that it counts. */
export function HomeFigures() {
  const { t } = useTranslation()
  const may = useAllowed()
  return (
    <section className="figures home-figures" aria-label={t('home.figures')}>
      {may('customer.read') && <CustomerFigures names={['all', 'new']} />}
      {may('order.read') && <SalesFigure />}
      {may('customer.read') && <CustomerFigures names={['active', 'at-risk']} />}
    </section>
  )
}

function CustomerFigures({ names }: { names: readonly Counted['name'][] }) {
  const { data, error, refetch } = useQuery(customerFigures)
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (!data) return names.map((name) => <WaitingFigure key={name} />)
  const all = data.figures.find(({ name }) => name === 'all')?.count ?? 0
  return data.figures
    .filter(({ name }) => names.includes(name))
    .map((figure) => <CustomerFigure key={figure.name} figure={figure} all={all} asOf={data.asOf} />)
}

const WaitingFigure = () => <Skeleton rows={2} />

function CustomerFigure({ figure: { name, count, filter }, all, asOf }: { figure: Counted; all: number; asOf: string }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const may = useAllowed()
  const about = {
    formula: t(`home.figure.${name}.formula`, { days: activeDays }),
    unit: t('home.unit.customers'),
    source: t(name === 'at-risk' ? 'home.source.labels' : name === 'active' ? 'home.source.orders' : 'home.source.file'),
    asOf: formats.moment(asOf),
  }
  if (count === null) {
    const drill = may('analysis.read') && <Link to="/rfm">{t('home.figure.at-risk.run')}</Link>
    return <Figure name={t(`home.figure.${name}`)} value={t('home.figure.at-risk.unknown')} about={about} drill={drill} />
  }
  return (
    <Figure
      name={t(`home.figure.${name}`)}
      value={formats.count(count)}
      about={about}
      note={name === 'active' && all > 0 && t('home.figure.active.share', { share: formats.percent(count / all) })}
      drill={
        <Link to="/customers" search={filter ? { where: filter } : {}} data-rows={count}>
          {t('home.drill.customers')}
          <span className="sr-only">: {t(`home.figure.${name}`)}</span>
        </Link>
      }
    />
  )
}

function SalesFigure() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data, error, refetch } = useQuery(salesFigures)
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (!data) return <WaitingFigure />
  const period = (wanted: SalesPeriod['name']) => data.periods.find(({ name }) => name === wanted)
  const now = period('this-month')
  if (!now) return null
  const compared = (['last-month', 'last-year'] as const).flatMap((name) => {
    const base = period(name)?.amount ?? 0
    return base > 0 ? [t(`home.figure.sales.${name}`, { change: formats.change(now.amount / base - 1) })] : []
  })
  return (
    <Figure
      name={t('home.figure.sales')}
      value={formats.moneyShort(now.amount, data.currency)}
      about={{
        formula: t('home.figure.sales.formula', { from: now.from, to: now.to }),
        unit: data.currency,
        source: t('home.source.orders'),
        asOf: formats.moment(data.asOf),
      }}
      note={compared.length > 0 ? compared.map((text) => <span key={text}>{text}</span>) : t('home.figure.sales.none')}
      drill={
        <Link to="/orders" search={{ from: now.from, to: now.to, status: 'counting' }} data-rows={now.orders}>
          {t('home.drill.orders', { count: now.orders, number: formats.count(now.orders) })}
        </Link>
      }
    />
  )
}
