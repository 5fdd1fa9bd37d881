import { getRouteApi, Link } from '@tanstack/react-router'
import type { RfmSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { blend, readableOn } from '../../ui/contrast.ts'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { paletteOf, useThemeMode } from '../../ui/theme.ts'
import { type Square, squares } from './figures.ts'

const routeApi = getRouteApi('/shell/rfm')

/** Recency × frequency as a heat map, or as a table of the same figures; each square leads to its people. */
export function HeatMap({ run, summary }: { run: Run; summary: RfmSummary }) {
  const { t } = useTranslation()
  const { view } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const rows = squares(summary.cells)
  return (
    <Card
      title={<Finding summary={summary} />}
      actions={
        <Segmented
          size="small"
          aria-label={t('rfm.heat.label')}
          value={view ?? 'map'}
          onChange={(next) => void navigate({ search: (now) => ({ ...now, view: next === 'table' ? 'table' : undefined }), replace: true })}
          options={[
            { value: 'map', label: t('rfm.view.map') },
            { value: 'table', label: t('rfm.view.table') },
          ]}
        />
      }
    >
      {view === 'table' ? (
        <SquareTable runId={run.id} rows={rows} summary={summary} />
      ) : (
        <SquareMap runId={run.id} rows={rows} summary={summary} />
      )}
    </Card>
  )
}

/** What the picture says, as its title: the big customers who stay away, or else what the best bring. */
function Finding({ summary }: { summary: RfmSummary }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const find = (name: string) => summary.groups.find(({ group }) => group === name)
  const lapsed = find('cannot-lose')
  const subject = lapsed && lapsed.customers > 0 ? lapsed : find('champions')
  if (!subject) return null
  const share = formats.percent(summary.revenue > 0 ? subject.revenue / summary.revenue : 0)
  return t(subject === lapsed ? 'rfm.finding.lapsed' : 'rfm.finding.champions', {
    count: subject.customers,
    number: formats.count(subject.customers),
    share,
  })
}

interface SquaresProps {
  runId: string
  rows: Square[][]
  summary: RfmSummary
}

function SquareMap({ runId, rows, summary }: SquaresProps) {
  const { t } = useTranslation()
  const most = Math.max(1, ...rows.flat().map(({ customers }) => customers))
  return (
    <>
      <p className="muted small">{t('rfm.heat.note')}</p>
      <table className="heat" aria-label={t('rfm.heat.label')}>
        <tbody>
          {rows.map((squaresOfR) => (
            <tr key={squaresOfR[0]!.r}>
              <th scope="row">R{squaresOfR[0]!.r}</th>
              {squaresOfR.map((square) => (
                <td key={square.f}>
                  <SquareLink runId={runId} square={square} most={most} currency={summary.currency} />
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <td />
            {[1, 2, 3, 4, 5].map((f) => (
              <th key={f} scope="col">
                F{f}
              </th>
            ))}
          </tr>
        </tbody>
      </table>
    </>
  )
}

function SquareLink({ runId, square, most, currency }: { runId: string; square: Square; most: number; currency: string }) {
  const formats = useFormats()
  const palette = paletteOf(useThemeMode())
  const { r, f, customers, revenue } = square
  // By the root: squares differ by orders of magnitude, and the eye compares areas.
  const background = blend(palette.graySoft, palette.jade, Math.sqrt(customers / most))
  const color = readableOn(background, ['#000000', '#FFFFFF'])
  if (customers === 0) return <span className="heat-cell heat-empty">0</span>
  const average = formats.moneyShort(Math.round(revenue / customers), currency)
  return (
    <Link to="/rfm/$id/people" params={{ id: runId }} search={{ r, f }} className="heat-cell" style={{ background, color }}>
      <span className="sr-only">
        R{r} F{f}:
      </span>
      <b>{formats.count(customers)}</b>
      <span className="small">{average}</span>
    </Link>
  )
}

function SquareTable({ runId, rows, summary }: SquaresProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const filled = rows.flat().filter(({ customers }) => customers > 0)
  return (
    <div className="scroll-x">
      <table className="figures-table" aria-label={t('rfm.heat.label')}>
        <thead>
          <tr>
            <th scope="col">{t('rfm.column.cell')}</th>
            {(['customers', 'average', 'revenue', 'share'] as const).map((column) => (
              <th key={column} scope="col" className="end">
                {t(`rfm.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {filled.map(({ r, f, customers, revenue }) => (
            <tr key={`${r}${f}`}>
              <td>
                <Link to="/rfm/$id/people" params={{ id: runId }} search={{ r, f }}>
                  R{r} F{f}
                </Link>
              </td>
              <td className="end">{formats.count(customers)}</td>
              <td className="end">{formats.money(Math.round(revenue / customers), summary.currency)}</td>
              <td className="end">{formats.money(revenue, summary.currency)}</td>
              <td className="end">{formats.percent(summary.revenue > 0 ? revenue / summary.revenue : 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
