import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Combobox, type ComboboxOption } from '../../ui/combobox.tsx'
import type { PickerIds } from '../../ui/list-layer.tsx'
import { useDebounced } from '../../ui/use-debounced.ts'
import { peopleLike, personNames } from './people-queries.ts'

interface Props extends PickerIds {
  value: string | undefined
  /** Of who is chosen, where it is known. */
  name?: string | undefined
  /** What stands before the people: nobody, anybody, oneself. */
  first?: readonly ComboboxOption[]
  /** Who has been chosen already. */
  except?: readonly string[]
  onChange: (id: string) => void
  placeholder?: string
  className?: string
}

const none: readonly never[] = []

/** One of the people, found by typing; they are looked for on the server, so there may be any number. */
export function PersonPicker({ value = '', name, first = none, except = none, onChange, ...field }: Props) {
  const [search, setSearch] = useState<string>()
  const rested = useDebounced(search ?? '', 150)
  const people = useQuery({ ...peopleLike(rested), enabled: search !== undefined })
  const own = first.find((option) => option.value === value)
  const named = useQuery(personNames(value === '' || own || name !== undefined ? none : [value]))
  const fits = ({ label }: ComboboxOption) => label.toLowerCase().includes((search ?? '').toLowerCase())
  const left = new Set([...first.map((option) => option.value), ...except])
  const found = people.data?.items.filter(({ id }) => !left.has(id)).map((person) => ({ value: person.id, label: person.name }))
  // Until the answer to the last key is there, those of the one before that fit.
  const options = found && [...first, ...found].filter(fits)
  return (
    <Combobox
      {...field}
      value={value}
      shown={own?.label ?? name ?? named.data?.items[0]?.name ?? ''}
      options={options}
      onSearch={setSearch}
      onChange={onChange}
    />
  )
}
