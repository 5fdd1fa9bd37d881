import { useQuery } from '@tanstack/react-query'
import type { ProfileField } from '@zhike/contract/identify/profile-fields.ts'
import { useCodeText } from '../../app/code-text.ts'
import { Empty } from '../../ui/empty.tsx'
import { useFormats } from '../../ui/formats.ts'
import { useListText } from '../../ui/list-text.ts'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { channelList, customerHistory } from './customer-queries.ts'

/** Every change of a customer's values and links. */
export function CustomerHistory({ id }: { id: string }) {
  const { t } = useTranslation()
  const list = useListText()
  const channels = useQuery(channelList)
  const formats = useFormats()
  const text = useCodeText()
  const history = useQuery(customerHistory(id))
  if (history.isPending) return <Skeleton rows={5} />
  if (history.isError) return <ProblemNotice error={history.error} retry={() => void history.refetch()} />
  if (history.data.items.length === 0) return <Empty title={t('history.empty')} />
  const nameOf = (channel: string | null) => channels.data?.items.find(({ code }) => code === channel)?.name ?? channel
  return (
    <ol className="timeline">
      {history.data.items.map(({ at, by, channel, what, fields }, index) => (
        <li key={`${at} ${index}`}>
          <time dateTime={at} className="muted small">
            {formats.moment(at)}
          </time>
          <div>
            <b>{text('history', what)}</b>{' '}
            <span className="muted small">{[by ?? t('history.system'), nameOf(channel)].filter(Boolean).join(' · ')}</span>
            {fields.length > 0 && <div>{list(fields.map((field) => text('field', field as ProfileField)))}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
