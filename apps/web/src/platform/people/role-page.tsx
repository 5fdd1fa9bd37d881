import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { Role } from '@zhike/contract/platform/roles.ts'
import * as roles from '@zhike/contract/platform/roles.ts'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { savedOrRead } from '../../app/saved-or-read.ts'
import { AskDialog } from '../../ui/ask-dialog.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { say } from '../../ui/messages.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { roleList, usePeopleAnew } from './people-queries.ts'
import { RoleForm } from './role-form.tsx'
import { RoleMatrix } from './role-matrix.tsx'
import './people.css'

const routeApi = getRouteApi('/shell/people/roles/$id')

export function RolePage() {
  const { t, i18n } = useTranslation()
  const { id } = routeApi.useParams()
  const list = useQuery(roleList(i18n.language))
  const role = list.data?.items.find((each) => each.id === id)
  const above = <Link to="/people/roles">{t('roles.title')}</Link>
  if (role) return <OneRole key={id} role={role} />
  return (
    <Page title={t('roles.title')} above={above}>
      {list.isPending && <Skeleton />}
      {list.isError && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && <Notice tone="warning" title={t('notFound.text')} />}
    </Page>
  )
}

function OneRole({ role }: { role: Role }) {
  const { t } = useTranslation()
  const readAnew = usePeopleAnew()
  const { id, name, builtIn, members, version, grants, personal, sensitive } = role
  const save = async (body: roles.RoleDraft) => {
    await savedOrRead(() => api(roles.edit, { params: { id }, body }, { version }), readAnew)
    say({ text: t('role.saved', { count: members }) })
    await readAnew()
  }
  return (
    <Page
      title={
        <>
          {name} <Badge tone={builtIn ? 'gray' : 'jade'}>{t(builtIn ? 'roles.builtIn' : 'roles.own')}</Badge>
        </>
      }
      purpose={
        <>
          {t('role.members')}：
          <Link to="/people" search={{ role: id }} data-rows={members}>
            {t('teams.members', { count: members })}
          </Link>
        </>
      }
      above={<Link to="/people/roles">{t('roles.title')}</Link>}
      actions={
        <>
          {!builtIn && <RemoveRole role={role} />}
          <Link to="/people/roles/new" search={{ from: id }} className={buttonClass()}>
            {t('role.copy')}
          </Link>
        </>
      }
    >
      {builtIn ? (
        <>
          <Notice title={t('role.builtIn.title')}>{t('role.builtIn.text')}</Notice>
          <RoleMatrix role={role} />
        </>
      ) : (
        <RoleForm initial={{ name, grants, personal, sensitive }} submit={t('role.save')} onSave={save} />
      )}
    </Page>
  )
}

function RemoveRole({ role }: { role: Role }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const readAnew = usePeopleAnew()
  const [asking, setAsking] = useState(false)
  const { id, name, members, grants, personal, sensitive } = role
  const makeAgain = async () => {
    await api(roles.create, { body: { name, grants, personal, sensitive } })
    await readAnew()
  }
  return (
    <>
      <Button
        kind="danger"
        disabled={members > 0}
        title={members > 0 ? t('role.remove.used', { count: members }) : undefined}
        onClick={() => setAsking(true)}
      >
        {t('role.remove')}
      </Button>
      {asking && (
        <AskDialog
          title={t('role.remove.title', { name })}
          action={t('role.remove')}
          onClose={() => setAsking(false)}
          run={async () => {
            await api(roles.remove, { params: { id } })
            say({ text: t('role.removed', { name }), undo: makeAgain })
            await navigate({ to: '/people/roles' })
            await readAnew()
          }}
        >
          <p>{t('role.remove.text')}</p>
        </AskDialog>
      )}
    </>
  )
}
