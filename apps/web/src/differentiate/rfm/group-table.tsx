import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RfmSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useCodeText } from '../../app/code-text.ts'
import { RfmGroupBadge } from '../../identify/customers/labels.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { runMoves } from '../analyses/analysis-queries.ts'
import { Drill } from '../analyses/drill.tsx'
import { MovementCells, MovementHeads } from '../analyses/movement-cells.tsx'
import { ShareBar, shareOf } from '../analyses/share-bar.tsx'

/** The named groups: people, share of revenue, and since an earlier run who came and who left. */
export function GroupTable({ run, summary, earlier }: { run: Run; summary: RfmSummary; earlier: Run | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  const moves = useQuery({ ...runMoves(run.id, earlier?.id ?? ''), enabled: earlier !== undefined })
  return (
    <Card title={t('rfm.groups.title')} note={earlier ? t('rfm.groups.noteNet', { day: earlier.asOf }) : t('rfm.groups.note')}>
      {moves.isError && <ProblemNotice error={moves.error} />}
      <div className="scroll-x" role="region" aria-label={t('rfm.groups.title')} tabIndex={0}>
        <table className="figures-table groups" aria-label={t('rfm.groups.title')}>
          <thead>
            <tr>
              <th scope="col">{t('rfm.column.group')}</th>
              <th scope="col" className="wide-only">
                {t('rfm.column.meaning')}
              </th>
              <th scope="col" className="end">
                {t('rfm.column.customers')}
              </th>
              <th scope="col" className="end" colSpan={2}>
                {t('rfm.column.share')}
              </th>
              {earlier && <MovementHeads />}
            </tr>
          </thead>
          <tbody>
            {summary.groups.map(({ group, customers, revenue }) => {
              const share = shareOf(revenue, summary.revenue)
              const name = text('rfm.group', group)
              return (
                <tr key={group}>
                  <td>
                    <Link to="/runs/$id/people" params={{ id: run.id }} search={{ group }} className="group-link">
                      <RfmGroupBadge group={group} />
                    </Link>
                  </td>
                  <td className="muted wide-only">{text('rfm.meaning', group)}</td>
                  <td className="end">
                    <Drill runId={run.id} filter={{ group }} count={customers} label={name} />
                  </td>
                  <td className="bar-cell">
                    <ShareBar share={share} />
                  </td>
                  <td className="end">{formats.percent(share)}</td>
                  {earlier && moves.data && (
                    <MovementCells run={run} earlier={earlier} moves={moves.data.moves} by="group" part={group} name={name} />
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
