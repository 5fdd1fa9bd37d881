import type { AbcSummary } from '@zhike/contract/differentiate/analyses.ts'
import { useCallback } from 'react'
import { ChartCard } from '../../ui/chart/chart-card.tsx'
import { useFormats } from '../../ui/formats.ts'
import type { Palette } from '../../ui/palette.ts'
import { useTranslation } from '../../ui/translation.ts'
import { shareOf } from '../analyses/share-bar.tsx'
import { type Cuts, plot } from './curve.ts'
import { CutHandles } from './cut-handles.tsx'

interface Props {
  summary: AbcSummary
  /** As the result has them. */
  kept: Cuts
  /** As they are moved. */
  cuts: Cuts
  /** Absent for who may not change them. */
  onMove: ((cuts: Cuts) => void) | undefined
}

/** The share of revenue that the best customers bring, with the borders of A and B to take hold of. */
export function ParetoCard({ summary, kept, cuts, onMove }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { curve, classes, customers } = summary
  const draw = useCallback(
    (palette: Palette) => paretoOption(palette, curve, formats.percent, t('abc.customers'), t('abc.revenue')),
    [curve, formats, t],
  )
  const a = classes.find((each) => each.class === 'A')
  return (
    <ChartCard
      finding={t('abc.finding', { share: formats.percent(shareOf(a?.customers ?? 0, customers)), a: formats.percent(kept.a / 100) })}
      note={t(onMove ? 'abc.note' : 'abc.note.fixed')}
      file="pareto"
      height={320}
      draw={draw}
      over={<CutHandles summary={summary} kept={kept} cuts={cuts} onMove={onMove} />}
      table={{
        columns: [
          { title: t('abc.table.heads'), end: true },
          { title: t('abc.table.value'), end: true },
        ],
        rows: curve.map(([heads, value]) => [
          { shown: formats.percent(heads), raw: heads },
          { shown: formats.percent(value), raw: value },
        ]),
      }}
    />
  )
}

function paretoOption(
  palette: Palette,
  curve: AbcSummary['curve'],
  percent: (share: number) => string,
  customers: string,
  revenue: string,
) {
  const axis = {
    type: 'value' as const,
    min: 0,
    max: 1,
    interval: 0.25,
    axisLabel: { color: palette.muted, formatter: percent },
    axisLine: { lineStyle: { color: palette.line } },
    splitLine: { lineStyle: { color: palette.line } },
  }
  return {
    grid: { ...plot, outerBoundsMode: 'none' },
    xAxis: { ...axis, splitLine: { show: false } },
    yAxis: axis,
    tooltip: {
      trigger: 'axis' as const,
      formatter: (items: unknown) => {
        const [point] = items as [{ value: [number, number] }]
        return `${customers} ${percent(point.value[0])}\n${revenue} ${percent(point.value[1])}`
      },
    },
    series: [
      {
        type: 'line',
        data: curve,
        showSymbol: false,
        lineStyle: { color: palette.jade, width: 2.2 },
        itemStyle: { color: palette.jade },
        areaStyle: { color: palette.jadeSoft },
      },
    ],
  }
}
