import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import type { salesByMonth } from '@zhike/contract/identify/catalog.ts'
import { useMemo } from 'react'
import { useAllowed } from '../app/session.ts'
import { ChartCard } from '../ui/chart/chart-card.tsx'
import type { DrawChart } from '../ui/chart/echart.tsx'
import { Empty } from '../ui/empty.tsx'
import { useFormats } from '../ui/formats.ts'
import { ProblemNotice } from '../ui/problem.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useTranslation } from '../ui/translation.ts'
import { monthlySales } from './home-queries.ts'
import { everyMonth, type Finding, salesFinding } from './sales-finding.ts'

type Report = ReplyOf<typeof salesByMonth>

/** What was sold in each month, and what the last whole one says. */
export function SalesChart() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(monthlySales)
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  if (data.months.length === 0) return <Empty title={t('home.sales.empty')} text={t('home.sales.empty.text')} />
  return <Drawn report={data} />
}

const none = (month: string): Report['months'][number] => ({ month, orders: 0, customers: 0, sales: 0, returned: 0 })

type ShownMonth = Report['months'][number] & { net: number }

function readReport(reported: Report['months'], current: string): { months: ShownMonth[]; finding: Finding | undefined } {
  const months = everyMonth(reported, current, none).map((each) => ({ ...each, net: each.sales - each.returned }))
  return { months, finding: salesFinding(months, current) }
}

interface Picture {
  months: readonly ShownMonth[]
  /** The month that the finding is about. */
  subject: string | undefined
  /** The month that is not over. */
  current: string
  name: string
  short: (minor: number) => string
  full: (minor: number) => string
}

const drawMonths =
  ({ months, subject, current, name, short, full }: Picture): DrawChart =>
  (palette) => ({
    grid: { left: 4, right: 4, top: 12, bottom: 4, outerBoundsMode: 'same' },
    xAxis: {
      type: 'category',
      data: months.map(({ month }) => month),
      axisLabel: { color: palette.muted },
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
    },
    yAxis: { type: 'value', axisLabel: { color: palette.muted, formatter: short }, splitLine: { lineStyle: { color: palette.line } } },
    tooltip: { trigger: 'axis', axisPointer: { type: 'none' }, valueFormatter: (minor: unknown) => full(Number(minor)) },
    series: [
      {
        type: 'bar',
        name,
        barMaxWidth: 34,
        data: months.map(({ month, net }) => ({
          value: net,
          itemStyle: {
            color: month === subject ? palette.jade : month === current ? palette.jadeSoft : palette.muted,
            opacity: month === subject || month === current ? 1 : 0.35,
            borderColor: month === current ? palette.jade : 'transparent',
            borderType: 'dashed',
            borderRadius: [4, 4, 0, 0],
          },
        })),
      },
    ],
  })

function Drawn({ report: { currency, asOf, months: reported } }: { report: Report }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const may = useAllowed()
  const navigate = useNavigate()
  const current = formats.day(asOf).slice(0, 7)
  const { months, finding } = useMemo(() => readReport(reported, current), [reported, current])
  const subject = finding?.month
  const name = t('home.sales.column.net')
  const draw = useMemo(
    () =>
      drawMonths({
        months,
        subject,
        current,
        name,
        short: (minor) => formats.moneyShort(minor, currency),
        full: (minor) => formats.money(minor, currency),
      }),
    [months, subject, current, name, formats, currency],
  )
  const open = ({ index }: { index: number }) => {
    const month = months[index]?.month
    if (!month) return
    void navigate({ to: '/orders', search: { ...daysOf(month), status: 'counting' } })
  }
  return (
    <ChartCard
      finding={
        finding
          ? t(`home.sales.finding.${finding.kind}`, {
              month: formats.month(finding.month),
              amount: formats.moneyShort(finding.net, currency),
              change: formats.percent(finding.change ?? 0),
            })
          : t('home.sales.empty')
      }
      note={t('home.sales.note')}
      file={`sales-by-month-${current}`}
      height={260}
      draw={draw}
      {...(may('order.read') ? { onPick: open } : {})}
      table={{
        columns: [
          { title: t('home.sales.column.month') },
          ...(['orders', 'buyers', 'sales', 'returned', 'net'] as const).map((name) => ({
            title: t(`home.sales.column.${name}`),
            end: true,
          })),
        ],
        rows: months.map(({ month, orders, customers, sales, returned, net }) => [
          { shown: month, raw: month },
          { shown: may('order.read') ? <MonthOrders month={month} orders={orders} /> : formats.count(orders), raw: orders },
          { shown: formats.count(customers), raw: customers },
          ...[sales, returned, net].map((minor) => ({ shown: formats.money(minor, currency), raw: minor })),
        ]),
      }}
    />
  )
}

/** First and last day of a month written YYYY-MM. */
function daysOf(month: string): { from: string; to: string } {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return { from: `${month}-01`, to: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) }
}

/** The orders with sales of a month, as the report counts them. */
function MonthOrders({ month, orders }: { month: string; orders: number }) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (orders === 0) return '0'
  return (
    <Link to="/orders" search={{ ...daysOf(month), status: 'purchases' }} data-rows={orders}>
      <span className="sr-only">{t('home.sales.orders.of', { month })}: </span>
      {formats.count(orders)}
    </Link>
  )
}
