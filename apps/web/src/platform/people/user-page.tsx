import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Link as HandedOver, User } from '@zhike/contract/platform/users.ts'
import * as users from '@zhike/contract/platform/users.ts'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { savedOrRead } from '../../app/saved-or-read.ts'
import { useMe } from '../../app/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { SchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { AccessCard } from './access-card.tsx'
import { HandedLink } from './handed-link.tsx'
import { useMembershipFields } from './membership-field.tsx'
import { usePeopleAnew, userById } from './people-queries.ts'
import { UserActions } from './user-actions.tsx'
import { stateTones } from './user-state.ts'
import './people.css'

const routeApi = getRouteApi('/shell/people/$id')

/** One person: who they are, and what they can do and see. */
export function UserPage() {
  const { t } = useTranslation()
  const { id } = routeApi.useParams()
  const user = useQuery(userById(id))
  const above = <Link to="/people">{t('people.title')}</Link>
  if (user.isPending) {
    return (
      <Page title="…" above={above}>
        <Skeleton />
      </Page>
    )
  }
  if (user.isError) {
    return (
      <Page title={t('people.title')} above={above}>
        <ProblemNotice error={user.error} retry={() => void user.refetch()} />
      </Page>
    )
  }
  return <Person key={id} user={user.data} />
}

function Person({ user }: { user: User }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const me = useMe()
  const [link, setLink] = useState<HandedOver>()
  return (
    <Page
      title={
        <>
          {user.name} <Badge tone={stateTones[user.state]}>{t(`people.state.${user.state}`)}</Badge>
        </>
      }
      purpose={[
        user.email,
        user.lastSignInAt ? t('person.last', { time: formats.ago(user.lastSignInAt) }) : t('people.seen.never'),
        ...(user.id === me.user.id ? [t('person.self')] : []),
      ].join(' · ')}
      above={<Link to="/people">{t('people.title')}</Link>}
      actions={<UserActions user={user} onLink={setLink} />}
    >
      {link && <HandedLink title={t(user.state === 'invited' ? 'person.link.invitation' : 'person.link.reset')} link={link} />}
      <div className="person">
        <Profile user={user} />
        <AccessCard user={user} />
      </div>
    </Page>
  )
}

function Profile({ user }: { user: User }) {
  const { t } = useTranslation()
  const readAnew = usePeopleAnew()
  const memberships = useMembershipFields()
  const { id, name, email, version } = user
  return (
    <Card title={t('person.profile')}>
      <SchemaForm
        schema={users.edit.body}
        initial={{ name, email, roleIds: user.roles.map((role) => role.id), teamIds: user.teams.map((team) => team.id) }}
        problemAt={{ 'email-taken': 'email', 'grant-exceeds-own': 'roleIds', 'last-administrator': 'roleIds' }}
        submit={t('action.save')}
        fields={[{ name: 'name', label: t('person.name') }, { name: 'email', label: t('person.email'), control: 'email' }, ...memberships]}
        onSubmit={async (body) => {
          await savedOrRead(() => api(users.edit, { params: { id }, body }, { version }), readAnew)
          say({ text: t('person.saved') })
          await readAnew()
        }}
      />
    </Card>
  )
}
