import { useQuery } from '@tanstack/react-query'
import type { AbcSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { runMoves } from '../analyses/analysis-queries.ts'
import { Drill } from '../analyses/drill.tsx'
import { MovementCells, MovementHeads } from '../analyses/movement-cells.tsx'
import { shareOf } from '../analyses/share-bar.tsx'

/** The value pyramid: few above, many below; what each level brings, and who came and left since an earlier run. */
export function Pyramid({ run, summary, earlier }: { run: Run; summary: AbcSummary; earlier: Run | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const moves = useQuery({ ...runMoves(run.id, earlier?.id ?? '', 'level'), enabled: earlier !== undefined })
  const { levels, customers, revenue, currency } = summary
  const top = levels.filter(({ level }) => level === 'key' || level === 'major')
  const sum = (what: 'customers' | 'revenue') => top.reduce((total, each) => total + each[what], 0)
  return (
    <Card
      title={t('pyramid.finding', {
        heads: formats.percent(shareOf(sum('customers'), customers)),
        share: formats.percent(shareOf(sum('revenue'), revenue)),
      })}
      note={earlier ? t('abc.since', { day: earlier.asOf }) : t('pyramid.note')}
    >
      {moves.isError && <ProblemNotice error={moves.error} />}
      <div className="scroll-x" role="region" aria-label={t('pyramid.title')} tabIndex={0}>
        <table className="figures-table pyramid" aria-label={t('pyramid.title')}>
          <thead>
            <tr>
              <th scope="col">{t('pyramid.level')}</th>
              <th scope="col" aria-label={t('abc.headsShare')} />
              <th scope="col" className="end">
                {t('abc.customers')}
              </th>
              <th scope="col" className="end">
                {t('abc.revenue')}
              </th>
              <th scope="col" className="end">
                {t('abc.share')}
              </th>
              {earlier && <MovementHeads />}
            </tr>
          </thead>
          <tbody>
            {levels.map((each) => {
              const name = t(`abc.level.${each.level}`)
              const heads = shareOf(each.customers, customers)
              return (
                <tr key={each.level}>
                  <th scope="row">{name}</th>
                  <td className="pyramid-cell">
                    <span className={`pyramid-step pyramid-${each.level}`} style={{ width: `${Math.max(4, Math.sqrt(heads) * 100)}%` }} />
                    <span className="sr-only">{formats.percent(heads)}</span>
                  </td>
                  <td className="end">
                    <Drill runId={run.id} filter={{ level: each.level }} count={each.customers} label={name} />
                  </td>
                  <td className="end">{formats.moneyShort(each.revenue, currency)}</td>
                  <td className="end">{formats.percent(shareOf(each.revenue, revenue))}</td>
                  {earlier && moves.data && (
                    <MovementCells run={run} earlier={earlier} moves={moves.data.moves} by="level" part={each.level} name={name} />
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
