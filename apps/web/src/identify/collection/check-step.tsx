import { useNavigate } from '@tanstack/react-router'
import type { StoredFile } from '@zhike/contract/platform/files.ts'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { FailedRows } from './failed-rows.tsx'
import { type Check, useStartImport } from './import-queries.ts'
import { channelCode, type Plan } from './plan.ts'
import { PreviewTable } from './preview-table.tsx'

/** What the import will do, before it does anything. */
export function CheckStep({ file, plan, check, onBack }: { file: StoredFile; plan: Plan; check: Check; onBack: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const start = useStartImport()
  const { settings, channel, newChannel } = plan
  const run = () => {
    const name = (newChannel ?? '').trim()
    const source =
      channel === undefined ? { channel: channelCode(name, new Date()), newChannel: { name, kind: 'file', trust: 50 } } : { channel }
    start.mutate({ fileId: file.id, settings, ...source }, { onSuccess: ({ id }) => void navigate({ to: '/imports/$id', params: { id } }) })
  }
  const numbered = settings.columns.some(({ field }) => field === 'lineNumber')
  const count = (value: number) => ({ count: formats.count(value) as unknown as number })
  return (
    <div className="stack">
      <Alert
        type={check.bad === 0 ? 'success' : 'warning'}
        role="status"
        title={t('check.good', count(check.good))}
        description={[
          check.bad === 0 ? t('check.none') : t('check.bad', count(check.bad)),
          check.complete ? '' : t('check.partial', count(check.rows)),
        ]
          .filter(Boolean)
          .join(' · ')}
      />
      {check.dateExample && settings.dateFormat && (
        <Alert
          type="info"
          title={t('check.dates', { format: t(`dateFormat.${settings.dateFormat}`), ...check.dateExample })}
          action={
            <Button type="link" onClick={onBack}>
              {t('check.dates.change')}
            </Button>
          }
        />
      )}
      {check.lines && check.lines.replaced > 0 && (
        <Alert
          type={numbered ? 'info' : 'warning'}
          title={t('check.lines', {
            added: formats.count(check.lines.added),
            replaced: formats.count(check.lines.replaced),
            unchanged: formats.count(check.lines.unchanged),
          })}
          description={numbered ? undefined : t('check.lines.byPlace')}
        />
      )}
      {check.problems.length > 0 && (
        <Card title={t('check.problems')}>
          <dl className="pairs">
            {check.problems.map(({ code, field, message, rows }) => (
              <div key={`${code} ${field}`}>
                <dt>{t('check.rows', { count: rows })}</dt>
                <dd>{message}</dd>
              </div>
            ))}
          </dl>
        </Card>
      )}
      {check.firstFailures.length > 0 && (
        <Card title={t('check.first')}>
          <FailedRows rows={check.firstFailures} />
        </Card>
      )}
      {check.preview.length > 0 && <PreviewTable kind={settings.kind} rows={check.preview} />}
      {start.isError && <ProblemNotice error={start.error} />}
      <div className="page-actions">
        <Button type="primary" disabled={check.good === 0} loading={start.isPending} onClick={run}>
          {t('wizard.run', count(check.complete ? check.good : check.rows))}
        </Button>
        <Button onClick={onBack}>{t('action.back')}</Button>
      </div>
    </div>
  )
}
