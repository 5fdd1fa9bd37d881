import type { Customer } from '@zhike/contract/identify/customers.ts'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useCodeText } from '../../app/code-text.ts'
import { useAllowed } from '../../app/session.ts'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { useProblemText } from '../../ui/problem.tsx'
import { useSplitOff } from './customer-queries.ts'

/** The source profiles that a customer is made of, why each belongs here, and the way to split one off. */
export function CustomerProfiles({ customer: { id, profiles } }: { customer: Customer }) {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const formats = useFormats()
  const text = useCodeText()
  const may = useAllowed()
  const problemText = useProblemText()
  const split = useSplitOff(id)
  const ask = (profileId: string, channel: string) =>
    modal.confirm({
      title: t('profiles.split.title', { channel }),
      content: t('profiles.split.text'),
      okText: t('profiles.split'),
      cancelText: t('action.cancel'),
      onOk: () =>
        split.mutateAsync(profileId).then(
          () => void message.success(t('profiles.split.done')),
          (error: unknown) => void message.error(problemText(error).title),
        ),
    })
  return (
    <Card title={t('profiles.title', { count: profiles.length })}>
      <ul className="profiles">
        {profiles.map(({ id: profileId, channel, sourceKey, recordedAt, link }) => (
          <li key={profileId}>
            <div>
              <b>{channel.name}</b> <span className="muted small">{[sourceKey, formats.day(recordedAt)].filter(Boolean).join(' · ')}</span>
              <div className="muted small">
                {text('link.rule', link?.rule ?? 'new')}
                {link && link.matched.length > 0 && ` · ${t('profiles.matched', { values: link.matched.join(' ') })}`}
                {link?.by && ` · ${t('profiles.by', { name: link.by })}`}
              </div>
            </div>
            {profiles.length > 1 && may('customer.link') && (
              <Button size="small" shape="round" onClick={() => void ask(profileId, channel.name)}>
                {t('profiles.split')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
