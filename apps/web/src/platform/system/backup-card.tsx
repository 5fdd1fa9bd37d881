import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Backup } from '@zhike/contract/platform/backups.ts'
import * as backups from '@zhike/contract/platform/backups.ts'
import type { Job } from '@zhike/contract/platform/jobs.ts'
import { useCallback, useState } from 'react'
import { api } from '../../app/api.ts'
import { AskDialog } from '../../ui/ask-dialog.tsx'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { JobProgress } from '../jobs/job-progress.tsx'
import { backupList, useSystemAnew } from './system-queries.ts'

const routeApi = getRouteApi('/shell/system')
const tones: Record<Backup['state'], Tone> = { whole: 'jade', writing: 'blue', broken: 'seal' }

/** The backups on the server; one more with one press, its progress in view. */
export function BackupCard() {
  const { t } = useTranslation()
  const { backup: jobId } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const readAnew = useSystemAnew()
  const list = useQuery(backupList)
  const setJob = useCallback((id: string | undefined) => navigate({ search: (now) => ({ ...now, backup: id }), replace: true }), [navigate])
  const start = useMutation({
    mutationFn: () => api(backups.start, {}),
    onSuccess: async ({ id }) => {
      await setJob(id)
      await readAnew()
    },
  })
  const onFinished = useCallback(
    (job: Job) => {
      void readAnew()
      // What went wrong stays in view.
      if (job.state === 'failed') return
      if (job.state === 'done') say({ text: t('backups.done', { name: String(job.result?.['name']) }) })
      void setJob(undefined)
    },
    [readAnew, setJob, t],
  )
  return (
    <Card
      title={t('backups.title')}
      note={list.data && t('backups.folder', { folder: list.data.folder })}
      actions={
        <Button kind="primary" busy={start.isPending} onClick={() => start.mutate()}>
          {t('backups.now')}
        </Button>
      }
    >
      {start.isError && <ProblemNotice error={start.error} />}
      {jobId && <JobProgress id={jobId} label={t('backups.progress')} onFinished={onFinished} />}
      {list.isError && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && (
        <p className="muted">
          {t('backups.none')} · {t('backups.none.text')}
        </p>
      )}
      {list.data && list.data.items.length > 0 && <BackupTable items={list.data.items} />}
      <p className="muted small system-code">{t('backups.restore')}</p>
    </Card>
  )
}

function BackupTable({ items }: { items: readonly Backup[] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [asked, setAsked] = useState<Backup>()
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t('backups.list')}>
      <table className="figures-table" aria-label={t('backups.list')}>
        <thead>
          <tr>
            <th scope="col">{t('backups.column.at')}</th>
            <th scope="col">{t('backups.column.state')}</th>
            <th scope="col" className="end">
              {t('backups.column.size')}
            </th>
            <th aria-label={t('backups.remove')} />
          </tr>
        </thead>
        <tbody>
          {items.map((backup) => (
            <tr key={backup.name}>
              <td>
                {formats.moment(backup.createdAt)}{' '}
                {backup.beforeUpgrade && <span className="muted small">{t('backups.beforeUpgrade')}</span>}
              </td>
              <td>
                <Badge tone={tones[backup.state]}>{t(`backups.state.${backup.state}`)}</Badge>
              </td>
              <td className="end">{backup.bytes === null ? '—' : formats.bytes(backup.bytes)}</td>
              <td className="end">
                {backup.state !== 'writing' && (
                  <Button small kind="quiet" aria-label={t('backups.remove.of', { name: backup.name })} onClick={() => setAsked(backup)}>
                    {t('backups.remove')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked && (
        <RemoveBackup
          backup={asked}
          left={items.filter(({ name, state }) => state === 'whole' && name !== asked.name).length}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  )
}

function RemoveBackup({ backup: { name, createdAt, bytes, state }, left, onClose }: { backup: Backup; left: number; onClose: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const readAnew = useSystemAnew()
  return (
    <AskDialog
      title={t('backups.remove.title', { time: formats.moment(createdAt) })}
      action={t('backups.remove')}
      onClose={onClose}
      run={async () => {
        await api(backups.remove, { params: { name } })
        say({ text: t('backups.removed') })
        await readAnew()
      }}
    >
      {state === 'whole' && left === 0 && <p className="field-wrong">{t('backups.remove.last')}</p>}
      <p>{t('backups.remove.text', { size: bytes === null ? '—' : formats.bytes(bytes), left })}</p>
    </AskDialog>
  )
}
