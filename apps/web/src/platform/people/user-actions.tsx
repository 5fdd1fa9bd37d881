import { useQuery } from '@tanstack/react-query'
import * as apiKeys from '@zhike/contract/platform/api-keys.ts'
import type { Link, User } from '@zhike/contract/platform/users.ts'
import * as users from '@zhike/contract/platform/users.ts'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { savedOrRead } from '../../app/saved-or-read.ts'
import { AskDialog } from '../../ui/ask-dialog.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { say } from '../../ui/messages.tsx'
import { useProblemText } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { usePeopleAnew } from './people-queries.ts'

/** What can be done to a person's access: a new link, the second factor, disabling and enabling. */
export function UserActions({ user, onLink }: { user: User; onLink: (link: Link) => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const readAnew = usePeopleAnew()
  const [asked, setAsked] = useState<'link' | 'factor' | 'disable'>()
  const close = () => setAsked(undefined)
  const { id, name, version } = user
  const setEnabled = async (enabled: boolean, from: number) => {
    const edited = await savedOrRead(() => api(users.edit, { params: { id }, body: { enabled } }, { version: from }), readAnew)
    await readAnew()
    return edited
  }
  const enable = (from = version) =>
    setEnabled(true, from).then(
      () => say({ text: t('person.enabled', { name }) }),
      (error: unknown) => say({ text: problemText(error).title, tone: 'bad' }),
    )
  const items: MenuItem[] = [
    ...(user.state === 'disabled'
      ? [{ key: 'enable', label: t('person.do.enable'), onChoose: () => void enable() }]
      : [{ key: 'link', label: t(`person.do.link.${user.state}`), onChoose: () => setAsked('link') }]),
    ...(user.secondFactor ? [{ key: 'factor', label: t('person.do.factor'), onChoose: () => setAsked('factor') }] : []),
    ...(user.state === 'disabled'
      ? []
      : [{ key: 'disable', label: t('person.do.disable'), danger: true, onChoose: () => setAsked('disable') }]),
  ]
  return (
    <>
      <Menu label={t('person.actions')} button={t('person.actions')} align="end" items={items} />
      {asked === 'link' && (
        <AskDialog
          title={t('person.link.ask.title', { name })}
          action={t('person.link.ask.do')}
          danger={false}
          onClose={close}
          run={async () => onLink(await api(users.link, { params: { id } }))}
        >
          <p>{t('person.link.ask.text')}</p>
        </AskDialog>
      )}
      {asked === 'factor' && (
        <AskDialog
          title={t('person.factor.ask.title', { name })}
          action={t('person.do.factor')}
          onClose={close}
          run={async () => {
            await api(users.resetSecondFactor, { params: { id } })
            say({ text: t('person.factor.done') })
            await readAnew()
          }}
        >
          <p>{t('person.factor.ask.text')}</p>
        </AskDialog>
      )}
      {asked === 'disable' && (
        <AskDialog
          title={t('person.disable.title', { name })}
          action={t('person.do.disable')}
          onClose={close}
          run={async () => {
            const disabled = await setEnabled(false, version)
            say({ text: t('person.disabled', { name }), undo: () => enable(disabled.version) })
          }}
        >
          <DisableText userId={id} />
        </AskDialog>
      )}
    </>
  )
}

/** What stops when somebody is disabled, with the number of their keys. */
function DisableText({ userId }: { userId: string }) {
  const { t } = useTranslation()
  const keys = useQuery({
    queryKey: ['api-keys', userId],
    queryFn: ({ signal }) => api(apiKeys.list, { query: { userId, everybody: undefined } }, { signal }),
  })
  const active = keys.data?.items.filter(({ state }) => state === 'active').length
  return <p>{t('person.disable.text', { keys: active ?? '…' })}</p>
}
