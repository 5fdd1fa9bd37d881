import './texts.ts'
import '../sign-in/texts.ts'
import { useQueryClient } from '@tanstack/react-query'
import * as session from '@zhike/contract/platform/session.ts'
import { api } from '../../app/api.ts'
import { chooseLanguage } from '../../app/i18n.ts'
import { meQuery, useMe } from '../../app/session.ts'
import { SchemaForm } from '../../ui/form.tsx'
import { say } from '../../ui/messages.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { OwnKeys } from '../api-keys/own-keys.tsx'
import { SecondFactor } from './second-factor.tsx'
import { Sessions } from './sessions.tsx'
import './account.css'

export function AccountPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('account.title')} purpose={t('account.purpose')}>
      <div className="account">
        <ProfileCard />
        <PasswordCard />
        <div className="stack">
          <SecondFactor />
          <Sessions />
        </div>
        <OwnKeys />
      </div>
    </Page>
  )
}

function ProfileCard() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { user, teams } = useMe()
  return (
    <Card title={t('account.me')}>
      <dl className="pairs account-pairs">
        <div>
          <dt>{t('account.email')}</dt>
          <dd>{user.email}</dd>
        </div>
        <div>
          <dt>{t('account.teams')}</dt>
          <dd>{teams.length > 0 ? teams.map(({ name }) => name).join(' · ') : t('account.teams.none')}</dd>
        </div>
      </dl>
      <SchemaForm
        schema={session.editProfile.body}
        kind="plain"
        initial={{ name: user.name, locale: user.locale }}
        submit={t('action.save')}
        fields={[
          { name: 'name', label: t('account.name'), autoComplete: 'name' },
          {
            name: 'locale',
            label: t('account.locale'),
            help: t('account.locale.help'),
            options: [
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ],
          },
        ]}
        onSubmit={async (body) => {
          const me = await api(session.editProfile, { body })
          client.setQueryData(meQuery.queryKey, me)
          await chooseLanguage(me.user.locale)
          say({ text: t('account.saved') })
        }}
      />
    </Card>
  )
}

function PasswordCard() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { user } = useMe()
  return (
    <Card title={t('password.title')}>
      <input type="hidden" autoComplete="username" value={user.email} readOnly />
      <SchemaForm
        schema={session.changePassword.body}
        kind="plain"
        clears
        submit={t('password.submit')}
        problemAt={{ 'password-wrong': 'current', 'password-too-weak': 'next' }}
        fields={[
          { name: 'current', label: t('password.current'), control: 'password', autoComplete: 'current-password' },
          {
            name: 'next',
            label: t('password.next'),
            help: t('setup.password.help'),
            control: 'password',
            autoComplete: 'new-password',
          },
        ]}
        onSubmit={async (body) => {
          await api(session.changePassword, { body })
          say({ text: t('password.done') })
          await client.invalidateQueries({ queryKey: ['sessions'] })
        }}
      />
    </Card>
  )
}
