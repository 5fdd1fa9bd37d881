import { type ImportKind, importKinds } from '@zhike/contract/identify/import-kinds.ts'
import type { ProfileField } from '@zhike/contract/identify/profile-fields.ts'
import { useCodeText } from '../../app/code-text.ts'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useFieldText } from '../customers/field-text.ts'

type Row = Record<string, unknown>

/** The first good rows as they would be kept. */
export function PreviewTable({ kind, rows }: { kind: ImportKind; rows: readonly Row[] }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const cell = useCellText(kind)
  const flat = rows.slice(0, 5).map(({ values, ...row }) => ({ ...row, ...(values as Row | undefined) }))
  const fields = [...new Set(flat.flatMap((row) => Object.keys(row)))]
  const name = (field: string) => text(kind === 'customers' && field !== 'kind' ? 'field' : 'importField', field)
  return (
    <Card title={t('check.preview')}>
      <div className="scroll-x" role="region" aria-label={t('check.preview')} tabIndex={0}>
        <table className="figures-table preview" aria-label={t('check.preview')}>
          <thead>
            <tr>
              {fields.map((field) => (
                <th key={field} scope="col">
                  {name(field)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {flat.map((row, index) => (
              <tr key={index}>
                {fields.map((field) => (
                  <td key={field}>{cell(row, field)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

/** A typed value of a row for the eye: sums in minor units, unit prices in 1/10,000, quantities as they are (up to three decimals). */
function useCellText(kind: ImportKind): (row: Row, field: string) => string {
  const formats = useFormats()
  const text = useCodeText()
  const fieldText = useFieldText()
  const types: Record<string, { type: string }> = importKinds[kind]
  return (row, field) => {
    const value = row[field]
    if (value === undefined || value === null) return ''
    if (field === 'kind' && kind === 'customers') return text('kind', String(value))
    if (kind === 'customers') return fieldText(field as ProfileField, value)
    const type = types[field]?.type
    const currency = typeof row['currency'] === 'string' ? row['currency'] : undefined
    if (typeof value === 'number' && type === 'amount') return formats.money(value, currency)
    if (typeof value === 'number' && type === 'price') return formats.decimal(value / 10_000)
    if (typeof value === 'number' && type === 'quantity') return formats.count(value)
    if (type === 'datetime') return formats.moment(String(value))
    return String(value)
  }
}
