import './texts.ts'
import { getRouteApi } from '@tanstack/react-router'
import { Page } from '../../ui/page.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { ChannelSettings } from './channel-settings.tsx'
import { CompanySettings } from './company-settings.tsx'
import { RateSettings } from './rate-settings.tsx'
import './settings.css'

const routeApi = getRouteApi('/shell/settings')
const tabs = ['company', 'channels', 'rates'] as const

export function SettingsPage() {
  const { t } = useTranslation()
  const { tab = 'company' } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  return (
    <Page title={t('settings.title')} purpose={t('settings.purpose')}>
      <Tabs
        label={t('settings.tabs')}
        tabs={tabs.map((key) => ({ key, label: t(`settings.tab.${key}`) }))}
        active={tab}
        onChange={(key) => void navigate({ search: key === 'company' ? {} : { tab: key }, replace: true })}
      >
        {tab === 'company' && <CompanySettings />}
        {tab === 'channels' && <ChannelSettings />}
        {tab === 'rates' && <RateSettings />}
      </Tabs>
    </Page>
  )
}
