import './texts.ts'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import * as session from '@zhike/contract/platform/session.ts'
import * as setup from '@zhike/contract/platform/setup.ts'
import { Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, queryClient } from '../../app/api.ts'
import { language, localeTag } from '../../app/i18n.ts'
import { enter, setupQuery } from '../../app/session.ts'
import { showFieldProblems } from '../../ui/form-problems.ts'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Door } from './door.tsx'

interface SetupForm {
  company: string
  timeZone: string
  currency: string
  name: string
  email: string
  password: string
}

const placeOf = {
  'company.name': 'company',
  'company.timeZone': 'timeZone',
  'company.currency': 'currency',
  'administrator.name': 'name',
  'administrator.email': 'email',
  'administrator.password': 'password',
}

/** First run: the company and its first administrator, who is signed in at once. */
export function SetupPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [form] = Form.useForm<SetupForm>()
  const run = useMutation({
    mutationFn: async (values: SetupForm) => {
      const { company: name, timeZone, currency, email, password } = values
      await api(setup.run, {
        body: { company: { name, timeZone, currency, locale: language() }, administrator: { name: values.name, email, password } },
      })
      queryClient.setQueryData(setupQuery.queryKey, { needed: false })
      return api(session.signIn, { body: { email, password } })
    },
    onSuccess: async (reply) => {
      if (reply.state === 'signed-in') await enter(reply.me)
      await navigate({ to: '/' })
    },
    onError: (error) => showFieldProblems(form, error, placeOf),
  })
  const needed = { required: true, whitespace: true, message: t('form.needed') }
  return (
    <Door title={t('setup.title')} purpose={t('setup.purpose')}>
      {run.isError && <ProblemNotice error={run.error} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        initialValues={{ timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, currency: language() === 'zh' ? 'CNY' : 'USD' }}
        onFinish={(values) => run.mutate(values)}
      >
        <fieldset>
          <legend>{t('setup.company')}</legend>
          <Form.Item name="company" label={t('setup.company.name')} rules={[needed]}>
            <Input autoFocus maxLength={120} autoComplete="organization" />
          </Form.Item>
          <div className="form-pair">
            <Form.Item name="timeZone" label={t('setup.timeZone')} extra={t('setup.timeZone.help')} rules={[needed]}>
              <Select showSearch options={timeZones()} />
            </Form.Item>
            <Form.Item name="currency" label={t('setup.currency')} extra={t('setup.currency.help')} rules={[needed]}>
              <Select showSearch={{ optionFilterProp: 'label' }} options={currencies()} />
            </Form.Item>
          </div>
        </fieldset>
        <fieldset>
          <legend>{t('setup.administrator')}</legend>
          <Form.Item name="name" label={t('setup.name')} rules={[needed]}>
            <Input maxLength={80} autoComplete="name" />
          </Form.Item>
          <Form.Item name="email" label={t('setup.email')} rules={[needed, { type: 'email', message: t('form.email') }]}>
            <Input type="email" autoComplete="username" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('setup.password')}
            extra={t('setup.password.help')}
            rules={[
              { required: true, message: t('form.needed') },
              { min: 8, message: t('form.short', { count: 8 }) },
            ]}
          >
            <Input.Password autoComplete="new-password" maxLength={128} />
          </Form.Item>
        </fieldset>
        <Button type="primary" htmlType="submit" block loading={run.isPending}>
          {t('setup.submit')}
        </Button>
      </Form>
    </Door>
  )
}

const timeZones = () => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return [...new Set([own, 'Asia/Shanghai', 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((value) => ({ value, label: value }))
}

const currencies = () => {
  const names = new Intl.DisplayNames(localeTag(), { type: 'currency' })
  const first = ['CNY', 'HKD', 'TWD', 'USD', 'EUR', 'GBP', 'JPY', 'SGD']
  return [...new Set([...first, ...Intl.supportedValuesOf('currency')])].map((value) => ({
    value,
    label: `${value} ${names.of(value) ?? ''}`,
  }))
}
