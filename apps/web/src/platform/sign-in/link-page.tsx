import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import * as session from '@zhike/contract/platform/session.ts'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { buttonClass } from '../../ui/button.tsx'
import { type FormField, SchemaForm } from '../../ui/form.tsx'
import { say } from '../../ui/messages.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { Door } from './door.tsx'

/** An invitation or a reset link: whoever holds it chooses a password, once. The token is behind the #, so no server logs it. */
export function LinkPage() {
  const { t } = useTranslation()
  const [token] = useState(() => decodeURIComponent(window.location.hash.slice(1)).replace(/^token=/, ''))
  const complete = session.readLink.body.safeParse({ token }).success
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: () => api(session.readLink, { body: { token } }),
    enabled: complete,
    // What is typed below must not be lost to a second look at the link.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const toSignIn = (
    <Link to="/sign-in" search={{}} className={buttonClass('plain')}>
      {t('link.toSignIn')}
    </Link>
  )
  if (!complete) {
    return (
      <Door title={t('link.reset')} purpose={t('link.missing')}>
        {toSignIn}
      </Door>
    )
  }
  if (link.isPending) {
    return (
      <Door title={t('link.reading')}>
        <Skeleton rows={3} />
      </Door>
    )
  }
  if (link.isError) {
    return (
      <Door title={t('link.reset')}>
        <ProblemNotice error={link.error} />
        {toSignIn}
      </Door>
    )
  }
  return <ChoosePassword token={token} {...link.data} />
}

function ChoosePassword({ token, kind, name, email }: { token: string; kind: 'invitation' | 'reset'; name: string; email: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const nameField: FormField[] = kind === 'invitation' ? [{ name: 'name', label: t('link.name'), autoComplete: 'name' }] : []
  return (
    <Door
      title={kind === 'invitation' ? t('link.invitation', { name }) : t('link.reset')}
      purpose={kind === 'invitation' ? t('link.invitation.purpose') : t('link.reset.purpose', { email })}
    >
      <SchemaForm
        schema={session.useLink.body}
        initial={kind === 'invitation' ? { name } : {}}
        also={{ token }}
        submit={t('link.submit')}
        problemAt={{ 'password-too-weak': 'password' }}
        fields={[
          ...nameField,
          {
            name: 'password',
            label: t('link.password'),
            help: t('setup.password.help'),
            control: 'password',
            autoComplete: 'new-password',
            autoFocus: true,
          },
        ]}
        onSubmit={async (body) => {
          await api(session.useLink, { body })
          say({ text: t('link.done') })
          await navigate({ to: '/sign-in', search: {} })
        }}
      />
    </Door>
  )
}
