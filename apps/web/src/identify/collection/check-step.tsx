import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from '../../ui/button.tsx'
import { Figure } from '../../ui/figure.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Notice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { forgetPlan } from './draft.ts'
import { FailedRows } from './failed-rows.tsx'
import { type Check, type Inspection, importCheck, useStartImport } from './import-queries.ts'
import { channelCode, type Plan } from './plan.ts'
import { PreviewTable } from './preview-table.tsx'

interface Props {
  file: Inspection['file']
  plan: Plan
  onBack: () => void
}

/** What the import will do, before it does anything. */
export function CheckStep({ file, plan, onBack }: Props) {
  const { t } = useTranslation()
  const { data: check, error, refetch } = useQuery(importCheck(file.id, plan))
  return (
    <div className="stack">
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!check && !error && (
        <Card title={t('wizard.checking', { name: file.name })}>
          <Progress label={t('wizard.check')} share={undefined} />
        </Card>
      )}
      {check && <Findings check={check} plan={plan} onBack={onBack} />}
      <div className="page-actions">
        {check && <StartButton file={file} plan={plan} check={check} />}
        <Button onClick={onBack}>{t('wizard.backToColumns')}</Button>
      </div>
    </div>
  )
}

function StartButton({ file, plan, check }: Pick<Props, 'file' | 'plan'> & { check: Check }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const start = useStartImport()
  const { settings, channel, newChannel } = plan
  const run = () => {
    const name = (newChannel ?? '').trim()
    const source =
      channel === undefined ? { channel: channelCode(name, new Date()), newChannel: { name, kind: 'file', trust: 50 } } : { channel }
    start.mutate(
      { fileId: file.id, settings, ...source },
      {
        onSuccess: ({ id }) => {
          forgetPlan(file.id)
          void navigate({ to: '/imports/$id', params: { id } })
        },
      },
    )
  }
  return (
    <>
      {start.isError && <ProblemNotice error={start.error} />}
      <Button kind="primary" disabled={check.good === 0} busy={start.isPending} onClick={run}>
        {check.complete ? t('wizard.run', { count: formats.count(check.good) as unknown as number }) : t('wizard.run.all')}
      </Button>
    </>
  )
}

function Findings({ check, plan, onBack }: Pick<Props, 'plan' | 'onBack'> & { check: Check }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { good, bad, known, rows } = check
  const numbered = plan.settings.columns.some(({ field }) => field === 'lineNumber')
  const count = (value: number) => ({ count: formats.count(value) as unknown as number })
  return (
    <>
      <div className="figures">
        <Figure name={t('check.figure.good')} value={formats.count(good)} about={{ formula: t('check.figure.good.about') }} />
        <Figure
          name={t('check.figure.bad')}
          value={formats.count(bad)}
          about={{ formula: t('check.figure.bad.about') }}
          drill={
            check.firstFailures.length > 0 && (
              <a href="#first-failures" data-rows={check.firstFailures.length}>
                {t('check.first.see', { count: check.firstFailures.length, number: formats.count(check.firstFailures.length) })}
              </a>
            )
          }
        />
        {known !== null && (
          <>
            <Figure name={t('check.figure.new')} value={formats.count(good - known)} about={{ formula: t('check.figure.new.about') }} />
            <Figure name={t('check.figure.known')} value={formats.count(known)} about={{ formula: t('check.figure.known.about') }} />
          </>
        )}
      </div>
      <Notice tone={bad === 0 ? 'good' : 'warning'} title={t('check.good', count(good))}>
        {[bad === 0 ? t('check.none') : t('check.bad', count(bad)), check.complete ? '' : t('check.partial', count(rows))]
          .filter(Boolean)
          .join(' · ')}
      </Notice>
      {check.dateExample && plan.settings.dateFormat && (
        <Notice
          title={t('check.dates', { format: t(`dateFormat.${plan.settings.dateFormat}`), ...check.dateExample })}
          action={
            <Button kind="link" onClick={onBack}>
              {t('check.dates.change')}
            </Button>
          }
        />
      )}
      {check.lines && check.lines.replaced > 0 && (
        <Notice
          tone={numbered ? 'info' : 'warning'}
          title={t('check.lines', {
            added: formats.count(check.lines.added),
            replaced: formats.count(check.lines.replaced),
            unchanged: formats.count(check.lines.unchanged),
          })}
        >
          {numbered ? undefined : t('check.lines.byPlace')}
        </Notice>
      )}
      {check.problems.length > 0 && (
        <Card title={t('check.problems')}>
          <dl className="pairs">
            {check.problems.map(({ code, field, message, rows: concerned }) => (
              <div key={`${code} ${field}`}>
                <dt>{t('check.rows', { count: concerned })}</dt>
                <dd>{message}</dd>
              </div>
            ))}
          </dl>
        </Card>
      )}
      {check.firstFailures.length > 0 && (
        <Card title={<span id="first-failures">{t('check.first')}</span>}>
          <FailedRows label={t('check.first')} rows={check.firstFailures} />
        </Card>
      )}
      {check.preview.length > 0 && <PreviewTable kind={plan.settings.kind} rows={check.preview} />}
    </>
  )
}
