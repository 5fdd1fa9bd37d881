import type { AbcSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { PartTable } from '../analyses/part-table.tsx'
import { shareOf } from '../analyses/share-bar.tsx'

/** The value pyramid: few above, many below; what each level brings, and who came and left since an earlier run. */
export function Pyramid({ run, summary, earlier }: { run: Run; summary: AbcSummary; earlier: Run | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
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
      <PartTable
        label={t('pyramid.title')}
        run={run}
        earlier={earlier}
        parts={levels}
        by="level"
        keyOf={({ level }) => level}
        nameOf={({ level }) => t(`abc.level.${level}`)}
        heads={[
          { text: t('pyramid.level') },
          { text: t('abc.headsShare'), heard: true },
          { text: t('abc.customers'), end: true },
          { text: t('abc.revenue'), end: true },
          { text: t('abc.share'), end: true },
        ]}
      >
        {(each, name, people) => (
          <>
            <th scope="row">{name}</th>
            <td className="pyramid-cell">
              <Step level={each.level} heads={shareOf(each.customers, customers)} />
            </td>
            <td className="end">{people}</td>
            <td className="end">{formats.moneyShort(each.revenue, currency)}</td>
            <td className="end">{formats.percent(shareOf(each.revenue, revenue))}</td>
          </>
        )}
      </PartTable>
    </Card>
  )
}

/** A step of the pyramid as wide as its share of the people; drawn by the root, or the upper ones would not be seen. */
function Step({ level, heads }: { level: string; heads: number }) {
  const formats = useFormats()
  return (
    <>
      <span className={`pyramid-step pyramid-${level}`} style={{ width: `${Math.max(4, Math.sqrt(heads) * 100)}%` }} />
      <span className="sr-only">{formats.percent(heads)}</span>
    </>
  )
}
