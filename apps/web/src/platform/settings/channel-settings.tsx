import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Call } from '@zhike/contract/endpoint.ts'
import type { Channel } from '@zhike/contract/identify/catalog.ts'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import { ChannelKind } from '@zhike/contract/identify/catalog.ts'
import { useCallback, useState } from 'react'
import { api } from '../../app/api.ts'
import { savedOrRead } from '../../app/saved-or-read.ts'
import { useAllowed } from '../../app/session.ts'
import { channelList } from '../../identify/customers/customer-queries.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ProblemNotice, useProblemText } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { JobProgress } from '../jobs/job-progress.tsx'

/** Where data come from, the most trusted first. */
export function ChannelSettings() {
  const { t } = useTranslation()
  const may = useAllowed()
  const manages = may('settings.manage')
  const channels = useQuery(channelList)
  const [adding, setAdding] = useState(false)
  const [edited, setEdited] = useState<string>()
  const edit = manages ? ({ code }: Channel) => setEdited(code) : undefined
  const columns = useColumns(edit)
  if (channels.isPending) return <Skeleton />
  if (channels.isError) return <ProblemNotice error={channels.error} retry={() => void channels.refetch()} />
  const rows = channels.data.items.toSorted((a, b) => b.trust - a.trust || a.name.localeCompare(b.name))
  const editing = rows.find(({ code }) => code === edited)
  const add = manages && (
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
      {rows
        .filter(({ trustApplied }) => !trustApplied)
        .map((channel) => (
          <TrustToApply key={channel.code} channel={channel} />
        ))}
      {rows.length === 0 ? (
        <Empty title={t('channels.empty')} text={t('channels.empty.text')} action={add} />
      ) : (
        <DataTable
          label={t('channels.list')}
          rows={rows}
          columns={columns}
          rowKey={({ code }) => code}
          card={(channel) => <ChannelCard channel={channel} onEdit={edit} />}
          {...(edit ? { onOpen: edit } : {})}
          hasMore={false}
          loadingMore={false}
          loadMore={() => {}}
        />
      )}
      {adding && <NewChannel onClose={() => setAdding(false)} />}
      {editing && <EditChannel key={editing.code} channel={editing} onClose={() => setEdited(undefined)} />}
    </>
  )
}

type OnEdit = ((channel: Channel) => void) | undefined

/** The name, for who may change it the way to do so. */
function ChannelName({ channel, onEdit }: { channel: Channel; onEdit: OnEdit }) {
  const { t } = useTranslation()
  const { name } = channel
  if (!onEdit) return <b>{name}</b>
  return (
    <button type="button" className="channel-name" title={t('channels.edit', { name })} onClick={() => onEdit(channel)}>
      {name}
    </button>
  )
}

function useColumns(onEdit: OnEdit): Column<Channel>[] {
  const { t } = useTranslation()
  const formats = useFormats()
  return [
    { key: 'trust', title: t('channels.column.trust'), width: '80px', align: 'end', render: ({ trust }) => trust },
    {
      key: 'name',
      title: t('channels.column.name'),
      width: 'minmax(180px, 2fr)',
      render: (channel) => (
        <>
          <ChannelName channel={channel} onEdit={onEdit} /> <span className="muted small">{channel.code}</span>
        </>
      ),
    },
    { key: 'kind', title: t('channels.column.kind'), width: 'minmax(100px, 1fr)', render: ({ kind }) => t(`channel.kind.${kind}`) },
    { key: 'since', title: t('channels.column.since'), width: '120px', render: ({ createdAt }) => formats.day(createdAt) },
  ]
}

function ChannelCard({ channel, onEdit }: { channel: Channel; onEdit: OnEdit }) {
  const { t } = useTranslation()
  const { code, kind, trust } = channel
  return (
    <div className="row-card">
      <div>
        <ChannelName channel={channel} onEdit={onEdit} />
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

/** Saves changes of a channel; undone from the message. */
function useEditChannel() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const readAnew = () => client.invalidateQueries({ queryKey: channelList.queryKey })
  const save = async ({ code, version }: Channel, body: ChannelChange) => {
    const saved = await savedOrRead(() => api(catalog.editChannel, { params: { code }, body }, { version }), readAnew)
    await readAnew()
    return saved
  }
  return async (before: Channel, change: ChannelChange) => {
    const saved = await save(before, change)
    const { name, trust } = before
    say({
      text: t(saved.trust === trust ? 'channels.saved' : 'channels.saved.trust', { name: saved.name }),
      undo: () =>
        save(saved, { name, trust }).then(
          () => {},
          (error: unknown) => say({ text: problemText(error).title, tone: 'bad' }),
        ),
    })
  }
}

type ChannelChange = Call<typeof catalog.editChannel>['body']

function EditChannel({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation()
  const edit = useEditChannel()
  const { name, trust } = channel
  return (
    <Dialog title={t('channels.edit.title', { name })} onClose={onClose}>
      <SchemaForm
        schema={catalog.editChannel.body}
        initial={{ name, trust }}
        submit={t('action.save')}
        fields={[
          { name: 'name', label: t('channels.column.name') },
          { name: 'trust', label: t('channels.column.trust'), help: t('channels.trust.edit.help'), control: 'number' },
        ]}
        onSubmit={async (body) => {
          await edit(channel, body)
          onClose()
        }}
      />
    </Dialog>
  )
}

/** Says how far customers follow a changed trust, and lets one go on where that was stopped. */
function TrustToApply({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const may = useAllowed()
  const client = useQueryClient()
  const problemText = useProblemText()
  const { code, name, trust, jobId, version } = channel
  const readAnew = useCallback(() => {
    void client.invalidateQueries({ queryKey: channelList.queryKey })
    void client.invalidateQueries({ queryKey: ['customers'] })
  }, [client])
  const goOn = () =>
    api(catalog.editChannel, { params: { code }, body: { trust } }, { version }).then(readAnew, (error: unknown) =>
      say({ text: problemText(error).title, tone: 'bad' }),
    )
  if (jobId === null) {
    return (
      <Notice tone="warning" title={t('channels.trust.stopped', { name })}>
        <p>{t('channels.trust.stopped.text')}</p>
        {may('settings.manage') && (
          <Button small onClick={() => void goOn()}>
            {t('channels.trust.goOn')}
          </Button>
        )}
      </Notice>
    )
  }
  return (
    <Notice title={t('channels.trust.applying', { name, trust })}>
      <JobProgress id={jobId} label={t('channels.trust.applying', { name, trust })} onFinished={readAnew} />
    </Notice>
  )
}
