import type { AbcSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { type PartHead, PartTable } from '../analyses/part-table.tsx'
import { ShareCells, shareOf } from '../analyses/share-bar.tsx'

/** The three classes: people, revenue, and since an earlier run who came and who left. */
export function ClassTable({ run, summary, earlier }: { run: Run; summary: AbcSummary; earlier: Run | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { classes, customers, revenue, currency } = summary
  const headsShare: PartHead[] = earlier ? [] : [{ text: t('abc.headsShare'), end: true }]
  return (
    <Card title={t('abc.classes')} note={earlier ? t('abc.since', { day: earlier.asOf }) : t('abc.classes.note')}>
      <PartTable
        label={t('abc.classes')}
        run={run}
        earlier={earlier}
        parts={classes}
        by="group"
        keyOf={(each) => each.class}
        nameOf={(each) => t(`abc.class.${each.class}`)}
        heads={[
          { text: t('abc.class') },
          { text: t('abc.customers'), end: true },
          ...headsShare,
          { text: t('abc.revenue'), end: true },
          { text: t('abc.share'), end: true, span: 2 },
        ]}
      >
        {(each, name, people) => (
          <>
            <th scope="row">{name}</th>
            <td className="end">{people}</td>
            {!earlier && <td className="end">{formats.percent(shareOf(each.customers, customers))}</td>}
            <td className="end">{formats.moneyShort(each.revenue, currency)}</td>
            <ShareCells share={shareOf(each.revenue, revenue)} />
          </>
        )}
      </PartTable>
    </Card>
  )
}
