import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { TimelineEntry } from '@zhike/contract/identify/customers.ts'
import { Button, Segmented, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/badge.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useFormats } from '../../ui/formats.ts'
import { ProblemNotice } from '../../ui/problem.tsx'
import { channelList, customerTimeline } from './customer-queries.ts'

type Kind = TimelineEntry['kind']
const kinds: Kind[] = ['order', 'return', 'payment', 'contact']

/** Everything that happened with a customer, newest first. */
export function CustomerTimeline({ id, kind, onKind }: { id: string; kind: Kind | undefined; onKind: (kind: Kind | undefined) => void }) {
  const { t } = useTranslation()
  const timeline = useInfiniteQuery(customerTimeline(id, kind))
  const entries = timeline.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <Segmented<Kind | 'all'>
        size="small"
        aria-label={t('customer.tab.timeline')}
        value={kind ?? 'all'}
        onChange={(value) => onKind(value === 'all' ? undefined : value)}
        options={[{ value: 'all' as const, label: t('timeline.all') }, ...kinds.map((value) => ({ value, label: t(`timeline.${value}`) }))]}
      />
      {timeline.isPending && <Skeleton active paragraph={{ rows: 5 }} />}
      {timeline.isError && <ProblemNotice error={timeline.error} retry={() => void timeline.refetch()} />}
      {timeline.isSuccess && entries.length === 0 && <Empty title={t('timeline.empty')} text={t('timeline.empty.text')} />}
      <ol className="timeline">
        {entries.map((entry) => (
          <Entry key={`${entry.kind} ${entry.id}`} entry={entry} />
        ))}
      </ol>
      {timeline.hasNextPage && (
        <Button type="link" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t('action.more')}
        </Button>
      )}
    </>
  )
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data } = useQuery(channelList)
  const { kind, at, channel, title, text, amount, currency } = entry
  const channelName = data?.items.find(({ code }) => code === channel)?.name ?? channel
  return (
    <li className={`timeline-${kind}`}>
      <time dateTime={at} className="muted small" title={formats.moment(at)}>
        {formats.day(at)}
      </time>
      <div>
        <b>{t(`timeline.kind.${kind}`)}</b> <span className="muted small">{[channelName, title].filter(Boolean).join(' · ')}</span>
        {text && <div>{text}</div>}
      </div>
      {amount !== null && <Badge tone={kind === 'return' ? 'seal' : 'jade'}>{formats.money(amount, currency ?? undefined)}</Badge>}
    </li>
  )
}
