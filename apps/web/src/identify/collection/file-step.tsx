import { urlOf } from '@zhike/contract/client.ts'
import { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import { Spin } from 'antd'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { language } from '../../app/i18n.ts'
import { ProblemNotice } from '../../ui/problem.tsx'
import { type Opened, useOpenFile } from './import-queries.ts'

/** A file is dropped or chosen, stored, and looked into. */
export function FileStep({ onOpened }: { onOpened: (opened: Opened) => void }) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const open = useOpenFile()
  const take = (file: File | null | undefined) => {
    if (file) open.mutate(file, { onSuccess: onOpened })
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <div className="stack">
      {open.isError && <ProblemNotice error={open.error} />}
      <label
        className={over ? 'drop drop-over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <input
          type="file"
          className="sr-only"
          accept=".csv,.txt,.tsv,.xlsx"
          aria-label={t('wizard.file')}
          disabled={open.isPending}
          onChange={(event) => {
            take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        {open.isPending ? (
          <span role="status">
            <Spin size="small" /> {t('wizard.uploading', { name: open.variables.name })}
          </span>
        ) : (
          <>
            <b>{t('wizard.drop')}</b>
            <span className="muted">{t('wizard.drop.text')}</span>
          </>
        )}
      </label>
      <p className="muted">
        {t('wizard.templates')}{' '}
        {ImportKind.options.map((kind) => (
          <a key={kind} className="template" download href={urlOf(imports.template, { kind }, { locale: language() })}>
            {t(`import.kind.${kind}`)}
          </a>
        ))}
      </p>
    </div>
  )
}
