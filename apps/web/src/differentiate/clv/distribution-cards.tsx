import { useNavigate } from '@tanstack/react-router'
import type { ClvSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useCallback } from 'react'
import { ChartCard } from '../../ui/chart/chart-card.tsx'
import { useFormats } from '../../ui/formats.ts'
import type { Palette } from '../../ui/palette.ts'
import { useTranslation } from '../../ui/translation.ts'
import type { MemberFilter } from '../analyses/analysis-queries.ts'
import { Drill } from '../analyses/drill.tsx'
import { shareOf } from '../analyses/share-bar.tsx'

interface Props {
  run: Run
  summary: ClvSummary
}

interface Bar {
  label: string
  customers: number
  filter: MemberFilter
}

/** How likely customers are still to be customers. */
export function AliveCard({ run, summary: { aliveBins, customers } }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const bars = aliveBins.map(({ from, to, customers: count }) => ({
    label: `${from}–${to}%`,
    customers: count,
    filter: { aliveFrom: from, ...(to < 100 ? { aliveBelow: to } : {}) },
  }))
  const likely = aliveBins.filter(({ from }) => from >= 50).reduce((sum, bin) => sum + bin.customers, 0)
  return (
    <BarCard
      run={run}
      bars={bars}
      finding={t('clv.alive.finding', { number: formats.count(likely), count: likely, share: formats.percent(shareOf(likely, customers)) })}
      note={t('clv.alive.note')}
      of={t('clv.alive')}
      file="clv-alive"
    />
  )
}

/** How much customers are expected to bring. */
export function FutureCard({ run, summary: { futureBins, customers, currency } }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const money = (minor: number) => formats.moneyShort(minor, currency)
  const bars = futureBins.map(({ from, to, customers: count }) => ({
    label:
      from === null
        ? to === null
          ? t('clv.future.any')
          : `< ${money(to)}`
        : to === null
          ? `≥ ${money(from)}`
          : `${money(from)}–${money(to)}`,
    customers: count,
    filter: { ...(from === null ? {} : { futureFrom: from }), ...(to === null ? {} : { futureBelow: to }) },
  }))
  const largest = bars.toSorted((a, b) => b.customers - a.customers)[0]
  return (
    <BarCard
      run={run}
      bars={bars}
      finding={t('clv.future.finding', {
        range: largest?.label ?? '',
        share: formats.percent(shareOf(largest?.customers ?? 0, customers)),
      })}
      note={t('clv.future.note')}
      of={t('clv.future')}
      file="clv-future"
    />
  )
}

function BarCard({
  run,
  bars,
  finding,
  note,
  of,
  file,
}: {
  run: Run
  bars: readonly Bar[]
  finding: string
  note: string
  of: string
  file: string
}) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const key = JSON.stringify(bars)
  // Drawn anew when a figure differs, not whenever the page is.
  const draw = useCallback((palette: Palette) => barOption(palette, JSON.parse(key) as Bar[], formats.count), [key, formats])
  const pick = ({ index }: { index: number }) => {
    const bar = bars[index]
    if (bar && bar.customers > 0) void navigate({ to: '/runs/$id/people', params: { id: run.id }, search: bar.filter })
  }
  return (
    <ChartCard
      finding={finding}
      note={note}
      file={file}
      height={260}
      draw={draw}
      onPick={pick}
      table={{
        columns: [{ title: of }, { title: t('clv.column.customers'), end: true }],
        rows: bars.map(({ label, customers, filter }) => [
          { shown: label, raw: label },
          { shown: <Drill runId={run.id} filter={filter} count={customers} label={label} />, raw: customers },
        ]),
      }}
    />
  )
}

function barOption(palette: Palette, bars: readonly Bar[], count: (value: number) => string) {
  return {
    grid: { left: 12, right: 12, top: 26, bottom: 12, outerBoundsMode: 'same' as const },
    xAxis: {
      type: 'category' as const,
      data: bars.map(({ label }) => label),
      axisLabel: { color: palette.muted, hideOverlap: true, rotate: bars.some(({ label }) => label.length > 7) ? 30 : 0, fontSize: 11 },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
    },
    yAxis: { type: 'value' as const, show: false },
    tooltip: {
      trigger: 'item' as const,
    },
    series: [
      {
        type: 'bar' as const,
        data: bars.map(({ customers }) => customers),
        barCategoryGap: '18%',
        itemStyle: { color: palette.jade, borderRadius: [4, 4, 0, 0] },
        label: {
          show: true,
          position: 'top' as const,
          color: palette.muted,
          fontSize: 11,
          formatter: ({ value }: { value: number }) => count(value),
        },
      },
    ],
  }
}
