import { BarChart, LineChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { Palette } from '../palette.ts'
import { fontFamily, paletteOf, useThemeMode } from '../theme.ts'
import { download } from './download.ts'

use([BarChart, LineChart, ScatterChart, GridComponent, MarkLineComponent, TooltipComponent, AriaComponent, SVGRenderer])

/** The picture in the colours of the theme. Kept by `useCallback`: a new one draws anew. */
export type DrawChart = (palette: Palette) => EChartsCoreOption

export interface ChartHandle {
  savePng(name: string): Promise<void>
}

interface Props {
  label: string
  height: number
  draw: DrawChart
  handle: Ref<ChartHandle>
  onPick?: (picked: { series: number; index: number }) => void
}

/** Draws with ECharts, which is loaded only where something is drawn. */
export default function EChart({ label, height, draw, handle, onPick }: Props) {
  const palette = paletteOf(useThemeMode())
  const place = useRef<HTMLDivElement>(null)
  const picked = useRef(onPick)
  useEffect(() => {
    picked.current = onPick
  })
  useEffect(() => {
    const chart = init(place.current, null, { renderer: 'svg' })
    const observer = new ResizeObserver(() => chart.resize())
    observer.observe(place.current!)
    const { tooltip, ...picture } = draw(palette)
    chart.setOption({ animation: false, textStyle: { fontFamily }, ...picture, tooltip: plainTooltip(palette, tooltip) })
    chart.on('click', ({ seriesIndex, dataIndex }) => {
      if (seriesIndex !== undefined && dataIndex !== undefined) picked.current?.({ series: seriesIndex, index: dataIndex })
    })
    return () => {
      observer.disconnect()
      chart.dispose()
    }
  }, [draw, palette])
  useImperativeHandle(handle, () => ({
    savePng: async (name) => {
      const svg = place.current?.querySelector('svg')
      if (svg) download(name, await pngOf(svg, palette.card))
    },
  }))
  return <div ref={place} role="img" aria-label={label} style={{ height }} />
}

/**
 * Whatever a picture says of its tooltip, it is written as plain text: one of HTML would take a name in it for markup, and styles
 * itself inline, which the content security policy refuses.
 */
const plainTooltip = (palette: Palette, own: unknown) => ({
  backgroundColor: palette.card,
  borderColor: palette.line,
  textStyle: { color: palette.ink },
  ...(own as object | undefined),
  renderMode: 'richText',
})

async function pngOf(svg: SVGSVGElement, background: string): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect()
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = width * 2
    canvas.height = height * 2
    const context = canvas.getContext('2d')!
    context.fillStyle = background
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be drawn'))), 'image/png'),
    )
  } finally {
    URL.revokeObjectURL(url)
  }
}
