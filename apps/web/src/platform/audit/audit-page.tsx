import './texts.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { urlOf } from '@zhike/contract/client.ts'
import type { AuditEvent } from '@zhike/contract/platform/audit-log.ts'
import * as auditLog from '@zhike/contract/platform/audit-log.ts'
import { useCallback, useState } from 'react'
import { useCodeText } from '../../app/code-text.ts'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Menu } from '../../ui/menu.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { AuditFilters } from './audit-filters.tsx'
import { type AuditState, auditFilter, auditList } from './audit-queries.ts'
import { EventDialog } from './event-dialog.tsx'

const routeApi = getRouteApi('/shell/audit')

export function AuditPage() {
  const { t } = useTranslation()
  const state = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const change = useCallback(
    (next: Partial<AuditState>) => void navigate({ search: (now) => ({ ...now, ...next }), replace: true }),
    [navigate],
  )
  return (
    <Page title={t('audit.title')} purpose={t('audit.purpose')} actions={<ExportMenu state={state} />}>
      <AuditFilters state={state} onChange={change} />
      <EventTable state={state} onChange={change} />
    </Page>
  )
}

interface StateProps {
  state: AuditState
  onChange: (next: Partial<AuditState>) => void
}

const useTimeZone = () => useMe().company?.timeZone ?? 'Asia/Shanghai'

/** What is filtered, as a file; what for is asked and kept. */
function ExportMenu({ state }: { state: AuditState }) {
  const { t, i18n } = useTranslation()
  const filter = auditFilter(state, useTimeZone())
  const locale = i18n.language === 'en' ? 'en' : 'zh'
  return (
    <Menu
      label={t('audit.export.label')}
      button={t('audit.export')}
      align="end"
      items={auditLog.AuditPurpose.options.map((purpose) => ({
        key: purpose,
        label: t(`audit.export.${purpose}`),
        href: urlOf(auditLog.exportFile, {}, { ...filter, purpose, locale }),
      }))}
    />
  )
}

function EventTable({ state, onChange }: StateProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const columns = useColumns()
  const [opened, setOpened] = useState<AuditEvent>()
  const list = useInfiniteQuery(auditList(state, useTimeZone()))
  const { fetchNextPage } = list
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  if (list.isPending) return <Skeleton />
  if (list.isError) return <ProblemNotice error={list.error} retry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) {
    const clear = { who: undefined, what: undefined, object: undefined, id: undefined, via: undefined, from: undefined, to: undefined }
    return (
      <Empty
        title={t('audit.empty')}
        text={t('audit.empty.text')}
        action={<Button onClick={() => onChange(clear)}>{t('audit.clear')}</Button>}
      />
    )
  }
  return (
    <>
      <DataTable
        label={t('audit.list')}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => String(id)}
        card={(event) => <EventCard event={event} />}
        onOpen={setOpened}
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        loadMore={loadMore}
      />
      <p className="status-line" aria-live="polite">
        {list.hasNextPage ? (
          t('audit.shown.more', { count: formats.count(rows.length) as unknown as number })
        ) : (
          <span data-rows={rows.length}>{t('audit.shown', { count: rows.length })}</span>
        )}
      </p>
      {opened && (
        <EventDialog
          event={opened}
          onClose={() => setOpened(undefined)}
          onObject={({ object, id }) => {
            setOpened(undefined)
            onChange({ object, id })
          }}
        />
      )}
    </>
  )
}

function useColumns(): Column<AuditEvent>[] {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  return [
    { key: 'when', title: t('audit.when'), width: '140px', render: ({ at }) => formats.moment(at) },
    {
      key: 'who',
      title: t('audit.who'),
      width: 'minmax(90px, 0.8fr)',
      render: ({ user }) => user?.name ?? <span className="muted">{t('audit.who.nobody')}</span>,
    },
    { key: 'what', title: t('audit.what'), width: 'minmax(170px, 1.6fr)', render: ({ action }) => <b>{text('audit.action', action)}</b> },
    { key: 'object', title: t('audit.object'), width: 'minmax(110px, 1fr)', render: (event) => <ObjectText event={event} /> },
    { key: 'via', title: t('audit.via'), width: '90px', render: ({ via }) => text('audit.via', via) },
  ]
}

function ObjectText({ event: { object, objectId } }: { event: AuditEvent }) {
  const text = useCodeText()
  if (!object) return '—'
  return (
    <>
      {text('audit.object', object)}{' '}
      <span className="muted small" translate="no">
        {objectId?.slice(-8)}
      </span>
    </>
  )
}

function EventCard({ event }: { event: AuditEvent }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  return (
    <div className="row-card">
      <div>
        <span>
          {event.user?.name ?? t('audit.who.nobody')} <b>{text('audit.action', event.action)}</b>
        </span>
      </div>
      <div className="muted small">
        <span>
          <ObjectText event={event} />
        </span>
        <span>{formats.moment(event.at)}</span>
      </div>
    </div>
  )
}
