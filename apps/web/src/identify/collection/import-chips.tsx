import './import-chip-texts.ts'
import { useQuery } from '@tanstack/react-query'
import { SetChip } from '../../ui/filter-chip.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { importById } from './import-queries.ts'

/** An import whose new or updated records a list shows. */
export interface OfImport {
  createdByImport?: string | undefined
  updatedByImport?: string | undefined
}

/** The import that a list is narrowed to, on its own page, and the way to take that off. */
export function ImportChips({ state, onChange }: { state: OfImport; onChange: (next: OfImport) => void }) {
  return (['createdByImport', 'updatedByImport'] as const).map((how) => {
    const id = state[how]
    return id !== undefined && <ImportChip key={how} how={how} id={id} onClear={() => onChange({ [how]: undefined })} />
  })
}

function ImportChip({ how, id, onClear }: { how: keyof OfImport; id: string; onClear: () => void }) {
  const { t } = useTranslation()
  const { data } = useQuery(importById(id))
  return <SetChip name={t(`list.field.${how}`)} value={data?.file.name ?? '…'} onClear={onClear} />
}
