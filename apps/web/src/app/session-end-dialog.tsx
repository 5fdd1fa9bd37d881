import { useNavigate, useRouter } from '@tanstack/react-router'
import { SignInForm } from '../platform/sign-in/sign-in-form.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useTranslation } from '../ui/translation.ts'
import { queryClient } from './api.ts'
import { enter, meQuery, useMe } from './session.ts'
import { endWaiting } from './session-end.ts'

/** Over the page whose session ended: who signs in again goes on where they were, with all they had typed; anybody else leaves it. */
export function SessionEndDialog() {
  const { t } = useTranslation()
  const { user } = useMe()
  const router = useRouter()
  const navigate = useNavigate()
  const leave = async () => {
    const next = router.state.location.href
    queryClient.removeQueries({ queryKey: meQuery.queryKey })
    endWaiting(false)
    await navigate({ to: '/sign-in', search: { next } })
    queryClient.clear()
  }
  return (
    <Dialog title={t('sessionEnd.title')} onClose={() => {}} fixed>
      <p>{t('sessionEnd.text', { name: user.name })}</p>
      <SignInForm
        email={user.email}
        onSignedIn={async (me) => {
          if (me.user.id === user.id) {
            queryClient.setQueryData(meQuery.queryKey, me)
            endWaiting(true)
            return
          }
          endWaiting(false)
          await enter(me)
          await navigate({ to: '/' })
        }}
      />
      <p>
        <Button kind="link" onClick={() => void leave()}>
          {t('sessionEnd.other')}
        </Button>
      </p>
    </Dialog>
  )
}
