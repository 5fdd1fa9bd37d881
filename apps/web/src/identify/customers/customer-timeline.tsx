import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TimelineEntry } from '@zhike/contract/identify/customers.ts'
import { useCodeText } from '../../app/code-text.ts'
import { useAllowed, useMe } from '../../app/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Select } from '../../ui/field.tsx'
import { useFormats } from '../../ui/formats.ts'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { startOfDay } from './company-day.ts'
import { OrderDetails } from './customer-orders.tsx'
import { channelList, customerTimeline } from './customer-queries.ts'

type Kind = TimelineEntry['kind']
const kinds: Kind[] = ['order', 'return', 'payment', 'contact']

/** What of a timeline is shown; kept in the address. */
export interface TimelineState {
  kind?: Kind | undefined
  channel?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** Everything that happened with a customer, newest first. */
export function CustomerTimeline({ id, state, onChange }: { id: string; state: TimelineState; onChange: (next: TimelineState) => void }) {
  const { t } = useTranslation()
  const { company } = useMe()
  const channels = useQuery(channelList)
  const zone = company?.timeZone ?? 'Asia/Shanghai'
  const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
  const timeline = useInfiniteQuery(
    customerTimeline(id, {
      kind: state.kind,
      channel: state.channel,
      from: state.from && startOfDay(state.from, zone),
      to: state.to && startOfDay(dayAfter(state.to), zone),
    }),
  )
  const entries = timeline.data?.pages.flatMap(({ items }) => items) ?? []
  const day = (part: 'from' | 'to') => (
    <input
      type="date"
      className="input input-small"
      aria-label={t(`timeline.${part}`)}
      value={state[part] ?? ''}
      onChange={({ target }) => onChange({ ...state, [part]: target.value || undefined })}
    />
  )
  return (
    <>
      <div className="timeline-filter">
        <Segments<Kind | 'all'>
          label={t('customer.tab.timeline')}
          value={state.kind ?? 'all'}
          onChange={(value) => onChange({ ...state, kind: value === 'all' ? undefined : value })}
          options={[
            { value: 'all' as const, label: t('timeline.all') },
            ...kinds.map((value) => ({ value, label: t(`timeline.${value}`) })),
          ]}
        />
        <Select
          className="input input-small"
          aria-label={t('timeline.channel')}
          value={state.channel ?? ''}
          options={[
            { value: '', label: t('timeline.anyChannel') },
            ...(channels.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name })),
          ]}
          onChange={(channel) => onChange({ ...state, channel: channel || undefined })}
        />
        <span className="timeline-period">
          {day('from')} – {day('to')}
        </span>
      </div>
      {timeline.isPending && <Skeleton rows={5} />}
      {timeline.isError && <ProblemNotice error={timeline.error} retry={() => void timeline.refetch()} />}
      {timeline.isSuccess && entries.length === 0 && <Empty title={t('timeline.empty')} text={t('timeline.empty.text')} />}
      <ol className="timeline" aria-label={t('customer.tab.timeline')}>
        {entries.map((entry) => (
          <Entry key={`${entry.kind} ${entry.id}`} entry={entry} />
        ))}
      </ol>
      {timeline.hasNextPage && (
        <Button kind="link" busy={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t('action.more')}
        </Button>
      )}
    </>
  )
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useCodeText()
  const may = useAllowed()
  const { kind, at, channel, title, text: said, amount, currency, orderId } = entry
  return (
    <li className={`timeline-${kind}`}>
      <time dateTime={at} className="muted small" title={formats.moment(at)}>
        {formats.day(at)}
      </time>
      <div>
        <b>{t(`timeline.kind.${kind}`)}</b>{' '}
        <span className="muted small">
          {channel} ·{' '}
          {orderId && may('order.read') ? (
            <Link to="/orders/$id" params={{ id: orderId }}>
              {title}
            </Link>
          ) : kind === 'contact' ? (
            text('medium', title)
          ) : (
            title
          )}
        </span>
        {said && <div>{said}</div>}
        {kind === 'order' && orderId && <OrderDetails id={orderId} number={title} />}
      </div>
      {amount !== null && <Badge tone={kind === 'return' ? 'seal' : 'jade'}>{formats.money(amount, currency ?? undefined)}</Badge>}
    </li>
  )
}
