import { useQuery } from '@tanstack/react-query'
import { Checkbox } from '../../ui/field.tsx'
import type { FormField } from '../../ui/form.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { roleList, teamList } from './people-queries.ts'
import { treeOf } from './team-tree.ts'

/** The fields of a form for somebody's roles and teams. */
export function useMembershipFields(): FormField[] {
  const { t, i18n } = useTranslation()
  const roles = useQuery(roleList(i18n.language))
  const teams = useQuery(teamList)
  const tree = treeOf(teams.data?.items ?? [])
  return [
    {
      name: 'roleIds',
      label: t('person.roles'),
      help: t('person.roles.help'),
      render: ({ value, set, ids }) => (
        <Chosen
          ids={ids}
          label={t('person.roles')}
          items={(roles.data?.items ?? []).map((role) => ({ ...role, depth: 0 }))}
          value={value}
          set={set}
        />
      ),
    },
    {
      name: 'teamIds',
      label: t('person.teams'),
      render: ({ value, set, ids }) =>
        tree.length === 0 ? (
          <span id={ids.id} className="muted">
            {t('person.teams.none')}
          </span>
        ) : (
          <Chosen ids={ids} label={t('person.teams')} items={tree} value={value} set={set} />
        ),
    },
  ]
}

interface ChosenProps {
  ids: { id: string }
  label: string
  items: readonly { id: string; name: string; depth: number }[]
  value: unknown
  set: (value: unknown) => void
}

function Chosen({ ids, label, items, value, set }: ChosenProps) {
  const chosen = (value ?? []) as string[]
  return (
    <div id={ids.id} role="group" aria-label={label} className="chosen">
      {items.map(({ id, name, depth }) => (
        <span key={id} style={{ paddingInlineStart: depth * 18 }}>
          <Checkbox checked={chosen.includes(id)} onChange={(on) => set(on ? [...chosen, id] : chosen.filter((each) => each !== id))}>
            {name}
          </Checkbox>
        </span>
      ))}
    </div>
  )
}
