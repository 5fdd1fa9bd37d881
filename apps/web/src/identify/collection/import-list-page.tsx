import './texts.ts'
import './field-texts.ts'
import '../customers/texts.ts'
import '../customers/field-texts.ts'
import '../../platform/jobs/texts.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { Import } from '@zhike/contract/identify/imports.ts'
import { useCallback } from 'react'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { importList } from './import-queries.ts'

const routeApi = getRouteApi('/shell/imports')

export const stateTones: Record<Import['state'], Tone> = {
  ready: 'blue',
  running: 'blue',
  done: 'jade',
  cancelled: 'gray',
  failed: 'seal',
  undoing: 'blue',
  undone: 'gray',
}

export function ImportListPage() {
  const { t } = useTranslation()
  const begin = (
    <Link to="/imports/new" className={buttonClass('primary')}>
      {t('imports.new')}
    </Link>
  )
  return (
    <Page
      title={t('imports.title')}
      purpose={t('imports.purpose')}
      actions={
        <>
          <Link to="/imports/mappings" className={buttonClass()}>
            {t('mappings.title')}
          </Link>
          {begin}
        </>
      }
    >
      <WhichImports />
      <ImportTable begin={begin} />
    </Page>
  )
}

/** All imports, or those that wait for somebody. */
function WhichImports() {
  const { t } = useTranslation()
  const { repair } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  return (
    <div className="toolbar">
      <Segments
        label={t('imports.which')}
        value={repair ? 'repair' : 'all'}
        options={(['all', 'repair'] as const).map((value) => ({ value, label: t(`imports.which.${value}`) }))}
        onChange={(which) => void navigate({ search: which === 'repair' ? { repair: true } : {}, replace: true })}
      />
    </div>
  )
}

function ImportTable({ begin }: { begin: React.ReactNode }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const columns = useColumns()
  const { repair } = routeApi.useSearch()
  const list = useInfiniteQuery(importList(repair))
  const { fetchNextPage } = list
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  if (list.isPending) return <Skeleton rows={10} />
  if (list.isError) return <ProblemNotice error={list.error} retry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0 && repair) return <Empty title={t('imports.repair.none')} />
  if (rows.length === 0) return <Empty title={t('imports.empty')} text={t('imports.empty.text')} action={begin} />
  return (
    <DataTable
      label={t('imports.list')}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      card={(row) => <ImportCard row={row} />}
      onOpen={({ id }) => void navigate({ to: '/imports/$id', params: { id } })}
      hasMore={list.hasNextPage}
      loadingMore={list.isFetchingNextPage}
      loadMore={loadMore}
    />
  )
}

function useColumns(): Column<Import>[] {
  const { t } = useTranslation()
  const formats = useFormats()
  return [
    { key: 'file', title: t('imports.column.file'), width: 'minmax(180px, 2fr)', render: (row) => <FileLink row={row} /> },
    { key: 'kind', title: t('imports.column.kind'), width: 'minmax(80px, 1fr)', render: ({ kind }) => t(`import.kind.${kind}`) },
    { key: 'channel', title: t('imports.column.channel'), width: 'minmax(90px, 1fr)', render: ({ channel }) => channel.name },
    {
      key: 'state',
      title: t('imports.column.state'),
      width: '110px',
      render: ({ state }) => <Badge tone={stateTones[state]}>{t(`import.state.${state}`)}</Badge>,
    },
    { key: 'rows', title: t('imports.column.rows'), width: '100px', align: 'end', render: ({ rows }) => formats.count(rows) },
    { key: 'failed', title: t('imports.column.failed'), width: '90px', align: 'end', render: (row) => <FailedLink row={row} /> },
    { key: 'by', title: t('imports.column.by'), width: 'minmax(80px, 1fr)', render: ({ startedBy }) => startedBy.name },
    { key: 'when', title: t('imports.column.when'), width: '136px', render: ({ createdAt }) => formats.moment(createdAt) },
  ]
}

const FileLink = ({ row }: { row: Import }) => (
  <span className="customer-name">
    <Link to="/imports/$id" params={{ id: row.id }} tabIndex={-1}>
      {row.file.name}
    </Link>
  </span>
)

/** Rows that failed are listed on the import's page. */
function FailedLink({ row: { id, file, failed } }: { row: Import }) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (failed === 0) return '0'
  return (
    <Link to="/imports/$id" params={{ id }} hash="failures" data-rows={failed}>
      <span className="sr-only">{t('imports.failed.of', { file: file.name })}: </span>
      {formats.count(failed)}
    </Link>
  )
}

function ImportCard({ row }: { row: Import }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <div className="row-card">
      <div>
        <FileLink row={row} />
        <Badge tone={stateTones[row.state]}>{t(`import.state.${row.state}`)}</Badge>
      </div>
      <div className="muted small">
        <span>{[t(`import.kind.${row.kind}`), row.channel.name, t('check.rows', { count: row.rows })].join(' · ')}</span>
        <span>{formats.ago(row.createdAt)}</span>
      </div>
      {row.failed > 0 && (
        <div className="small">
          <span>
            {t('imports.column.failed')} <FailedLink row={row} />
          </span>
        </div>
      )}
    </div>
  )
}
