import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { birthdaysThisWeek } from '@zhike/contract/identify/birthdays-this-week.ts'
import { type View, ViewDraft } from '@zhike/contract/identify/views.ts'
import { vipsAtRisk } from '@zhike/contract/identify/vips-at-risk.ts'
import { useState } from 'react'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Menu } from '../../ui/menu.tsx'
import { say } from '../../ui/messages.tsx'
import { useProblemText } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { savedViews, useDeleteView, useSaveView } from './customer-queries.ts'
import { whereIs } from './list-conditions.ts'
import { type CustomerListState, customerCount } from './list-query.ts'

interface Tab {
  key: string
  name: string
  state: CustomerListState
  saved?: View
}

function useTabs(): Tab[] {
  const { t } = useTranslation()
  const { user, personal } = useMe()
  const saved = useQuery(savedViews)
  const built: Tab[] = [
    { key: 'all', name: t('customers.view.all'), state: {} },
    { key: 'mine', name: t('customers.view.mine'), state: { where: whereIs('owner', user.id) } },
    { key: 'at-risk', name: t('customers.view.atRisk'), state: { where: vipsAtRisk } },
    // Whose birth dates are covered must not learn them from who stands in a list.
    ...(personal === 'clear' ? [{ key: 'birthdays', name: t('customers.view.birthdays'), state: { where: birthdaysThisWeek } }] : []),
    {
      key: 'pool',
      name: t('customers.view.pool'),
      state: { where: { match: 'all', conditions: [{ field: 'owner', operator: 'empty' }] } },
    },
  ]
  const own = (saved.data?.items ?? []).map((view): Tab => {
    const { filter, sort, order, columns } = view.state
    return { key: view.id, name: view.name, state: { where: filter, sort, order, columns }, saved: view }
  })
  return [...built, ...own]
}

const viewState = ({ where, sort, order, columns }: CustomerListState) =>
  JSON.stringify([where ?? null, sort ?? null, order ?? null, columns ?? null])

/** The views of the list as tabs, each with its count; the state on screen can be kept as another one. */
export function ListViews({ state, count }: { state: CustomerListState; count: string }) {
  const { t } = useTranslation()
  const tabs = useTabs()
  const [saving, setSaving] = useState(false)
  const active = tabs.find(({ key }) => key === (state.view ?? 'all'))
  const changed = active === undefined || viewState(active.state) !== viewState(state)
  return (
    <div className="list-views">
      <nav className="tabs" aria-label={t('customers.views')}>
        {tabs.map((tab) => (
          <Link
            key={tab.key}
            to="/customers"
            search={{ ...tab.state, q: state.q, view: tab.key === 'all' ? undefined : tab.key }}
            activeOptions={{ exact: true }}
            activeProps={{}}
            aria-current={tab === active ? 'page' : undefined}
          >
            {tab.name} {tab === active && !changed ? <span className="tab-count">{count}</span> : <TabCount state={tab.state} />}
          </Link>
        ))}
        {changed && (
          <Button kind="link" onClick={() => setSaving(true)}>
            ＋ {t('customers.view.save')}
          </Button>
        )}
      </nav>
      {active?.saved && <ViewMenu view={active.saved} state={state} changed={changed} />}
      {saving && <SaveView state={state} onClose={() => setSaving(false)} />}
    </div>
  )
}

function TabCount({ state }: { state: CustomerListState }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data } = useQuery(customerCount({ where: state.where }))
  if (!data) return null
  const count = formats.count(data.count)
  return (
    <span className="tab-count" data-rows={data.exact ? data.count : undefined}>
      {data.exact ? count : t('customers.about', { count: count as unknown as number })}
    </span>
  )
}

const draftOf = (name: string, teamId: string | null, { where, sort, order, columns }: CustomerListState): ViewDraft => ({
  name,
  teamId,
  state: {
    ...(where ? { filter: where } : {}),
    ...(sort ? { sort } : {}),
    ...(order ? { order } : {}),
    ...(columns ? { columns } : {}),
  },
})

function SaveView({ state, onClose }: { state: CustomerListState; onClose: () => void }) {
  const { t } = useTranslation()
  const { teams } = useMe()
  const save = useSaveView()
  return (
    <Dialog title={t('customers.view.save')} onClose={onClose}>
      <SchemaForm
        schema={ViewDraft.extend({ teamId: ViewDraft.shape.teamId.optional() })}
        fields={[
          { name: 'name', label: t('customers.view.name'), autoFocus: true },
          ...(teams.length > 0
            ? [{ name: 'teamId', label: t('customers.view.shareWith'), options: teams.map(({ id, name }) => ({ value: id, label: name })) }]
            : []),
        ]}
        also={{ state: draftOf('', null, state).state }}
        submit={t('action.save')}
        onSubmit={async ({ name, teamId }) => {
          await save.mutateAsync({ draft: draftOf(name, teamId ?? null, state) })
          say({ text: t('customers.view.saved', { name }) })
          onClose()
        }}
      />
    </Dialog>
  )
}

/** What its owner can do with a saved view. */
function ViewMenu({ view, state, changed }: { view: View; state: CustomerListState; changed: boolean }) {
  const { t } = useTranslation()
  const { user, teams } = useMe()
  const problemText = useProblemText()
  const save = useSaveView()
  const remove = useDeleteView()
  if (view.owner.id !== user.id) return <span className="muted small">{t('customers.view.sharedBy', { name: view.owner.name })}</span>
  const own: CustomerListState = { where: view.state.filter, sort: view.state.sort, order: view.state.order, columns: view.state.columns }
  const failed = (error: unknown) => say({ text: problemText(error).title, tone: 'bad' })
  const put = (draft: ViewDraft, text: string) => save.mutateAsync({ id: view.id, draft }).then(() => say({ text }), failed)
  const drop = async () => {
    try {
      await remove.mutateAsync(view.id)
    } catch (error) {
      return failed(error)
    }
    const back = { draft: draftOf(view.name, view.team?.id ?? null, own) }
    say({ text: t('customers.view.deleted', { name: view.name }), undo: () => save.mutateAsync(back).catch(failed) })
  }
  return (
    <Menu
      label={t('customers.view.menu', { name: view.name })}
      buttonLabel={t('customers.view.menu', { name: view.name })}
      button="⋯"
      buttonClassName="button button-quiet"
      align="end"
      items={[
        {
          key: 'update',
          label: t('customers.view.update'),
          disabled: !changed,
          onChoose: () => void put(draftOf(view.name, view.team?.id ?? null, state), t('customers.view.saved', { name: view.name })),
        },
        ...teams.map(({ id, name }) => ({
          key: id,
          label: view.team?.id === id ? t('customers.view.unshare', { name }) : t('customers.view.share', { name }),
          onChoose: () =>
            void put(
              draftOf(view.name, view.team?.id === id ? null : id, own),
              view.team?.id === id ? t('customers.view.unshared') : t('customers.view.sharedWith', { name }),
            ),
        })),
        { key: 'delete', label: t('customers.view.delete'), danger: true, onChoose: () => void drop() },
      ]}
    />
  )
}
