import type { ImportSettings } from '@zhike/contract/identify/imports.ts'
import { App, Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/problem.tsx'
import { useSaveMapping } from './import-queries.ts'

/** Keeps a mapping under a name; files with the same headers get it by themselves. */
export function SaveMapping({ settings: { kind, columns } }: { settings: ImportSettings }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const save = useSaveMapping()
  const submit = () =>
    save.mutate(
      { name, kind, headers: columns.map(({ header }) => header), columns },
      {
        onSuccess: () => {
          setOpen(false)
          void message.success(t('wizard.save.done'))
        },
        onError: (error) => void message.error(problemText(error).title),
      },
    )
  const content = (
    <div className="save-mapping">
      <Input
        aria-label={t('wizard.save.name')}
        placeholder={t('wizard.save.name')}
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={submit}
      />
      <Button type="primary" disabled={name.trim() === ''} loading={save.isPending} onClick={submit}>
        {t('action.save')}
      </Button>
    </div>
  )
  return (
    <Popover trigger="click" arrow={false} open={open} onOpenChange={setOpen} content={content}>
      <Button aria-expanded={open}>{t('wizard.save')}</Button>
    </Popover>
  )
}
