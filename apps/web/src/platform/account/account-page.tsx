import './texts.ts'
import '../sign-in/texts.ts'
import { useMutation } from '@tanstack/react-query'
import * as session from '@zhike/contract/platform/session.ts'
import { App, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import { useMe } from '../../app/session.ts'
import { showFieldProblems } from '../../ui/form-problems.ts'
import { Card, Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { ApiKeys } from './api-keys.tsx'
import { SecondFactor } from './second-factor.tsx'
import './account.css'

export function AccountPage() {
  const { t } = useTranslation()
  const { user, teams } = useMe()
  return (
    <Page title={t('account.title')} purpose={t('account.purpose')}>
      <div className="account">
        <Card title={t('account.me')}>
          <dl className="pairs">
            <div>
              <dt>{t('account.name')}</dt>
              <dd>{user.name}</dd>
            </div>
            <div>
              <dt>{t('account.email')}</dt>
              <dd>{user.email}</dd>
            </div>
            <div>
              <dt>{t('account.teams')}</dt>
              <dd>{teams.length > 0 ? teams.map(({ name }) => name).join(' · ') : t('account.teams.none')}</dd>
            </div>
          </dl>
        </Card>
        <PasswordCard />
        <SecondFactor />
        <ApiKeys />
      </div>
    </Page>
  )
}

function PasswordCard() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [form] = Form.useForm<{ current: string; next: string }>()
  const change = useMutation({
    mutationFn: (body: { current: string; next: string }) => api(session.changePassword, { body }),
    onSuccess: () => {
      form.resetFields()
      void message.success(t('password.done'))
    },
    onError: (error) => showFieldProblems(form, error, { current: 'current', next: 'next' }),
  })
  const needed = { required: true, message: t('form.needed') }
  return (
    <Card title={t('password.title')}>
      {change.isError && <ProblemNotice error={change.error} />}
      <Form form={form} layout="vertical" requiredMark={false} validateTrigger="onSubmit" onFinish={(values) => change.mutate(values)}>
        <Form.Item name="current" label={t('password.current')} rules={[needed]}>
          <Input.Password autoComplete="current-password" maxLength={128} />
        </Form.Item>
        <Form.Item
          name="next"
          label={t('password.next')}
          extra={t('setup.password.help')}
          rules={[needed, { min: 8, message: t('form.short', { count: 8 }) }]}
        >
          <Input.Password autoComplete="new-password" maxLength={128} />
        </Form.Item>
        <Button htmlType="submit" loading={change.isPending}>
          {t('password.submit')}
        </Button>
      </Form>
    </Card>
  )
}
