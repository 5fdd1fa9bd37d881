import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import type { Me } from '@zhike/contract/platform/session.ts'
import * as session from '@zhike/contract/platform/session.ts'
import { App, Button, Form, Input, QRCode } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import { meQuery, useMe } from '../../app/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'

type Enrolment = ReplyOf<typeof session.enrolSecondFactor>

/** Turns one's own second factor on: password, QR code and backup codes, first code; or off again. */
export function SecondFactor() {
  const { t } = useTranslation()
  const { user } = useMe()
  const [enrolment, setEnrolment] = useState<Enrolment>()
  return (
    <Card
      title={t('factor.title')}
      actions={<Badge tone={user.secondFactor ? 'jade' : 'gray'}>{user.secondFactor ? t('factor.on') : t('factor.off')}</Badge>}
    >
      <p className="muted">{t('factor.text')}</p>
      {enrolment ? (
        <Confirm enrolment={enrolment} onDone={() => setEnrolment(undefined)} />
      ) : user.secondFactor ? (
        <TurnOff />
      ) : (
        <TurnOn onEnrolled={setEnrolment} />
      )}
    </Card>
  )
}

/** The state of oneself after a change, without asking again. */
function useNewMe() {
  const client = useQueryClient()
  return (me: Me) => client.setQueryData(meQuery.queryKey, me)
}

function PasswordForm({
  action,
  danger = false,
  pending,
  error,
  onPassword,
}: {
  action: string
  danger?: boolean
  pending: boolean
  error: unknown
  onPassword: (password: string) => void
}) {
  const { t } = useTranslation()
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      validateTrigger="onSubmit"
      onFinish={({ password }: { password: string }) => onPassword(password)}
    >
      {error !== null && <ProblemNotice error={error} />}
      <Form.Item name="password" label={t('factor.password')} rules={[{ required: true, message: t('form.needed') }]}>
        <Input.Password autoComplete="current-password" maxLength={128} />
      </Form.Item>
      <Button htmlType="submit" danger={danger} loading={pending}>
        {action}
      </Button>
    </Form>
  )
}

function TurnOn({ onEnrolled }: { onEnrolled: (enrolment: Enrolment) => void }) {
  const { t } = useTranslation()
  const enrol = useMutation({
    mutationFn: (password: string) => api(session.enrolSecondFactor, { body: { password } }),
    onSuccess: onEnrolled,
  })
  return <PasswordForm action={t('factor.begin')} pending={enrol.isPending} error={enrol.error} onPassword={enrol.mutate} />
}

function TurnOff() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const renew = useNewMe()
  const disable = useMutation({
    mutationFn: (password: string) => api(session.disableSecondFactor, { body: { password } }),
    onSuccess: (me) => {
      renew(me)
      void message.success(t('factor.stopped'))
    },
  })
  return <PasswordForm danger action={t('factor.stop')} pending={disable.isPending} error={disable.error} onPassword={disable.mutate} />
}

function Confirm({ enrolment: { uri, secret, backupCodes }, onDone }: { enrolment: Enrolment; onDone: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const renew = useNewMe()
  const confirm = useMutation({
    mutationFn: ({ code }: { code: string }) => api(session.confirmSecondFactor, { body: { code: code.trim() } }),
    onSuccess: (me) => {
      renew(me)
      onDone()
      void message.success(t('factor.done'))
    },
  })
  return (
    <div className="stack">
      <p>{t('factor.scan')}</p>
      <QRCode value={uri} type="svg" color="#000000" bgColor="#ffffff" size={168} />
      <code className="secret">{secret}</code>
      <p>{t('factor.backup')}</p>
      <code className="secret">{backupCodes.join('  ')}</code>
      {confirm.isError && <ProblemNotice error={confirm.error} />}
      <Form layout="vertical" requiredMark={false} validateTrigger="onSubmit" onFinish={(values) => confirm.mutate(values)}>
        <Form.Item
          name="code"
          label={t('factor.code')}
          rules={[
            { required: true, message: t('form.needed') },
            { pattern: /^\s*\d{6}\s*$/, message: t('form.code') },
          ]}
        >
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {t('factor.confirm')}
        </Button>
      </Form>
    </div>
  )
}
