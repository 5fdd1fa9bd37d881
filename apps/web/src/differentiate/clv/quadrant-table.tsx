import type { ClvSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useFormats } from '../../ui/formats.ts'
import { useTranslation } from '../../ui/translation.ts'
import { PartTable } from '../analyses/part-table.tsx'
import { ShareCells, shareOf } from '../analyses/share-bar.tsx'

/** In the picture's shapes and colours. */
const signs = { vip: '◆', improve: '▲', maintain: '●', drop: '■' } as const

/** The four quadrants: what they mean, how many are in each, what they are expected to bring. */
export function QuadrantTable({ run, summary, earlier }: { run: Run; summary: ClvSummary; earlier: Run | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <PartTable
      label={t('clv.quadrants')}
      run={run}
      earlier={earlier}
      parts={summary.quadrants}
      by="group"
      keyOf={({ quadrant }) => quadrant}
      nameOf={({ quadrant }) => t(`clv.quadrant.${quadrant}`)}
      heads={[
        { text: t('clv.column.quadrant') },
        { text: t('clv.column.meaning'), wide: true },
        { text: t('clv.column.customers'), end: true },
        { text: t('clv.future'), end: true },
        { text: t('clv.column.share'), end: true, span: 2 },
      ]}
    >
      {({ quadrant, futureValue }, name, people) => (
        <>
          <th scope="row">
            <span aria-hidden className={`quadrant-sign quadrant-${quadrant}`}>
              {signs[quadrant]}
            </span>{' '}
            {name}
          </th>
          <td className="muted wide-only">{t(`clv.meaning.${quadrant}`)}</td>
          <td className="end">{people}</td>
          <td className="end">{formats.moneyShort(futureValue, summary.currency)}</td>
          <ShareCells share={shareOf(futureValue, summary.futureValue)} />
        </>
      )}
    </PartTable>
  )
}
