import { useMutation } from '@tanstack/react-query'
import { urlOf } from '@zhike/contract/client.ts'
import { ImportKind } from '@zhike/contract/identify/import-kinds.ts'
import * as imports from '@zhike/contract/identify/imports.ts'
import type { StoredFile } from '@zhike/contract/platform/files.ts'
import { type DragEvent, useState } from 'react'
import { language } from '../../app/i18n.ts'
import { uploadFile } from '../../app/upload.ts'
import { Button } from '../../ui/button.tsx'
import { useFormats } from '../../ui/formats.ts'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useTranslation } from '../../ui/translation.ts'

/** A file is dropped or chosen, and stored. */
export function FileStep({ onStored }: { onStored: (file: StoredFile) => void }) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const [share, setShare] = useState(0)
  const upload = useMutation({
    mutationFn: ({ file, giveUp }: { file: File; giveUp: AbortController }) => uploadFile(file, setShare, giveUp.signal),
    onSuccess: onStored,
  })
  const take = (file: File | undefined) => {
    if (!file || upload.isPending) return
    setShare(0)
    upload.mutate({ file, giveUp: new AbortController() })
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  const cancelled = upload.variables?.giveUp.signal.aborted ?? false
  return (
    <div className="stack">
      {upload.isError && !cancelled && <ProblemNotice error={upload.error} />}
      {upload.isPending ? (
        <Uploading file={upload.variables.file} share={share} onCancel={() => upload.variables.giveUp.abort()} />
      ) : (
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
            onChange={({ target }) => {
              take(target.files?.[0])
              target.value = ''
            }}
          />
          <b>{t('wizard.drop')}</b>
          <span className="muted">{t('wizard.drop.text')}</span>
        </label>
      )}
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

function Uploading({ file, share, onCancel }: { file: File; share: number; onCancel: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <div className="drop" role="status">
      <b>{share < 1 ? t('wizard.uploading', { name: file.name }) : t('wizard.reading', { name: file.name })}</b>
      <Progress label={t('wizard.upload.progress')} share={share < 1 ? share : undefined} />
      <span className="muted">{t('wizard.uploaded', { done: formats.bytes(share * file.size), total: formats.bytes(file.size) })}</span>
      <Button onClick={onCancel}>{t('action.cancel')}</Button>
    </div>
  )
}
