import type { FailedRow } from '@zhike/contract/identify/imports.ts'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'

/** Rows that could not be taken, each with the reasons. */
export function FailedRows({ rows }: { rows: readonly z.infer<typeof FailedRow>[] }) {
  const { t } = useTranslation()
  return (
    <ul className="failed-rows">
      {rows.slice(0, 10).map(({ row, cells, problems }) => (
        <li key={row}>
          <b>{t('check.row', { row })}</b>{' '}
          {problems.map(({ column, message, value }, index) => (
            <span key={index} className="field-wrong">
              {[column, message, value === null ? '' : `“${value}”`].filter(Boolean).join(' · ')}{' '}
            </span>
          ))}
          <div className="muted small samples">{cells.join(' │ ')}</div>
        </li>
      ))}
    </ul>
  )
}
