import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import * as teams from '@zhike/contract/platform/teams.ts'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { savedOrRead } from '../../app/saved-or-read.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SchemaForm } from '../../ui/form.tsx'
import { Menu } from '../../ui/menu.tsx'
import { say } from '../../ui/messages.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { ProblemNotice, useProblemText } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { teamList, usePeopleAnew } from './people-queries.ts'
import { PeopleTabs } from './people-tabs.tsx'
import { TeamPicker } from './team-picker.tsx'
import { type TreeTeam, treeOf, withBelow } from './team-tree.ts'
import './people.css'

/** What the dialog is open for: a new team below one (or at the top), or a change of one. */
type Wanted = { kind: 'new'; parentId: string | null } | { kind: 'edit'; team: TreeTeam }

export function TeamPage() {
  const { t } = useTranslation()
  const list = useQuery(teamList)
  const [wanted, setWanted] = useState<Wanted>()
  const tree = treeOf(list.data?.items ?? [])
  const begin = (
    <Button kind="primary" onClick={() => setWanted({ kind: 'new', parentId: null })}>
      {t('teams.new')}
    </Button>
  )
  return (
    <Page title={t('teams.title')} purpose={t('teams.purpose')} actions={tree.length > 0 && begin}>
      <PeopleTabs />
      {list.isPending && <Skeleton />}
      {list.isError && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && tree.length === 0 && <Empty title={t('teams.empty')} text={t('teams.empty.text')} action={begin} />}
      {tree.length > 0 && (
        <Card>
          <ul className="team-tree" aria-label={t('teams.list')}>
            {tree.map((team) => (
              <TeamRow key={team.id} team={team} onWant={setWanted} />
            ))}
          </ul>
        </Card>
      )}
      {wanted && <TeamDialog wanted={wanted} tree={tree} onClose={() => setWanted(undefined)} />}
    </Page>
  )
}

function TeamRow({ team, onWant }: { team: TreeTeam; onWant: (wanted: Wanted) => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const readAnew = usePeopleAnew()
  const { id, name, members, depth, hasBelow, parentId } = team
  const makeAgain = async () => {
    await api(teams.create, { body: { name, parentId } })
    await readAnew()
  }
  const remove = async () => {
    try {
      await api(teams.remove, { params: { id } })
      await readAnew()
      say({ text: t('teams.removed', { name }), undo: makeAgain })
    } catch (error) {
      const { title, detail } = problemText(error)
      say({ text: [title, detail].filter(Boolean).join(' · '), tone: 'bad' })
    }
  }
  const label = t('teams.actions', { name })
  return (
    <li style={{ paddingInlineStart: depth * 24 }}>
      <b>{name}</b>
      <Link
        to="/people"
        search={{ team: id }}
        title={t('teams.about.members')}
        aria-label={t('teams.members.of', { name, count: members })}
        data-rows={members}
      >
        {t('teams.members', { count: members })}
      </Link>
      <Menu
        label={label}
        buttonLabel={label}
        button="⋯"
        buttonClassName="button button-quiet"
        align="end"
        items={[
          { key: 'add', label: t('teams.add'), onChoose: () => onWant({ kind: 'new', parentId: id }) },
          { key: 'edit', label: t('teams.edit'), onChoose: () => onWant({ kind: 'edit', team }) },
          { key: 'remove', label: t('teams.remove'), danger: true, disabled: members > 0 || hasBelow, onChoose: () => void remove() },
        ]}
      />
    </li>
  )
}

function TeamDialog({ wanted, tree, onClose }: { wanted: Wanted; tree: readonly TreeTeam[]; onClose: () => void }) {
  const { t } = useTranslation()
  const readAnew = usePeopleAnew()
  const edited = wanted.kind === 'edit' ? tree.find(({ id }) => id === wanted.team.id) : undefined
  const [parentId, setParentId] = useState(wanted.kind === 'edit' ? wanted.team.parentId : wanted.parentId)
  const closed = edited && withBelow(tree, edited.id)
  return (
    <Dialog title={edited ? t('teams.edit.title', { name: edited.name }) : t('teams.new')} onClose={onClose}>
      <SchemaForm
        schema={teams.create.body}
        initial={{ name: edited?.name ?? '' }}
        also={{ parentId }}
        problemAt={{ 'team-name-taken': 'name', 'grant-exceeds-own': 'parentId', 'team-circle': 'parentId' }}
        submit={t('action.save')}
        fields={[
          { name: 'name', label: t('teams.name') },
          {
            name: 'parentId',
            label: t('teams.parent'),
            ...(edited ? { help: t('teams.edit.help') } : {}),
            render: ({ ids }) => (
              <TeamPicker
                {...ids}
                value={parentId ?? ''}
                first={[{ value: '', label: t('teams.parent.top') }]}
                except={closed}
                onChange={(id) => setParentId(id || null)}
              />
            ),
          },
        ]}
        onSubmit={async (body) => {
          if (edited) {
            const { id, version } = edited
            await savedOrRead(() => api(teams.edit, { params: { id }, body }, { version }), readAnew)
          } else await api(teams.create, { body })
          say({ text: edited ? t('teams.saved') : t('teams.made', { name: body.name }) })
          onClose()
          await readAnew()
        }}
      />
    </Dialog>
  )
}
