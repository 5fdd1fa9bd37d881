import type { ClvSummary } from '@zhike/contract/differentiate/analyses.ts'
import { useCallback } from 'react'
import { ChartCard } from '../../ui/chart/chart-card.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import type { Palette } from '../../ui/palette.ts'
import { useTranslation } from '../../ui/translation.ts'
import { shareOf } from '../analyses/share-bar.tsx'

type Tracking = NonNullable<ClvSummary['tracking']>

/** Repeat purchases as they were beside what the model expects, summed up week by week: whether the model can be believed. */
export function TrackingCard({ summary }: { summary: ClvSummary }) {
  const { t } = useTranslation()
  if (summary.tracking) return <Tracked tracking={summary.tracking} />
  return (
    <Card title={t('clv.tracking.title')}>
      <p className="muted">{t('clv.tracking.none')}</p>
    </Card>
  )
}

function Tracked({ tracking }: { tracking: Tracking }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { weeks, actual, expected, calibrationWeek, from } = tracking
  const draw = useCallback(
    (palette: Palette) =>
      trackingOption(
        palette,
        { weeks, actual, expected, calibrationWeek, from },
        {
          actual: t('clv.tracking.actual'),
          expected: t('clv.tracking.expected'),
          week: (week) => t('clv.tracking.week', { number: week }),
          calibration: t('clv.tracking.calibration'),
          count: (value) => formats.count(Math.round(value)),
        },
      ),
    [weeks, actual, expected, calibrationWeek, from, t, formats],
  )
  const off = shareOf((expected.at(-1) ?? 0) - (actual.at(-1) ?? 0), actual.at(-1) ?? 0)
  const finding = Math.abs(off) < 0.005 ? 'clv.tracking.finding.close' : off > 0 ? 'clv.tracking.finding.more' : 'clv.tracking.finding.less'
  return (
    <ChartCard
      finding={t(finding, { share: formats.percent(Math.abs(off)) })}
      note={t('clv.tracking.note', { day: from })}
      file="clv-tracking"
      height={280}
      draw={draw}
      table={{
        columns: [
          { title: t('clv.tracking.weeks'), end: true },
          { title: t('clv.tracking.actual'), end: true },
          { title: t('clv.tracking.expected'), end: true },
        ],
        rows: weeks.map((week, i) => [
          { shown: week, raw: week },
          { shown: formats.count(actual[i] ?? 0), raw: actual[i] ?? 0 },
          { shown: formats.count(Math.round(expected[i] ?? 0)), raw: expected[i] ?? 0 },
        ]),
      }}
    />
  )
}

interface Words {
  actual: string
  expected: string
  calibration: string
  week: (week: number) => string
  count: (value: number) => string
}

function trackingOption(palette: Palette, { weeks, actual, expected, calibrationWeek }: Tracking, words: Words) {
  // The lines end close together: each name keeps to its own side.
  const above = (actual.at(-1) ?? 0) >= (expected.at(-1) ?? 0) ? words.actual : words.expected
  const line = (name: string, values: readonly number[], color: string, type: 'solid' | 'dashed') => ({
    type: 'line' as const,
    name,
    data: weeks.map((week, i) => [week, values[i]]),
    showSymbol: false,
    lineStyle: { color, width: 2.2, type },
    itemStyle: { color },
    endLabel: { show: true, formatter: name, color: palette.ink, offset: [0, name === above ? -9 : 9] },
  })
  return {
    grid: { left: 12, right: 74, top: 18, bottom: 8, outerBoundsMode: 'same' as const },
    xAxis: {
      type: 'value' as const,
      max: weeks.at(-1),
      axisLabel: { color: palette.muted, showMaxLabel: false },
      axisLine: { lineStyle: { color: palette.line } },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value' as const,
      axisLabel: { color: palette.muted, formatter: words.count },
      splitLine: { lineStyle: { color: palette.line } },
    },
    tooltip: {
      trigger: 'axis' as const,
      formatter: (items: unknown) => {
        const points = items as { seriesName: string; value: [number, number] }[]
        return [
          words.week(points[0]?.value[0] ?? 0),
          ...points.map(({ seriesName, value }) => `${seriesName} ${words.count(value[1])}`),
        ].join('\n')
      },
    },
    series: [
      {
        ...line(words.actual, actual, palette.jade, 'solid'),
        ...(calibrationWeek === null
          ? {}
          : {
              markLine: {
                silent: true,
                symbol: 'none',
                data: [
                  {
                    xAxis: calibrationWeek,
                    lineStyle: { color: palette.muted, type: 'dotted' as const },
                    label: { formatter: words.calibration, color: palette.muted },
                  },
                ],
              },
            }),
      },
      line(words.expected, expected, palette.gold, 'dashed'),
    ],
  }
}
