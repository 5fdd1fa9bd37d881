import { rfmGroupOf } from '@zhike/analytics/rfm/groups.ts'
import type { RfmSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { RfmGroupBadge } from '../../identify/customers/labels.tsx'
import { useFormats } from '../../ui/formats.ts'
import { useTranslation } from '../../ui/translation.ts'
import { Drill } from '../analyses/drill.tsx'
import { shareOf } from '../analyses/share-bar.tsx'
import { allCells } from './figures.ts'

/** The one table of 125 cells: who is in each, to which group it belongs. */
export function CellTable({ run, summary }: { run: Run; summary: RfmSummary }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { currency } = summary
  return (
    <>
      <p className="muted small">{t('rfm.cells.note')}</p>
      <div className="scroll-x cells-scroll" role="region" aria-label={t('rfm.cells.label')} tabIndex={0}>
        <table className="figures-table" aria-label={t('rfm.cells.label')}>
          <thead>
            <tr>
              <th scope="col">{t('rfm.column.cell')}</th>
              <th scope="col">{t('rfm.column.group')}</th>
              {(['customers', 'average', 'revenue', 'share'] as const).map((column) => (
                <th key={column} scope="col" className="end">
                  {t(`rfm.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {allCells(summary.cells).map(({ r, f, m, customers, revenue }) => (
              <tr key={`${r}${f}${m}`}>
                <th scope="row">
                  R{r} F{f} M{m}
                </th>
                <td>
                  <RfmGroupBadge group={rfmGroupOf(r, f, m)} />
                </td>
                <td className="end">
                  <Drill runId={run.id} filter={{ r, f, m }} count={customers} label={`R${r} F${f} M${m}`} />
                </td>
                <td className="end">{customers > 0 ? formats.moneyShort(Math.round(revenue / customers), currency) : ''}</td>
                <td className="end">{customers > 0 ? formats.money(revenue, currency) : ''}</td>
                <td className="end">{customers > 0 ? formats.percent(shareOf(revenue, summary.revenue)) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
