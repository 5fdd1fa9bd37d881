import './texts.ts'
import { useNavigate } from '@tanstack/react-router'
import * as session from '@zhike/contract/platform/session.ts'
import * as setup from '@zhike/contract/platform/setup.ts'
import { api, queryClient } from '../../app/api.ts'
import { language } from '../../app/i18n.ts'
import { enter, setupQuery } from '../../app/session.ts'
import { SchemaForm } from '../../ui/form.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { currencyOptions, timeZoneOptions } from './choices.ts'
import { Door } from './door.tsx'

/** First run: the company and its first administrator, who is signed in at once and asked where to begin. */
export function SetupPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Door title={t('setup.title')} purpose={t('setup.purpose')}>
      <SchemaForm
        schema={setup.run.body}
        initial={{
          'company.timeZone': Intl.DateTimeFormat().resolvedOptions().timeZone,
          'company.currency': language() === 'zh' ? 'CNY' : 'USD',
        }}
        also={{ 'company.locale': language() }}
        submit={t('setup.submit')}
        problemAt={{ 'password-too-weak': 'administrator.password' }}
        fields={[
          {
            name: 'company.name',
            label: t('setup.company.name'),
            heading: t('setup.company'),
            autoComplete: 'organization',
            autoFocus: true,
          },
          {
            name: 'company.timeZone',
            label: t('setup.timeZone'),
            help: t('setup.timeZone.help'),
            options: timeZoneOptions(),
            half: true,
          },
          {
            name: 'company.currency',
            label: t('setup.currency'),
            help: t('setup.currency.help'),
            options: currencyOptions(),
            half: true,
          },
          { name: 'administrator.name', label: t('setup.name'), heading: t('setup.administrator'), autoComplete: 'name' },
          {
            name: 'administrator.email',
            label: t('setup.email'),
            wrong: t('form.email'),
            control: 'email',
            autoComplete: 'username',
          },
          {
            name: 'administrator.password',
            label: t('setup.password'),
            help: t('setup.password.help'),
            control: 'password',
            autoComplete: 'new-password',
          },
        ]}
        onSubmit={async (body) => {
          await api(setup.run, { body })
          queryClient.setQueryData(setupQuery.queryKey, { needed: false })
          const { email, password } = body.administrator
          const reply = await api(session.signIn, { body: { email, password } })
          if (reply.state === 'signed-in') await enter(reply.me)
          await navigate({ to: '/welcome' })
        }}
      />
    </Door>
  )
}
