import { useQuery } from '@tanstack/react-query'
import type { ClvSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useFormats } from '../../ui/formats.ts'
import { ProblemNotice } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { runMoves } from '../analyses/analysis-queries.ts'
import { Drill } from '../analyses/drill.tsx'
import { MovementCells, MovementHeads } from '../analyses/movement-cells.tsx'
import { ShareBar, shareOf } from '../analyses/share-bar.tsx'

/** In the picture's shapes and colours. */
const signs = { vip: '◆', improve: '▲', maintain: '●', drop: '■' } as const

/** The four quadrants: what they mean, how many are in each, what they are expected to bring. */
export function QuadrantTable({ run, summary, earlier }: { run: Run; summary: ClvSummary; earlier: Run | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const moves = useQuery({ ...runMoves(run.id, earlier?.id ?? ''), enabled: earlier !== undefined })
  return (
    <div className="scroll-x" role="region" aria-label={t('clv.quadrants')} tabIndex={0}>
      {moves.isError && <ProblemNotice error={moves.error} />}
      <table className="figures-table" aria-label={t('clv.quadrants')}>
        <thead>
          <tr>
            <th scope="col">{t('clv.column.quadrant')}</th>
            <th scope="col" className="wide-only">
              {t('clv.column.meaning')}
            </th>
            <th scope="col" className="end">
              {t('clv.column.customers')}
            </th>
            <th scope="col" className="end">
              {t('clv.future')}
            </th>
            <th scope="col" className="end" colSpan={2}>
              {t('clv.column.share')}
            </th>
            {earlier && <MovementHeads />}
          </tr>
        </thead>
        <tbody>
          {summary.quadrants.map(({ quadrant, customers, futureValue }) => {
            const name = t(`clv.quadrant.${quadrant}`)
            const share = shareOf(futureValue, summary.futureValue)
            return (
              <tr key={quadrant}>
                <th scope="row">
                  <span aria-hidden className={`quadrant-sign quadrant-${quadrant}`}>
                    {signs[quadrant]}
                  </span>{' '}
                  {name}
                </th>
                <td className="muted wide-only">{t(`clv.meaning.${quadrant}`)}</td>
                <td className="end">
                  <Drill runId={run.id} filter={{ group: quadrant }} count={customers} label={name} />
                </td>
                <td className="end">{formats.moneyShort(futureValue, summary.currency)}</td>
                <td className="bar-cell">
                  <ShareBar share={share} />
                </td>
                <td className="end">{formats.percent(share)}</td>
                {earlier && moves.data && (
                  <MovementCells run={run} earlier={earlier} moves={moves.data.moves} by="group" part={quadrant} name={name} />
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
