import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { channelList } from '../customers/customer-queries.ts'
import { fileSources, type Plan } from './plan.ts'
import { Setting } from './setting.tsx'

const another = ' new'

/** Which registered source the file comes from, or the name of a new one. */
export function ChannelField({ plan, onPlan }: { plan: Plan; onPlan: (plan: Plan) => void }) {
  const { t } = useTranslation()
  const { data, isPending } = useQuery(channelList)
  const options = [
    ...fileSources(data?.items ?? []).map(({ code, name }) => ({ value: code, label: name })),
    { value: another, label: t('wizard.channel.new') },
  ]
  const chosen = plan.newChannel === undefined ? plan.channel : another
  return (
    <>
      <Setting label={t('wizard.channel')}>
        <Select
          aria-label={t('wizard.channel')}
          loading={isPending}
          placeholder={t('wizard.channel.needed')}
          value={chosen ?? null}
          options={options}
          onChange={(value) =>
            onPlan(value === another ? { ...plan, channel: undefined, newChannel: '' } : { ...plan, channel: value, newChannel: undefined })
          }
        />
      </Setting>
      {plan.newChannel !== undefined && (
        <Setting label={t('wizard.channel.name')}>
          <Input
            autoFocus
            aria-label={t('wizard.channel.name')}
            placeholder={t('wizard.channel.example')}
            maxLength={80}
            value={plan.newChannel}
            onFocus={(event) => event.target.select()}
            onChange={(event) => onPlan({ ...plan, newChannel: event.target.value })}
          />
        </Setting>
      )}
    </>
  )
}
