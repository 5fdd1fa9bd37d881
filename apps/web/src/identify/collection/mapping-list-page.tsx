import './texts.ts'
import './field-texts.ts'
import '../customers/field-texts.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { SavedMapping } from '@zhike/contract/identify/imports.ts'
import { useState } from 'react'
import { Button, buttonClass } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useListText } from '../../ui/list-text.ts'
import { say } from '../../ui/messages.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice, useProblemText } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useFieldName } from './field-name.ts'
import { savedMappings, useDeleteMapping, useSaveMapping } from './import-queries.ts'
import './collection.css'

/** The mappings that one has kept: what each makes of which columns, and the way to delete it. */
export function MappingListPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('mappings.title')} purpose={t('mappings.purpose')} above={<Link to="/imports">{t('imports.title')}</Link>}>
      <MappingTable />
    </Page>
  )
}

function MappingTable() {
  const { t } = useTranslation()
  const columns = useColumns()
  const mappings = useQuery(savedMappings)
  const [opened, setOpened] = useState<SavedMapping>()
  if (mappings.isPending) return <Skeleton />
  if (mappings.isError) return <ProblemNotice error={mappings.error} retry={() => void mappings.refetch()} />
  const begin = (
    <Link to="/imports/new" className={buttonClass('primary')}>
      {t('imports.new')}
    </Link>
  )
  if (mappings.data.items.length === 0) return <Empty title={t('mappings.empty')} text={t('mappings.empty.text')} action={begin} />
  return (
    <>
      <DataTable
        label={t('mappings.list')}
        rows={mappings.data.items}
        columns={columns}
        rowKey={({ id }) => id}
        card={(mapping) => <MappingCard mapping={mapping} />}
        onOpen={setOpened}
        hasMore={false}
        loadingMore={false}
        loadMore={() => {}}
      />
      {opened && <MappingDialog mapping={opened} onClose={() => setOpened(undefined)} />}
    </>
  )
}

function useColumns(): Column<SavedMapping>[] {
  const { t } = useTranslation()
  return [
    { key: 'name', title: t('mappings.column.name'), width: 'minmax(140px, 1fr)', render: ({ name }) => <b translate="no">{name}</b> },
    { key: 'kind', title: t('imports.column.kind'), width: 'minmax(80px, 120px)', render: ({ kind }) => t(`import.kind.${kind}`) },
    {
      key: 'columns',
      title: t('mappings.column.columns'),
      width: 'minmax(180px, 3fr)',
      render: (mapping) => <Headers mapping={mapping} />,
    },
    { key: 'delete', title: '', width: '90px', align: 'end', render: (mapping) => <DeleteMapping mapping={mapping} /> },
  ]
}

/** The headers by which a file gets it. */
function Headers({ mapping: { headers } }: { mapping: SavedMapping }) {
  const list = useListText()
  return (
    <span className="muted" translate="no">
      {list(headers)}
    </span>
  )
}

function MappingCard({ mapping }: { mapping: SavedMapping }) {
  const { t } = useTranslation()
  return (
    <div className="row-card">
      <div>
        <b translate="no">{mapping.name}</b>
        <DeleteMapping mapping={mapping} />
      </div>
      <div className="small">
        <span>
          {t(`import.kind.${mapping.kind}`)} · <Headers mapping={mapping} />
        </span>
      </div>
    </div>
  )
}

function DeleteMapping({ mapping: { id, ...draft } }: { mapping: SavedMapping }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const remove = useDeleteMapping()
  const save = useSaveMapping()
  const { name } = draft
  const failed = (error: unknown) => say({ text: problemText(error).title, tone: 'bad' })
  const drop = () =>
    remove
      .mutateAsync(id)
      .then(() => say({ text: t('mappings.deleted', { name }), undo: () => save.mutateAsync(draft).then(() => {}, failed) }), failed)
  return (
    <Button small kind="quiet" busy={remove.isPending} aria-label={t('mappings.delete.of', { name })} onClick={() => void drop()}>
      {t('mappings.delete')}
    </Button>
  )
}

function MappingDialog({ mapping: { name, kind, columns }, onClose }: { mapping: SavedMapping; onClose: () => void }) {
  const { t } = useTranslation()
  const nameOf = useFieldName(kind)
  return (
    <Dialog title={<span translate="no">{name}</span>} onClose={onClose} actions={<Button onClick={onClose}>{t('action.close')}</Button>}>
      <table className="figures-table" aria-label={t('wizard.columns.label')}>
        <thead>
          <tr>
            <th scope="col">{t('wizard.column.header')}</th>
            <th scope="col">{t('wizard.column.field')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ index, header, field }) => (
            <tr key={index}>
              <th scope="row" translate="no">
                {header}
              </th>
              <td className={field === null ? 'muted' : undefined}>{field === null ? t('wizard.field.skip') : nameOf(field)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}
