import './texts.ts'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { enter } from '../../app/session.ts'
import { useTranslation } from '../../ui/translation.ts'
import { Door } from './door.tsx'
import { SignInForm } from './sign-in-form.tsx'

const routeApi = getRouteApi('/sign-in')

export function SignInPage() {
  const { t } = useTranslation()
  const { next } = routeApi.useSearch()
  const router = useRouter()
  const [step, setStep] = useState<'password' | 'code'>('password')
  return (
    <Door
      title={t(step === 'code' ? 'signIn.code.title' : 'signIn.title')}
      purpose={t(step === 'code' ? 'signIn.code.purpose' : 'signIn.purpose')}
    >
      <SignInForm
        onStep={setStep}
        onSignedIn={async (me) => {
          await enter(me)
          // Only to a page of our own.
          router.history.push(next?.startsWith('/') && !next.startsWith('//') ? next : '/')
        }}
      />
      {step === 'password' && <p className="muted small">{t('signIn.forgot')}</p>}
    </Door>
  )
}
