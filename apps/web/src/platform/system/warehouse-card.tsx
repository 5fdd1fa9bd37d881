import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Job } from '@zhike/contract/platform/jobs.ts'
import type { WarehouseChecksums, WarehouseStatus } from '@zhike/contract/platform/warehouse.ts'
import * as warehouse from '@zhike/contract/platform/warehouse.ts'
import { useCallback, useState } from 'react'
import { api } from '../../app/api.ts'
import { useCodeText } from '../../app/code-text.ts'
import { AskDialog } from '../../ui/ask-dialog.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { JobProgress } from '../jobs/job-progress.tsx'
import { useSystemAnew, warehouseQuery } from './system-queries.ts'

const routeApi = getRouteApi('/shell/system')
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

/** What the warehouse holds; its check, and building it again. */
export function WarehouseCard() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { rebuild: jobId } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const readAnew = useSystemAnew()
  const status = useQuery(warehouseQuery)
  const [asking, setAsking] = useState(false)
  const check = useMutation({ mutationFn: () => api(warehouse.check, {}) })
  const setJob = useCallback(
    (id: string | undefined) => navigate({ search: (now) => ({ ...now, rebuild: id }), replace: true }),
    [navigate],
  )
  const onFinished = useCallback(
    (job: Job) => {
      void readAnew()
      if (job.state === 'failed') return
      if (job.state === 'done') say({ text: t('warehouse.rebuilt') })
      void setJob(undefined)
    },
    [readAnew, setJob, t],
  )
  return (
    <Card
      title={t('warehouse.title')}
      note={t('warehouse.about')}
      actions={
        <span className="form-actions">
          <Button busy={check.isPending} onClick={() => check.mutate()}>
            {t('warehouse.check')}
          </Button>
          <Button disabled={jobId !== undefined} onClick={() => setAsking(true)}>
            {t('warehouse.rebuild')}
          </Button>
        </span>
      }
    >
      {status.isError && <ProblemNotice error={status.error} retry={() => void status.refetch()} />}
      {check.isError && <ProblemNotice error={check.error} />}
      {jobId && <JobProgress id={jobId} label={t('warehouse.progress')} onFinished={onFinished} />}
      {status.data && (
        <>
          <p>
            <Badge tone={status.data.state === 'ready' ? 'jade' : 'seal'}>{t(`warehouse.state.${status.data.state}`)}</Badge>{' '}
            <span className="muted">
              {status.data.lastSyncAt && t('warehouse.synced', { time: formats.moment(status.data.lastSyncAt) })}
            </span>
          </p>
          <Tables status={status.data} checked={check.data} />
        </>
      )}
      {check.data && <p className="muted small">{t('warehouse.checked', { milliseconds: formats.count(check.data.milliseconds) })}</p>}
      {asking && status.data && (
        <AskDialog
          title={t('warehouse.rebuild.title')}
          action={t('warehouse.rebuild')}
          danger={false}
          onClose={() => setAsking(false)}
          run={async () => {
            const { id } = await api(warehouse.rebuild, {})
            await setJob(id)
          }}
        >
          <p>
            {t('warehouse.rebuild.text', {
              rows: formats.count(sum(status.data.tables.map(({ rows }) => rows))),
              size: formats.bytes(sum(status.data.tables.map(({ bytes }) => bytes))),
            })}
          </p>
        </AskDialog>
      )}
    </Card>
  )
}

function Tables({ status: { tables }, checked }: { status: WarehouseStatus; checked: WarehouseChecksums | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  const hashes = new Map(checked?.tables.map(({ table, hash }) => [table, hash]))
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t('warehouse.tables')}>
      <table className="figures-table" aria-label={t('warehouse.tables')}>
        <thead>
          <tr>
            <th scope="col">{t('warehouse.table')}</th>
            <th scope="col" className="end" title={t('warehouse.rows.about')}>
              {t('warehouse.rows')}
            </th>
            <th scope="col" className="end">
              {t('warehouse.bytes')}
            </th>
            {checked && <th scope="col">{t('warehouse.hash')}</th>}
          </tr>
        </thead>
        <tbody>
          {tables.map(({ name, rows, bytes }) => (
            <tr key={name}>
              <td title={name}>{text('warehouse.table', name)}</td>
              <td className="end">{formats.count(rows)}</td>
              <td className="end">{formats.bytes(bytes)}</td>
              {checked && (
                <td>
                  <code>{hashes.get(name) ?? '—'}</code>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
