import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RfmSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useTranslation } from 'react-i18next'
import { useCodeText } from '../../app/code-text.ts'
import { RfmGroupBadge } from '../../identify/customers/labels.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { runMoves } from './analysis-queries.ts'
import { netMovement } from './figures.ts'

/** The named groups: people, share of revenue, and since an earlier run who came less who left. */
export function GroupTable({ run, summary, earlier }: { run: Run; summary: RfmSummary; earlier: Run | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  const moves = useQuery({ ...runMoves(run.id, earlier?.id ?? ''), enabled: earlier !== undefined })
  const net = earlier && moves.data ? (group: string) => netMovement(moves.data.moves, group) : undefined
  return (
    <Card
      title={t('rfm.groups.title')}
      note={earlier ? t('rfm.groups.noteNet', { day: earlier.asOf }) : t('rfm.groups.note')}
      className="scroll-x"
    >
      {moves.isError && <ProblemNotice error={moves.error} />}
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
            {net && (
              <th scope="col" className="end">
                {t('rfm.column.net')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {summary.groups.map(({ group, customers, revenue }) => {
            const share = summary.revenue > 0 ? revenue / summary.revenue : 0
            return (
              <tr key={group}>
                <td>
                  <Link to="/rfm/$id/people" params={{ id: run.id }} search={{ group }} className="group-link">
                    <RfmGroupBadge group={group} />
                  </Link>
                </td>
                <td className="muted wide-only">{text('rfm.meaning', group)}</td>
                <td className="end">{formats.count(customers)}</td>
                <td className="bar-cell" aria-hidden>
                  <span className="bar">
                    <span style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
                  </span>
                </td>
                <td className="end">{formats.percent(share)}</td>
                {net && (
                  <td className={`end ${net(group) < 0 ? 'down' : net(group) > 0 ? 'up' : 'muted'}`}>{formats.signed(net(group))}</td>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </Card>
  )
}
