import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Channel } from '@zhike/contract/identify/catalog.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import { ChannelKind } from '@zhike/contract/identify/catalog.ts'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { useAllowed } from '../../app/session.ts'
import { channelList } from '../../identify/customers/customer-queries.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'

/** Where data come from, the most trusted first. */
export function ChannelSettings() {
  const { t } = useTranslation()
  const may = useAllowed()
  const columns = useColumns()
  const channels = useQuery(channelList)
  const [adding, setAdding] = useState(false)
  if (channels.isPending) return <Skeleton />
  if (channels.isError) return <ProblemNotice error={channels.error} retry={() => void channels.refetch()} />
  const rows = channels.data.items.toSorted((a, b) => b.trust - a.trust || a.name.localeCompare(b.name))
  const add = may('settings.manage') && (
    <Button kind="primary" onClick={() => setAdding(true)}>
      {t('channels.new')}
    </Button>
  )
  return (
    <>
      <div className="row-between settings-note">
        <p className="muted">{t('channels.about')}</p>
        {rows.length > 0 && add}
      </div>
      {rows.length === 0 ? (
        <Empty title={t('channels.empty')} text={t('channels.empty.text')} action={add} />
      ) : (
        <DataTable
          label={t('channels.list')}
          rows={rows}
          columns={columns}
          rowKey={({ code }) => code}
          card={(channel) => <ChannelCard channel={channel} />}
          hasMore={false}
          loadingMore={false}
          loadMore={() => {}}
        />
      )}
      {adding && <NewChannel onClose={() => setAdding(false)} />}
    </>
  )
}

function useColumns(): Column<Channel>[] {
  const { t } = useTranslation()
  const formats = useFormats()
  return [
    { key: 'trust', title: t('channels.column.trust'), width: '80px', align: 'end', render: ({ trust }) => trust },
    {
      key: 'name',
      title: t('channels.column.name'),
      width: 'minmax(180px, 2fr)',
      render: ({ name, code }) => (
        <>
          <b>{name}</b> <span className="muted small">{code}</span>
        </>
      ),
    },
    { key: 'kind', title: t('channels.column.kind'), width: 'minmax(100px, 1fr)', render: ({ kind }) => t(`channel.kind.${kind}`) },
    { key: 'since', title: t('channels.column.since'), width: '120px', render: ({ createdAt }) => formats.day(createdAt) },
  ]
}

function ChannelCard({ channel: { name, code, kind, trust } }: { channel: Channel }) {
  const { t } = useTranslation()
  return (
    <div className="row-card">
      <div>
        <b>{name}</b>
        <span>{t(`channel.kind.${kind}`)}</span>
      </div>
      <div className="muted small">
        <span>{code}</span>
        <span>
          {t('channels.column.trust')} {trust}
        </span>
      </div>
    </div>
  )
}

function NewChannel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  return (
    <Dialog title={t('channels.new')} onClose={onClose}>
      <SchemaForm
        schema={catalog.createChannel.body}
        initial={{ kind: 'till', trust: 50 }}
        problemAt={{ 'channel-code-taken': 'code' }}
        submit={t('action.save')}
        fields={[
          { name: 'name', label: t('channels.column.name') },
          { name: 'code', label: t('channels.code'), help: t('channels.code.help') },
          {
            name: 'kind',
            label: t('channels.column.kind'),
            options: ChannelKind.options.map((value) => ({ value, label: t(`channel.kind.${value}`) })),
          },
          { name: 'trust', label: t('channels.column.trust'), help: t('channels.trust.help'), control: 'number' },
        ]}
        onSubmit={async (body) => {
          const { name } = await api(catalog.createChannel, { body })
          say({ text: t('channels.made', { name }) })
          onClose()
          await client.invalidateQueries({ queryKey: channelList.queryKey })
        }}
      />
    </Dialog>
  )
}
