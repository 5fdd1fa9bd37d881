import { useQuery } from '@tanstack/react-query'
import type { Customer } from '@zhike/contract/identify/customers.ts'
import { useCodeText } from '../../app/code-text.ts'
import { Empty } from '../../ui/empty.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { channelList } from './customer-queries.ts'

/** By what the customer is recognised, and which source said so. */
export function CustomerIdentities({ customer: { identities } }: { customer: Customer }) {
  const { t } = useTranslation()
  const text = useCodeText()
  const { data } = useQuery(channelList)
  if (identities.length === 0) return <Empty title={t('identities.empty')} text={t('identities.empty.text')} />
  return (
    <div className="scrolls" role="region" aria-label={t('customer.tab.identities')} tabIndex={0}>
      <table className="figures-table">
        <thead>
          <tr>
            <th scope="col">{t('identities.kind')}</th>
            <th scope="col">{t('identities.value')}</th>
            <th scope="col">{t('identities.channel')}</th>
          </tr>
        </thead>
        <tbody>
          {identities.map(({ kind, value, channel, profileId }) => (
            <tr key={`${kind} ${value} ${profileId}`}>
              <th scope="row">{text('identity', kind)}</th>
              <td>{value}</td>
              <td>{data?.items.find(({ code }) => code === channel)?.name ?? channel}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
