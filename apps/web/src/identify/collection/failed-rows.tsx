import type { FailedRow } from '@zhike/contract/identify/imports.ts'
import type { z } from 'zod'
import { useFormats } from '../../ui/formats.ts'
import { useTranslation } from '../../ui/translation.ts'

/** Rows that cannot be taken: which, in which column, what stands there and why it will not do. */
export function FailedRows({ label, rows }: { label: string; rows: readonly z.infer<typeof FailedRow>[] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <div className="scroll-x" role="region" aria-label={label} tabIndex={0}>
      <table className="figures-table failed-rows" aria-label={label}>
        <thead>
          <tr>
            {(['row', 'column', 'value', 'reason'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`failed.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.flatMap(({ row, cells, problems }) =>
            problems.map(({ column, message, value }, index) => (
              <tr key={`${row} ${index}`} title={cells.join(' │ ')}>
                <th scope="row">{index === 0 && formats.count(row)}</th>
                <td>{column ?? t('failed.wholeRow')}</td>
                <td className="failed-value">{value ?? cells.join(' │ ')}</td>
                <td className="field-wrong">{message}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  )
}
