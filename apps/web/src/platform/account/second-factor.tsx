import { useQueryClient } from '@tanstack/react-query'
import type { ReplyOf } from '@zhike/contract/endpoint.ts'
import * as session from '@zhike/contract/platform/session.ts'
import { lazy, Suspense, useState } from 'react'
import { api } from '../../app/api.ts'
import { Term } from '../../app/glossary/term.tsx'
import { meQuery, useMe } from '../../app/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { SchemaForm } from '../../ui/form.tsx'
import { say } from '../../ui/messages.tsx'
import { Card } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { AuthenticatorCode, digitsOf } from '../sign-in/authenticator-code.ts'

const QrCode = lazy(async () => ({ default: (await import('./qr-code.tsx')).QrCode }))

type Enrolment = ReplyOf<typeof session.enrolSecondFactor>

/** Turns one's own second factor on: password, QR code and backup codes, first code; or off again. */
export function SecondFactor() {
  const { t } = useTranslation()
  const { user } = useMe()
  const [enrolment, setEnrolment] = useState<Enrolment>()
  return (
    <Card
      title={<Term code="second-factor">{t('factor.title')}</Term>}
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

function TurnOn({ onEnrolled }: { onEnrolled: (enrolment: Enrolment) => void }) {
  const { t } = useTranslation()
  return (
    <SchemaForm
      schema={session.enrolSecondFactor.body}
      kind="plain"
      submit={t('factor.begin')}
      problemAt={{ 'password-wrong': 'password' }}
      fields={[{ name: 'password', label: t('factor.password'), control: 'password', autoComplete: 'current-password' }]}
      onSubmit={async (body) => onEnrolled(await api(session.enrolSecondFactor, { body }))}
    />
  )
}

function TurnOff() {
  const { t } = useTranslation()
  const client = useQueryClient()
  return (
    <SchemaForm
      schema={session.disableSecondFactor.body}
      kind="danger"
      submit={t('factor.stop')}
      problemAt={{ 'password-wrong': 'password' }}
      fields={[{ name: 'password', label: t('factor.password'), control: 'password', autoComplete: 'current-password' }]}
      onSubmit={async (body) => {
        client.setQueryData(meQuery.queryKey, await api(session.disableSecondFactor, { body }))
        say({ text: t('factor.stopped') })
      }}
    />
  )
}

function Confirm({ enrolment: { uri, secret, backupCodes }, onDone }: { enrolment: Enrolment; onDone: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  return (
    <div className="stack">
      <p>{t('factor.scan')}</p>
      <div className="qr" role="img" aria-label={t('factor.qr')}>
        <Suspense>
          <QrCode value={uri} />
        </Suspense>
      </div>
      <code className="secret">{secret}</code>
      <p>{t('factor.backup')}</p>
      <ul className="backup-codes secret">
        {backupCodes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <SchemaForm
        schema={AuthenticatorCode}
        submit={t('factor.confirm')}
        problemAt={{ 'second-factor-failed': 'code' }}
        fields={[{ name: 'code', label: t('factor.code'), wrong: t('form.code'), inputMode: 'numeric', autoComplete: 'one-time-code' }]}
        beside={<Button onClick={onDone}>{t('action.cancel')}</Button>}
        onSubmit={async ({ code }) => {
          client.setQueryData(meQuery.queryKey, await api(session.confirmSecondFactor, { body: { code: digitsOf(code) } }))
          onDone()
          say({ text: t('factor.done') })
        }}
      />
    </div>
  )
}
