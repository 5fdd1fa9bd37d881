import { Link } from '@tanstack/react-router'
import type { RfmSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useCodeText } from '../../app/code-text.ts'
import { RfmGroupBadge } from '../../identify/customers/labels.tsx'
import { Card } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { PartTable } from '../analyses/part-table.tsx'
import { ShareCells, shareOf } from '../analyses/share-bar.tsx'

/** The named groups: people, share of revenue, and since an earlier run who came and who left. */
export function GroupTable({ run, summary, earlier }: { run: Run; summary: RfmSummary; earlier: Run | undefined }) {
  const { t } = useTranslation()
  const text = useCodeText()
  return (
    <Card title={t('rfm.groups.title')} note={earlier ? t('rfm.groups.noteNet', { day: earlier.asOf }) : t('rfm.groups.note')}>
      <PartTable
        label={t('rfm.groups.title')}
        className="groups"
        run={run}
        earlier={earlier}
        parts={summary.groups}
        by="group"
        keyOf={({ group }) => group}
        nameOf={({ group }) => text('rfm.group', group)}
        heads={[
          { text: t('rfm.column.group') },
          { text: t('rfm.column.meaning'), wide: true },
          { text: t('rfm.column.customers'), end: true },
          { text: t('rfm.column.share'), end: true, span: 2 },
        ]}
      >
        {({ group, revenue }, _name, people) => (
          <>
            <td>
              <Link to="/runs/$id/people" params={{ id: run.id }} search={{ group }} className="group-link">
                <RfmGroupBadge group={group} />
              </Link>
            </td>
            <td className="muted wide-only">{text('rfm.meaning', group)}</td>
            <td className="end">{people}</td>
            <ShareCells share={shareOf(revenue, summary.revenue)} />
          </>
        )}
      </PartTable>
    </Card>
  )
}
