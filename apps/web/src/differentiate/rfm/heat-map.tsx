import { getRouteApi, Link } from '@tanstack/react-router'
import type { RfmSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { blend, readableOn } from '../../ui/contrast.ts'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { Segments } from '../../ui/segments.tsx'
import { paletteOf, useThemeMode } from '../../ui/theme.ts'
import { useTranslation } from '../../ui/translation.ts'
import { shareOf } from '../analyses/share-bar.tsx'
import { CellTable } from './cell-table.tsx'
import { type Square, squares } from './figures.ts'

const routeApi = getRouteApi('/shell/rfm')

/** Recency × frequency as a heat map, or all 125 cells with M as a table; each leads to its people. */
export function HeatMap({ run, summary }: { run: Run; summary: RfmSummary }) {
  const { t } = useTranslation()
  const { view } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  return (
    <Card
      title={<Finding run={run} summary={summary} />}
      actions={
        <Segments
          label={t('rfm.view')}
          value={view ?? 'map'}
          onChange={(next) => void navigate({ search: (now) => ({ ...now, view: next === 'table' ? 'table' : undefined }), replace: true })}
          options={(['map', 'table'] as const).map((value) => ({ value, label: t(`rfm.view.${value}`) }))}
        />
      }
    >
      {view === 'table' ? <CellTable run={run} summary={summary} /> : <SquareMap runId={run.id} summary={summary} />}
    </Card>
  )
}

/** What the picture says, as its title: the big customers who stay away, or else what the best bring. */
function Finding({ run, summary }: { run: Run; summary: RfmSummary }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { windowMonths } = run.definition.basis
  const find = (name: string) => summary.groups.find(({ group }) => group === name)
  const lapsed = find('cannot-lose')
  const isLapsed = lapsed !== undefined && lapsed.customers > 0
  const subject = isLapsed ? lapsed : find('champions')
  if (!subject) return null
  return t(isLapsed ? 'rfm.finding.lapsed' : 'rfm.finding.champions', {
    count: subject.customers,
    number: formats.count(subject.customers),
    share: formats.percent(shareOf(subject.revenue, summary.revenue)),
    period: windowMonths ? t('rfm.period.months', { count: windowMonths }) : t('rfm.period.all'),
  })
}

function SquareMap({ runId, summary }: { runId: string; summary: RfmSummary }) {
  const { t } = useTranslation()
  const rows = squares(summary.cells)
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
  const background = blend(palette.jadeSoft, palette.jade, 0.9 * (customers / most))
  const color = readableOn(background, ['#000000', '#FFFFFF'])
  if (customers === 0) return <span className="heat-cell heat-empty">0</span>
  const average = formats.moneyShort(Math.round(revenue / customers), currency)
  return (
    <Link
      to="/runs/$id/people"
      params={{ id: runId }}
      search={{ r, f }}
      className="heat-cell"
      style={{ background, color }}
      data-rows={customers}
    >
      <span className="sr-only">
        R{r} F{f}:
      </span>
      <b>{formats.count(customers)}</b>
      <span className="small">{average}</span>
    </Link>
  )
}
