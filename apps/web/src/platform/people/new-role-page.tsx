import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import * as roles from '@zhike/contract/platform/roles.ts'
import { api } from '../../app/api.ts'
import { say } from '../../ui/messages.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { roleList, usePeopleAnew } from './people-queries.ts'
import { RoleForm } from './role-form.tsx'
import './people.css'

const routeApi = getRouteApi('/shell/people/roles/new')

/** A new role: empty, or begun as a copy of another. */
export function NewRolePage() {
  const { t, i18n } = useTranslation()
  const { from } = routeApi.useSearch()
  const navigate = useNavigate()
  const readAnew = usePeopleAnew()
  const list = useQuery(roleList(i18n.language))
  const model = list.data?.items.find(({ id }) => id === from)
  const save = async (draft: roles.RoleDraft) => {
    const { id, name } = await api(roles.create, { body: draft })
    await readAnew()
    say({ text: t('role.made', { name }) })
    await navigate({ to: '/people/roles/$id', params: { id } })
  }
  return (
    <Page title={t('roles.new')} purpose={t('roles.new.purpose')} above={<Link to="/people/roles">{t('roles.title')}</Link>}>
      {list.isPending && <Skeleton />}
      {list.isError && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && (
        <RoleForm
          submit={t('role.create')}
          initial={
            model
              ? { name: t('role.copyOf', { name: model.name }), grants: model.grants, personal: model.personal, sensitive: model.sensitive }
              : { name: '', grants: [], personal: 'masked', sensitive: 'hidden' }
          }
          onSave={save}
        />
      )}
    </Page>
  )
}
