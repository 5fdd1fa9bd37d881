import type { AbcSummary } from '@zhike/contract/differentiate/analyses.ts'
import { LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../ui/formats.ts'
import { fontFamily, paletteOf, useThemeMode } from '../../ui/theme.ts'

use([LineChart, GridComponent, MarkLineComponent, TooltipComponent, AriaComponent, SVGRenderer])

/** The share of revenue that the best customers bring, with the borders of A and B. */
export default function ParetoCurve({ summary }: { summary: AbcSummary }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const palette = paletteOf(useThemeMode())
  const place = useRef<HTMLDivElement>(null)
  const { curve, classes, customers } = summary
  useEffect(() => {
    const chart = init(place.current, null, { renderer: 'svg' })
    const observer = new ResizeObserver(() => chart.resize())
    observer.observe(place.current!)
    const percent = (value: number) => formats.percent(value)
    const borders = borderShares(classes, customers)
    const axis = {
      type: 'value' as const,
      min: 0,
      max: 1,
      axisLabel: { color: palette.muted, formatter: percent },
      splitLine: { lineStyle: { color: palette.line } },
    }
    chart.setOption({
      animation: false,
      textStyle: { fontFamily },
      grid: { left: 4, right: 14, top: 22, bottom: 4, outerBoundsMode: 'same' },
      xAxis: { ...axis, splitLine: { show: false } },
      yAxis: { ...axis, interval: 0.25 },
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
        backgroundColor: palette.card,
        borderColor: palette.line,
        textStyle: { color: palette.ink },
        formatter: (items: unknown) => {
          const [point] = items as [{ value: [number, number] }]
          return `${t('abc.customers')} ${percent(point.value[0])}\n${t('abc.revenue')} ${percent(point.value[1])}`
        },
      },
      series: [
        {
          type: 'line',
          data: [[0, 0], ...curve],
          showSymbol: false,
          lineStyle: { color: palette.jade, width: 2.2 },
          itemStyle: { color: palette.jade },
          areaStyle: { color: palette.jadeSoft },
          markLine: {
            silent: true,
            symbol: 'none',
            data: borders.map(({ name, at, color }) => ({
              xAxis: at,
              lineStyle: { color: palette[color], type: 'dashed' },
              label: { formatter: name, color: palette.muted, position: 'end' },
            })),
          },
        },
      ],
    })
    return () => {
      observer.disconnect()
      chart.dispose()
    }
  }, [curve, classes, customers, palette, formats, t])
  return <div ref={place} className="pareto" role="img" aria-label={t('abc.chart')} />
}

/** Where class A and class B end, as shares of the customers. */
function borderShares(classes: AbcSummary['classes'], customers: number) {
  const of = (name: 'A' | 'B') => classes.find((each) => each.class === name)?.customers ?? 0
  if (customers === 0) return []
  return [
    { name: 'A', at: of('A') / customers, color: 'seal' as const },
    { name: 'B', at: (of('A') + of('B')) / customers, color: 'goldText' as const },
  ]
}
