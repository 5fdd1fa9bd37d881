import { useQuery } from '@tanstack/react-query'
import { type Condition, type CustomerListField, customerListFields, type ListFieldType } from '@zhike/contract/identify/customers.ts'
import { type LabelField, labelFields } from '@zhike/contract/identify/labels.ts'
import { useCodeText } from '../../app/code-text.ts'
import { personNames, teamList } from '../../platform/people/people-queries.ts'
import { useFormats } from '../../ui/formats.ts'
import { useListText } from '../../ui/list-text.ts'
import { useTranslation } from '../../ui/translation.ts'
import { importNames } from './customer-queries.ts'
import { type Chip, isGroup } from './list-conditions.ts'

export const typeOf = (field: CustomerListField): ListFieldType =>
  field in labelFields ? labelFields[field as LabelField].type : customerListFields[field as keyof typeof customerListFields]

/** Amounts are in minor units in the filter, and in whole units where people type them. */
export const isMoney = (field: CustomerListField): boolean => field === 'spent' || field === 'futureValue'

const valueTexts: Partial<Record<CustomerListField, string>> = {
  kind: 'kind',
  sex: 'sex',
  rfmGroup: 'rfm.group',
  abcClass: 'abc.class',
  valueLevel: 'abc.level',
  clvQuadrant: 'clv.quadrant',
}

interface Named {
  people?: readonly string[]
  teams?: boolean
  imports?: boolean
}

/** Words for the fields of the list and for their values. `people`: whose names are wanted; `teams`, `imports`: whether theirs are. */
export function useListFieldText({ people = [], teams: wantsTeams = false, imports: wantsImports = false }: Named = {}) {
  const { t } = useTranslation()
  const text = useCodeText()
  const formats = useFormats()
  const users = useQuery(personNames(people))
  const teams = useQuery({ ...teamList, enabled: wantsTeams })
  const imports = useQuery({ ...importNames, enabled: wantsImports })
  const nameOf = (field: CustomerListField): string => {
    const named = text('list.field', field)
    return named === field ? text('field', field) : named
  }
  const valueOf = (field: CustomerListField, value: string | number): string => {
    const type = typeOf(field)
    if (type === 'instant') return formats.day(String(value))
    if (isMoney(field)) return formats.money(Number(value))
    if (type === 'birthday') return value === 1 ? t('customers.birthday.today') : t('customers.birthday.days', { count: Number(value) })
    if (type === 'import') {
      const file = imports.data?.items.find(({ id }) => id === value)?.file.name
      return file ?? t(imports.data ? 'customers.import.earlier' : 'state.loading')
    }
    if (type === 'number') return formats.count(Number(value))
    const named = { user: users.data, team: teams.data }[type as 'user' | 'team']
    if (type === 'user' || type === 'team') return named?.items.find(({ id }) => id === value)?.name ?? t('state.loading')
    return valueTexts[field] ? text(valueTexts[field], String(value)) : String(value)
  }
  return { nameOf, valueOf }
}

/** The conditions of a chip, those of its groups too. */
const conditionsOf = (chip: Chip): Condition[] => (isGroup(chip) ? chip.conditions.flatMap(conditionsOf) : [chip])

/** A chip, or a part of it, as it is read: its name, and what it asks for. */
export function useChipText(whole: Chip): (chip: Chip) => { name: string; asks: string } {
  const { t } = useTranslation()
  const list = useListText()
  const { nameOf, valueOf } = useListFieldText({
    people: conditionsOf(whole).flatMap(({ field, value = [] }) => (typeOf(field) === 'user' ? [value].flat().map(String) : [])),
    teams: conditionsOf(whole).some(({ field }) => typeOf(field) === 'team'),
    imports: conditionsOf(whole).some(({ field }) => typeOf(field) === 'import'),
  })
  const asksFor = ({ field, operator, value }: Condition): string => {
    const values = value === undefined ? [] : Array.isArray(value) ? value : [value]
    if (field === 'owner' && operator === 'empty') return t('customers.pool.short')
    const shown = values.slice(0, 3).map((each) => valueOf(field, each))
    const written = list(shown) + (values.length > 3 ? ` +${values.length - 3}` : '')
    return operator === 'is' || operator === 'in' || operator === 'within-days' ? written : t(`operator.${operator}.of`, { value: written })
  }
  const describe = (chip: Chip): { name: string; asks: string } => {
    if (!isGroup(chip)) return { name: nameOf(chip.field), asks: asksFor(chip) }
    const parts = chip.conditions.map((each) => {
      const { name, asks } = describe(each)
      return `${name} ${asks}`
    })
    return { name: t(`filter.${chip.match}`), asks: parts.join(t(`filter.${chip.match}.between`)) }
  }
  return describe
}
