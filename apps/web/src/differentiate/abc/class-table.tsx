import { useQuery } from '@tanstack/react-query'
import type { AbcSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { runMoves } from '../analyses/analysis-queries.ts'
import { Drill } from '../analyses/drill.tsx'
import { MovementCells, MovementHeads } from '../analyses/movement-cells.tsx'
import { ShareBar, shareOf } from '../analyses/share-bar.tsx'

/** The three classes: people, revenue, and since an earlier run who came and who left. */
export function ClassTable({ run, summary, earlier }: { run: Run; summary: AbcSummary; earlier: Run | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const moves = useQuery({ ...runMoves(run.id, earlier?.id ?? ''), enabled: earlier !== undefined })
  const { classes, customers, revenue, currency } = summary
  return (
    <Card title={t('abc.classes')} note={earlier ? t('abc.since', { day: earlier.asOf }) : t('abc.classes.note')}>
      {moves.isError && <ProblemNotice error={moves.error} />}
      <div className="scroll-x" role="region" aria-label={t('abc.classes')} tabIndex={0}>
        <table className="figures-table" aria-label={t('abc.classes')}>
          <thead>
            <tr>
              <th scope="col">{t('abc.class')}</th>
              <th scope="col" className="end">
                {t('abc.customers')}
              </th>
              {!earlier && (
                <th scope="col" className="end">
                  {t('abc.headsShare')}
                </th>
              )}
              <th scope="col" className="end">
                {t('abc.revenue')}
              </th>
              <th scope="col" className="end" colSpan={2}>
                {t('abc.share')}
              </th>
              {earlier && <MovementHeads />}
            </tr>
          </thead>
          <tbody>
            {classes.map((each) => {
              const name = t(`abc.class.${each.class}`)
              return (
                <tr key={each.class}>
                  <th scope="row">{name}</th>
                  <td className="end">
                    <Drill runId={run.id} filter={{ group: each.class }} count={each.customers} label={name} />
                  </td>
                  {!earlier && <td className="end">{formats.percent(shareOf(each.customers, customers))}</td>}
                  <td className="end">{formats.moneyShort(each.revenue, currency)}</td>
                  <td className="bar-cell">
                    <ShareBar share={shareOf(each.revenue, revenue)} />
                  </td>
                  <td className="end">{formats.percent(shareOf(each.revenue, revenue))}</td>
                  {earlier && moves.data && (
                    <MovementCells run={run} earlier={earlier} moves={moves.data.moves} by="group" part={each.class} name={name} />
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
