import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCodeText } from '../../app/code-text.ts'
import { type Choice, FilterChip } from '../../ui/filter-chip.tsx'
import { useFormats } from '../../ui/formats.ts'
import { type CustomerListState, customerGroups } from './customer-queries.ts'

const chips = [
  { state: 'kind', by: 'kind' },
  { state: 'city', by: 'city' },
  { state: 'level', by: 'memberLevel' },
  { state: 'group', by: 'rfmGroup' },
] as const

/** The list's filters as chips; the values to choose from are counted when a chip is opened. */
export function CustomerFilters({
  state,
  onChange,
}: {
  state: CustomerListState
  onChange: (next: Partial<CustomerListState>) => Promise<void>
}) {
  return (
    <>
      {chips.map((chip) => (
        <Chip key={chip.state} chip={chip} chosen={state[chip.state] ?? []} onChange={onChange} />
      ))}
    </>
  )
}

function Chip({
  chip,
  chosen,
  onChange,
}: {
  chip: (typeof chips)[number]
  chosen: readonly string[]
  onChange: (next: Partial<CustomerListState>) => Promise<void>
}) {
  const { t } = useTranslation()
  const text = useCodeText()
  const formats = useFormats()
  const [opened, setOpened] = useState(false)
  const groups = useQuery({ ...customerGroups(chip.by), enabled: opened })
  const label = (value: string) => (chip.by === 'kind' ? text('kind', value) : chip.by === 'rfmGroup' ? text('rfm.group', value) : value)
  const known = groups.data?.groups.flatMap(({ value, customers }): Choice[] =>
    value === null ? [] : [{ value: String(value), label: label(String(value)), count: formats.count(customers) }],
  )
  const choices = known ?? (opened ? undefined : chosen.map((value) => ({ value, label: label(value) })))
  return (
    <FilterChip
      name={t(`customers.filter.${chip.state}`)}
      choices={choices}
      chosen={chosen}
      onOpen={() => setOpened(true)}
      onChange={(values) => void onChange({ [chip.state]: values.length > 0 ? values : undefined })}
    />
  )
}
