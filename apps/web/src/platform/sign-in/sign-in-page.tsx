import './texts.ts'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import type { SignedIn } from '@zhike/contract/platform/session.ts'
import * as session from '@zhike/contract/platform/session.ts'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import { enter } from '../../app/session.ts'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Door } from './door.tsx'

const routeApi = getRouteApi('/sign-in')

/** Goes on to where one wanted to be once signed in. */
function useEntry() {
  const { next } = routeApi.useSearch()
  const router = useRouter()
  return async (me: Extract<SignedIn, { state: 'signed-in' }>['me']) => {
    await enter(me)
    // Only to a page of our own.
    router.history.push(next?.startsWith('/') && !next.startsWith('//') ? next : '/')
  }
}

export function SignInPage() {
  const [needsCode, setNeedsCode] = useState(false)
  return needsCode ? <SecondFactorForm onAgain={() => setNeedsCode(false)} /> : <PasswordForm onNeedsCode={() => setNeedsCode(true)} />
}

function PasswordForm({ onNeedsCode }: { onNeedsCode: () => void }) {
  const { t } = useTranslation()
  const go = useEntry()
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => api(session.signIn, { body }),
    onSuccess: (reply) => (reply.state === 'signed-in' ? go(reply.me) : onNeedsCode()),
  })
  const needed = { required: true, message: t('form.needed') }
  return (
    <Door title={t('signIn.title')} purpose={t('signIn.purpose')}>
      {signIn.isError && <ProblemNotice error={signIn.error} />}
      <Form layout="vertical" requiredMark={false} onFinish={(values) => signIn.mutate(values)} validateTrigger="onSubmit">
        <Form.Item name="email" label={t('signIn.email')} rules={[needed, { type: 'email', message: t('form.email') }]}>
          <Input type="email" autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item name="password" label={t('signIn.password')} rules={[needed]}>
          <Input.Password autoComplete="current-password" maxLength={128} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
      </Form>
      <p className="muted small">{t('signIn.forgot')}</p>
    </Door>
  )
}

function SecondFactorForm({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation()
  const go = useEntry()
  const [backup, setBackup] = useState(false)
  const verify = useMutation({
    mutationFn: ({ code }: { code: string }) =>
      api(session.secondFactor, { body: backup ? { backupCode: code.trim() } : { code: code.trim() } }),
    onSuccess: (reply) => (reply.state === 'signed-in' ? go(reply.me) : undefined),
  })
  const pattern = backup ? {} : { pattern: /^\s*\d{6}\s*$/, message: t('form.code') }
  return (
    <Door title={t('signIn.code.title')}>
      {verify.isError && <ProblemNotice error={verify.error} />}
      <Form
        key={String(backup)}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => verify.mutate(values)}
        validateTrigger="onSubmit"
      >
        <Form.Item
          name="code"
          label={backup ? t('signIn.backup') : t('signIn.code')}
          rules={[{ required: true, message: t('form.needed') }, pattern]}
        >
          <Input autoFocus inputMode={backup ? 'text' : 'numeric'} autoComplete="one-time-code" maxLength={40} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={verify.isPending}>
          {t('signIn.verify')}
        </Button>
      </Form>
      <div className="row-between">
        <Button type="link" onClick={() => setBackup(!backup)}>
          {backup ? t('signIn.backup.back') : t('signIn.backup.use')}
        </Button>
        <Button type="link" onClick={onAgain}>
          {t('action.back')}
        </Button>
      </div>
    </Door>
  )
}
