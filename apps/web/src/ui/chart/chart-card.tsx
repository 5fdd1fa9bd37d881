import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { Menu } from '../menu.tsx'
import { Card } from '../page.tsx'
import { Skeleton } from '../skeleton.tsx'
import { useTranslation } from '../translation.ts'
import { csvOf, download } from './download.ts'
import type { ChartHandle, DrawChart } from './echart.tsx'

const EChart = lazy(() => import('./echart.tsx'))

/** The same data in words and figures. */
export interface ChartTable {
  columns: readonly { title: string; end?: boolean }[]
  /** As shown; `raw` goes into the file. */
  rows: readonly (readonly { shown: ReactNode; raw: string | number | null }[])[]
}

interface Props {
  /** The finding, in one sentence: what this picture shows about the company. */
  finding: string
  /** What is drawn, and its units. */
  note?: string
  /** Of the exported file, without ending. */
  file: string
  height?: number
  draw: DrawChart
  table: ChartTable
  /** A mark was pressed: which of the series' data. */
  onPick?: (picked: { series: number; index: number }) => void
  /** Laid over the picture, in its own box: what is dragged in it. */
  over?: ReactNode
  children?: ReactNode
}

/** A picture whose title is what it says, with the table behind it, to take away as picture or data. */
export function ChartCard({ finding, note, file, height = 300, draw, table, onPick, over, children }: Props) {
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  const handle = useRef<ChartHandle>(null)
  const exports = [
    ...(asTable ? [] : [{ key: 'png', label: t('chart.png'), onChoose: () => void handle.current?.savePng(`${file}.png`) }]),
    { key: 'csv', label: t('chart.csv'), onChoose: () => download(`${file}.csv`, new Blob([csvOf(table)], { type: 'text/csv' })) },
  ]
  return (
    <Card
      title={finding}
      {...(note ? { note } : {})}
      actions={
        <>
          <button type="button" className="button button-quiet button-small" onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'chart.asPicture' : 'chart.asTable')}
          </button>
          <Menu
            label={t('chart.export.label', { name: finding })}
            button={t('chart.export')}
            buttonLabel={t('chart.export.label', { name: finding })}
            buttonClassName="button button-quiet button-small"
            align="end"
            items={exports}
          />
        </>
      }
    >
      {asTable ? (
        <TableBehind name={finding} table={table} />
      ) : (
        <Suspense fallback={<Skeleton rows={5} />}>
          <div className="chart-picture">
            <EChart label={finding} height={height} draw={draw} handle={handle} {...(onPick ? { onPick } : {})} />
            {over}
          </div>
        </Suspense>
      )}
      {children}
    </Card>
  )
}

function TableBehind({ name, table }: { name: string; table: ChartTable }) {
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={name}>
      <table className="figures-table">
        <thead>
          <tr>
            {table.columns.map(({ title, end }) => (
              <th key={title} scope="col" className={end ? 'end' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map(({ shown }, column) => (
                <td key={table.columns[column]!.title} className={table.columns[column]!.end ? 'end' : undefined}>
                  {shown}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
