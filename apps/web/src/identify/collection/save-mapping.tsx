import type { ImportSettings } from '@zhike/contract/identify/imports.ts'
import { saveMapping } from '@zhike/contract/identify/imports.ts'
import { useRef } from 'react'
import { SchemaForm } from '../../ui/form.tsx'
import { say } from '../../ui/messages.tsx'
import { closePopover, Popover } from '../../ui/popover.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useSaveMapping } from './import-queries.ts'

/** Keeps a mapping under a name; files with the same headers get it by themselves. */
export function SaveMapping({ settings: { kind, columns } }: { settings: ImportSettings }) {
  const { t } = useTranslation()
  const save = useSaveMapping()
  const form = useRef<HTMLDivElement>(null)
  return (
    <Popover label={t('wizard.save')} button={t('wizard.save')}>
      <div ref={form}>
        <SchemaForm
          schema={saveMapping.body}
          fields={[{ name: 'name', label: t('wizard.save.name'), autoFocus: true }]}
          also={{ kind, headers: columns.map(({ header }) => header), columns }}
          submit={t('action.save')}
          onSubmit={async (body) => {
            await save.mutateAsync(body)
            if (form.current) closePopover(form.current)
            say({ text: t('wizard.save.done') })
          }}
        />
      </div>
    </Popover>
  )
}
