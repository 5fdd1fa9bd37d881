import { useQuery } from '@tanstack/react-query'
import type { Team } from '@zhike/contract/platform/teams.ts'
import { useState } from 'react'
import { Combobox, type ComboboxOption } from '../../ui/combobox.tsx'
import type { PickerIds } from '../../ui/list-layer.tsx'
import { teamList } from './people-queries.ts'
import { treeOf, wayTo } from './team-tree.ts'

interface Props extends PickerIds {
  value: string | undefined
  /** What stands before the teams: none, any. */
  first?: readonly ComboboxOption[]
  /** Those that cannot be chosen. */
  except?: ReadonlySet<string> | undefined
  onChange: (id: string) => void
  placeholder?: string
  className?: string
}

/** One of the teams, found by typing, each with those above it. */
export function TeamPicker({ value = '', first = [], except, onChange, ...field }: Props) {
  const [search, setSearch] = useState<string>()
  const teams = useQuery(teamList)
  const optionOf = ({ id, name }: Team): ComboboxOption => ({
    value: id,
    label: name,
    hint: wayTo(teams.data?.items ?? [], id).join(' › '),
  })
  const all = [
    ...first,
    ...treeOf(teams.data?.items ?? [])
      .filter(({ id }) => !except?.has(id))
      .map(optionOf),
  ]
  return (
    <Combobox
      {...field}
      value={value}
      shown={all.find((option) => option.value === value)?.label ?? ''}
      options={teams.data && all.filter(({ label }) => label.toLowerCase().includes((search ?? '').toLowerCase()))}
      onSearch={setSearch}
      onChange={onChange}
    />
  )
}
