import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ClvPoint, ClvSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useCallback, useMemo } from 'react'
import { useCodeText } from '../../app/code-text.ts'
import { ChartCard } from '../../ui/chart/chart-card.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import type { Palette } from '../../ui/palette.ts'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { clvPoints } from '../analyses/analysis-queries.ts'
import { shareOf } from '../analyses/share-bar.tsx'
import { QuadrantTable } from './quadrant-table.tsx'
import { fromScale, onScale } from './scale.ts'

const quadrants = ['vip', 'improve', 'maintain', 'drop'] as const
/** Told apart by shape too. */
const marks = { vip: ['gold', 'diamond'], improve: ['blue', 'triangle'], maintain: ['jade', 'circle'], drop: ['muted', 'rect'] } as const

interface Props {
  run: Run
  summary: ClvSummary
  earlier: Run | undefined
}

/** What customers were worth against what they are expected to be worth: four quadrants, each point a person. */
export function MatrixCard({ run, summary, earlier }: Props) {
  const { t } = useTranslation()
  const { data, ...points } = useQuery(clvPoints(run.id))
  if (points.isError) return <ProblemNotice error={points.error} retry={() => void points.refetch()} />
  if (!data) return <Card title={t('clv.matrix.title')}>{<Skeleton rows={8} />}</Card>
  return <Matrix run={run} summary={summary} earlier={earlier} points={data.points} total={data.total} />
}

function Matrix({ run, summary, earlier, points, total }: Props & { points: ClvPoint[]; total: number }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const formats = useFormats()
  const navigate = useNavigate()
  const byQuadrant = useMemo(() => quadrants.map((quadrant) => points.filter((point) => point.quadrant === quadrant)), [points])
  const { thresholds, currency } = summary
  const draw = useCallback(
    (palette: Palette) => {
      const money = (minor: number) => formats.moneyShort(Math.round(minor), currency)
      const nameOf = (point: ClvPoint) =>
        `${point.name ?? point.code}\n${t('clv.current')} ${money(point.currentValue)}\n${t('clv.future')} ${money(point.futureValue)}`
      return matrixOption(palette, byQuadrant, thresholds, {
        money,
        nameOf,
        quadrant: (name) => text('clv.quadrant', name),
        current: t('clv.current'),
        future: t('clv.future'),
      })
    },
    [byQuadrant, thresholds, currency, formats, t, text],
  )
  const vip = summary.quadrants.find(({ quadrant }) => quadrant === 'vip')
  const shown = points.length
  return (
    <ChartCard
      finding={t('clv.matrix.finding', {
        count: vip?.customers ?? 0,
        number: formats.count(vip?.customers ?? 0),
        share: formats.percent(shareOf(vip?.futureValue ?? 0, summary.futureValue)),
      })}
      note={shown < total ? t('clv.matrix.sample', { shown: formats.count(shown), total: formats.count(total) }) : t('clv.matrix.note')}
      file="clv-matrix"
      height={380}
      draw={draw}
      onPick={({ series, index }) => {
        const point = byQuadrant[series]?.[index]
        if (point) void navigate({ to: '/customers/$id', params: { id: point.id } })
      }}
      table={{
        columns: [
          { title: t('clv.column.customer') },
          { title: t('clv.column.quadrant') },
          { title: t('clv.current'), end: true },
          { title: t('clv.future'), end: true },
        ],
        rows: points.slice(0, 200).map((point) => [
          { shown: point.name ?? point.code, raw: point.code },
          { shown: text('clv.quadrant', point.quadrant), raw: point.quadrant },
          { shown: formats.money(point.currentValue, currency), raw: point.currentValue },
          { shown: formats.money(point.futureValue, currency), raw: point.futureValue },
        ]),
      }}
    >
      <QuadrantTable run={run} summary={summary} earlier={earlier} />
    </ChartCard>
  )
}

interface Words {
  money: (minor: number) => string
  nameOf: (point: ClvPoint) => string
  quadrant: (name: string) => string
  current: string
  future: string
}

function matrixOption(palette: Palette, byQuadrant: readonly ClvPoint[][], thresholds: ClvSummary['thresholds'], words: Words) {
  const axis = (name: string) => ({
    type: 'value' as const,
    name,
    nameLocation: 'middle' as const,
    nameTextStyle: { color: palette.muted },
    interval: 1,
    // Between the last whole step and the end there is no room for another sum.
    axisLabel: { color: palette.muted, showMaxLabel: false, formatter: (at: number) => words.money(fromScale(at)) },
    axisLine: { onZero: false, lineStyle: { color: palette.line } },
    splitLine: { lineStyle: { color: palette.line } },
  })
  const border = { lineStyle: { color: palette.muted, type: 'dashed' as const }, label: { show: false } }
  return {
    grid: { left: 76, right: 20, top: 16, bottom: 46, outerBoundsMode: 'none' as const },
    xAxis: { ...axis(words.current), nameGap: 28 },
    yAxis: { ...axis(words.future), nameGap: 60 },
    tooltip: {
      trigger: 'item' as const,
      formatter: ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }) => {
        const point = byQuadrant[seriesIndex]?.[dataIndex]
        return point ? words.nameOf(point) : ''
      },
    },
    series: quadrants.map((quadrant, series) => ({
      type: 'scatter' as const,
      name: words.quadrant(quadrant),
      symbol: marks[quadrant][1],
      symbolSize: quadrant === 'drop' ? 4 : 7,
      itemStyle: { color: palette[marks[quadrant][0]], opacity: quadrant === 'drop' ? 0.45 : 0.65 },
      data: (byQuadrant[series] ?? []).map(({ currentValue, futureValue }) => [onScale(currentValue), onScale(futureValue)]),
      ...(series === 0
        ? {
            markLine: {
              silent: true,
              symbol: 'none',
              data: [
                { xAxis: onScale(thresholds.current), ...border },
                { yAxis: onScale(thresholds.future), ...border },
              ],
            },
          }
        : {}),
    })),
  }
}
