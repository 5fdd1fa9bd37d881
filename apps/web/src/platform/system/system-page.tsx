import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { SystemState } from '@zhike/contract/platform/system.ts'
import { useCodeText } from '../../app/code-text.ts'
import { Badge } from '../../ui/badge.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Notice } from '../../ui/notice.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { BackupCard } from './backup-card.tsx'
import { systemQuery } from './system-queries.ts'
import { type Trouble, troublesOf } from './troubles.ts'
import { WarehouseCard } from './warehouse-card.tsx'
import './system.css'

/** How the installation is, in plain words: what is wrong comes first, with what to do. */
export function SystemPage() {
  const { t } = useTranslation()
  const system = useQuery(systemQuery)
  return (
    <Page title={t('system.title')} purpose={t('system.purpose')}>
      <div className="stack">
        {system.isPending && <Skeleton />}
        {system.isError && <ProblemNotice error={system.error} retry={() => void system.refetch()} />}
        {system.data && (
          <>
            <Verdict state={system.data} readAt={system.dataUpdatedAt} />
            <div className="system-cards">
              <EngineCard state={system.data} />
              <SpaceCard state={system.data} />
              <WorkCard state={system.data} />
              <ProgramCard state={system.data} />
            </div>
            <BackupCard />
            <WarehouseCard />
          </>
        )}
      </div>
    </Page>
  )
}

interface StateProps {
  state: SystemState
}

function Verdict({ state, readAt }: StateProps & { readAt: number }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const troubles = troublesOf(state, readAt)
  if (troubles.length === 0) {
    const time = formats.moment(new Date(readAt).toISOString())
    return (
      <Notice tone="good" title={t('system.well')}>
        {t('system.well.text', { time })}
      </Notice>
    )
  }
  return (
    <div>
      {troubles.map((trouble) => (
        <TroubleNotice key={`${trouble.kind} ${'reader' in trouble ? trouble.reader : ''}`} trouble={trouble} />
      ))}
    </div>
  )
}

const urgent = new Set<Trouble['kind']>(['database-away', 'warehouse-away', 'archive-failing', 'disk-full', 'schema-old'])

function TroubleNotice({ trouble }: { trouble: Trouble }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const values = {
    days: 'days' in trouble ? trouble.days : 0,
    reader: 'reader' in trouble ? text('system.reader', trouble.reader) : '',
    minutes: 'seconds' in trouble ? Math.round(trouble.seconds / 60) : 0,
  }
  return (
    <Notice tone={urgent.has(trouble.kind) ? 'bad' : 'warning'} title={t(`trouble.${trouble.kind}`, values)}>
      {t(`trouble.${trouble.kind}.do`)}
    </Notice>
  )
}

function EngineCard({ state: { engines } }: StateProps) {
  const { t } = useTranslation()
  return (
    <Card title={t('system.engines')}>
      <dl className="pairs">
        {engines.map(({ name, kind, up, version }) => (
          <div key={name}>
            <dt>{t(`system.engine.${name}`)}</dt>
            <dd>
              <Badge tone={up ? 'jade' : 'seal'}>{t(up ? 'system.engine.up' : 'system.engine.down')}</Badge> {version}{' '}
              <span className="muted small">{t(`system.engine.${kind}`)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

function SpaceCard({ state: { disk, memory, archive } }: StateProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { bytes } = formats
  const used = disk.total - disk.free
  return (
    <Card title={t('system.disk')}>
      <Progress label={t('system.disk.bar')} share={used / disk.total} />
      <p>{t('system.disk.text', { used: bytes(used), free: bytes(disk.free), total: bytes(disk.total) })}</p>
      <dl className="pairs">
        <div>
          <dt>{t('system.memory')}</dt>
          <dd>
            {memory.engines === null
              ? t('system.memory.alone', { application: bytes(memory.application) })
              : t('system.memory.text', { application: bytes(memory.application), engines: bytes(memory.engines) })}
          </dd>
        </div>
        <div>
          <dt>{t('system.archive')}</dt>
          <dd>
            {archive === null ? (
              <>
                {t('system.archive.none')} <span className="muted small system-code">{t('system.archive.none.text')}</span>
              </>
            ) : archive.failing ? (
              <Badge tone="seal">{t('system.archive.failing')}</Badge>
            ) : archive.lastAt ? (
              t('system.archive.ok', { time: formats.moment(archive.lastAt) })
            ) : (
              t('system.archive.waiting')
            )}
          </dd>
        </div>
      </dl>
    </Card>
  )
}

function WorkCard({ state: { readers, jobs } }: StateProps) {
  const { t } = useTranslation()
  const { running = 0, waiting = 0 } = jobs
  const formats = useFormats()
  const text = useCodeText()
  return (
    <Card title={t('system.work')}>
      <dl className="pairs">
        {readers.map(({ name, events, seconds }) => (
          <div key={name}>
            <dt>{t('system.reader', { name: text('system.reader', name) })}</dt>
            <dd>
              {events === 0
                ? t('system.reader.level')
                : t('system.reader.lag', { events: formats.count(events), seconds: formats.count(Math.round(seconds)) })}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('system.jobs')}</dt>
          <dd>
            {t('system.jobs.text', { running, waiting })}{' '}
            <Link to="/jobs" search={{ state: 'unfinished' }} data-rows={running + waiting}>
              {t('system.jobs.open', { number: formats.count(running + waiting) })}
            </Link>
          </dd>
        </div>
      </dl>
    </Card>
  )
}

function ProgramCard({ state: { version, startedAt, node, schema, liveStreams } }: StateProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <Card title={t('system.program')}>
      <dl className="pairs">
        <div>
          <dt>{t('system.version')}</dt>
          <dd>
            {version} <span className="muted small">Node {node}</span>
          </dd>
        </div>
        <div>
          <dt>{t('system.started')}</dt>
          <dd>{formats.moment(startedAt)}</dd>
        </div>
        <div>
          <dt>{t('system.schema')}</dt>
          <dd>{schema.current}</dd>
        </div>
        <div>
          <dt>{t('system.streams')}</dt>
          <dd>
            {liveStreams} <span className="muted small">{t('system.streams.about')}</span>
          </dd>
        </div>
      </dl>
    </Card>
  )
}
