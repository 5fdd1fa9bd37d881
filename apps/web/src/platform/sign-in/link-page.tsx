import './texts.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import * as session from '@zhike/contract/platform/session.ts'
import { Button, Form, Input, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import { showFieldProblems } from '../../ui/form-problems.ts'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Door } from './door.tsx'

/** An invitation or a reset link: whoever holds it chooses a password, once. The token is behind the #, so no server logs it. */
export function LinkPage() {
  const { t } = useTranslation()
  const [token] = useState(() => decodeURIComponent(window.location.hash.slice(1)).replace(/^token=/, ''))
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: () => api(session.readLink, { body: { token } }),
    enabled: token.length >= 20,
    gcTime: 0,
  })
  if (token.length < 20)
    return (
      <Door title={t('link.reset')} purpose={t('link.missing')}>
        {null}
      </Door>
    )
  if (link.isPending) return <Door title={<Skeleton.Input active />}>{null}</Door>
  if (link.isError) {
    return (
      <Door title={t('link.reset')}>
        <ProblemNotice error={link.error} />
      </Door>
    )
  }
  return <ChoosePassword token={token} {...link.data} />
}

function ChoosePassword({ token, kind, name, email }: { token: string; kind: 'invitation' | 'reset'; name: string; email: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [form] = Form.useForm<{ name?: string; password: string }>()
  const use = useMutation({
    mutationFn: (values: { name?: string; password: string }) => api(session.useLink, { body: { token, ...values } }),
    onSuccess: () => navigate({ to: '/sign-in', search: {} }),
    onError: (error) => showFieldProblems(form, error, { password: 'password', name: 'name' }),
  })
  return (
    <Door
      title={kind === 'invitation' ? t('link.invitation', { name }) : t('link.reset')}
      purpose={kind === 'invitation' ? t('link.invitation.purpose') : t('link.reset.purpose', { email })}
    >
      {use.isError && <ProblemNotice error={use.error} />}
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ name }} onFinish={(values) => use.mutate(values)}>
        <input type="hidden" autoComplete="username" value={email} readOnly />
        {kind === 'invitation' && (
          <Form.Item name="name" label={t('link.name')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
            <Input maxLength={80} autoComplete="name" />
          </Form.Item>
        )}
        <Form.Item
          name="password"
          label={t('link.password')}
          extra={t('setup.password.help')}
          rules={[
            { required: true, message: t('form.needed') },
            { min: 8, message: t('form.short', { count: 8 }) },
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={128} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={use.isPending}>
          {t('link.submit')}
        </Button>
      </Form>
    </Door>
  )
}
