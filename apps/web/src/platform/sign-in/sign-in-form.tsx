import './texts.ts'
import type { Me } from '@zhike/contract/platform/session.ts'
import * as session from '@zhike/contract/platform/session.ts'
import { useState } from 'react'
import { z } from 'zod'
import { api } from '../../app/api.ts'
import { Button } from '../../ui/button.tsx'
import { SchemaForm } from '../../ui/form.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { AuthenticatorCode, digitsOf } from './authenticator-code.ts'

interface Props {
  /** Whose session ended, so that only the password is left to type. */
  email?: string
  /** Called when the password is right and the second factor is awaited; again when one goes back. */
  onStep?: (step: 'password' | 'code') => void
  onSignedIn: (me: Me) => Promise<void> | void
}

/** E-mail and password, then the second factor where there is one: on the page of that name, and over a page whose session ended. */
export function SignInForm({ email = '', onStep, onSignedIn }: Props) {
  const [needsCode, setNeedsCode] = useState(false)
  const go = (step: 'password' | 'code') => {
    setNeedsCode(step === 'code')
    onStep?.(step)
  }
  if (needsCode) return <CodeForm onBack={() => go('password')} onSignedIn={onSignedIn} />
  return <PasswordForm email={email} onNeedsCode={() => go('code')} onSignedIn={onSignedIn} />
}

function PasswordForm({ email, onNeedsCode, onSignedIn }: { email: string; onNeedsCode: () => void } & Pick<Props, 'onSignedIn'>) {
  const { t } = useTranslation()
  return (
    <SchemaForm
      schema={session.signIn.body}
      initial={{ email }}
      submit={t('signIn.submit')}
      fields={[
        {
          name: 'email',
          label: t('signIn.email'),
          wrong: t('form.email'),
          control: 'email',
          autoComplete: 'username',
          autoFocus: email === '',
          readOnly: email !== '',
        },
        {
          name: 'password',
          label: t('signIn.password'),
          control: 'password',
          autoComplete: 'current-password',
          autoFocus: email !== '',
        },
      ]}
      onSubmit={async (body) => {
        const reply = await api(session.signIn, { body })
        return reply.state === 'signed-in' ? onSignedIn(reply.me) : onNeedsCode()
      }}
    />
  )
}

const BackupCode = z.strictObject({ backupCode: z.string().trim().min(1).max(40) })

function CodeForm({ onBack, onSignedIn }: { onBack: () => void } & Pick<Props, 'onSignedIn'>) {
  const { t } = useTranslation()
  const [backup, setBackup] = useState(false)
  const give = async (body: { code: string } | { backupCode: string }) => {
    const reply = await api(session.secondFactor, { body })
    if (reply.state === 'signed-in') await onSignedIn(reply.me)
  }
  return (
    <>
      {backup ? (
        <SchemaForm
          key="backup"
          schema={BackupCode}
          submit={t('signIn.verify')}
          problemAt={{ 'second-factor-failed': 'backupCode' }}
          fields={[{ name: 'backupCode', label: t('signIn.backup'), autoComplete: 'off', autoFocus: true }]}
          onSubmit={({ backupCode }) => give({ backupCode: backupCode.trim() })}
        />
      ) : (
        <SchemaForm
          key="code"
          schema={AuthenticatorCode}
          submit={t('signIn.verify')}
          problemAt={{ 'second-factor-failed': 'code' }}
          fields={[
            {
              name: 'code',
              label: t('signIn.code'),
              wrong: t('form.code'),
              inputMode: 'numeric',
              autoComplete: 'one-time-code',
              autoFocus: true,
            },
          ]}
          onSubmit={({ code }) => give({ code: digitsOf(code) })}
        />
      )}
      <div className="row-between">
        <Button kind="link" onClick={() => setBackup(!backup)}>
          {backup ? t('signIn.backup.back') : t('signIn.backup.use')}
        </Button>
        <Button kind="link" onClick={onBack}>
          {t('action.back')}
        </Button>
      </div>
    </>
  )
}
