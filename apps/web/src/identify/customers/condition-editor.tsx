import { useQuery } from '@tanstack/react-query'
import { type Condition, type CustomerListField, customerListFields, suitedOperators } from '@zhike/contract/identify/customers.ts'
import { labelFields } from '@zhike/contract/identify/labels.ts'
import { type FormEvent, useState } from 'react'
import { useAllowed, useMe } from '../../app/session.ts'
import { PersonPicker } from '../../platform/people/person-picker.tsx'
import { TeamPicker } from '../../platform/people/team-picker.tsx'
import { Button } from '../../ui/button.tsx'
import { Chosen } from '../../ui/chosen.tsx'
import { Select } from '../../ui/field.tsx'
import { type Choice, ChoiceList } from '../../ui/filter-chip.tsx'
import { useFormats } from '../../ui/formats.ts'
import { useTranslation } from '../../ui/translation.ts'
import { startOfDay } from './company-day.ts'
import { isMoney, typeOf, useListFieldText } from './condition-text.ts'
import { customerGroups, type GroupedField, importNames } from './customer-queries.ts'

type Operator = Condition['operator']

/** Of operators that say the same about a form's fields, the one that says more. */
const offered: readonly Operator[] = ['in', 'is', 'starts-with', 'at-least', 'at-most', 'before', 'within-days', 'empty', 'not-empty']

const grouped: readonly string[] = [
  'city',
  'province',
  'country',
  'memberLevel',
  'kind',
  'sex',
  'industry',
  'rfmGroup',
  'abcClass',
  'valueLevel',
  'clvQuadrant',
]
const isGrouped = (field: CustomerListField): field is GroupedField & CustomerListField => grouped.includes(field)

/** Whether values of a field are chosen from a list, rather than typed. */
const isChosen = (field: CustomerListField): boolean => isGrouped(field) || ['user', 'team', 'import'].includes(typeOf(field))

/** How far ahead birthdays are looked for. */
const birthdayDays = [1, 3, 7, 14, 30] as const

function operatorsFor(field: CustomerListField): Operator[] {
  const suited = offered.filter((operator) => suitedOperators[typeOf(field)].includes(operator))
  const unneeded: Operator[] = isChosen(field) ? ['is', 'starts-with'] : typeOf(field) === 'number' ? ['in', 'is'] : ['in']
  return suited.filter((operator) => !unneeded.includes(operator))
}

const minorUnits = (currency: string) =>
  10 ** (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)

/** One condition: how to compare, and with what. */
export function ConditionEditor({
  field,
  condition,
  submit,
  onDone,
}: {
  field: CustomerListField
  condition?: Condition
  submit: string
  onDone: (condition: Condition) => void
}) {
  const { t } = useTranslation()
  const { company } = useMe()
  const formats = useFormats()
  const { nameOf, valueOf: textOf } = useListFieldText()
  const operators = operatorsFor(field)
  const unit = isMoney(field) ? minorUnits(company?.currency ?? 'CNY') : 1
  const before = condition?.value
  const [operator, setOperator] = useState<Operator>(
    condition && operators.includes(condition.operator) ? condition.operator : operators[0]!,
  )
  const [chosen, setChosen] = useState<string[]>(
    Array.isArray(before) ? before.map(String) : isChosen(field) && before !== undefined ? [String(before)] : [],
  )
  const [typed, setTyped] = useState(() => {
    if (before === undefined || Array.isArray(before)) return typeOf(field) === 'birthday' ? '7' : ''
    return typeOf(field) === 'instant' ? formats.day(String(before)) : String(typeof before === 'number' ? before / unit : before)
  })
  const needsValue = operator !== 'empty' && operator !== 'not-empty'
  const valueOf = (): Condition['value'] => {
    if (operator === 'in') return chosen.length > 0 ? chosen : undefined
    const text = typed.trim()
    if (text === '') return undefined
    if (typeOf(field) === 'birthday') return Number(text)
    if (typeOf(field) === 'number') return Number.isFinite(Number(text)) ? Math.round(Number(text) * unit * 1e6) / 1e6 : undefined
    return typeOf(field) === 'instant' ? startOfDay(text, company?.timeZone ?? 'Asia/Shanghai') : text
  }
  const value = needsValue ? valueOf() : undefined
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!needsValue) onDone({ field, operator })
    else if (value !== undefined)
      onDone({ field, operator, value: isMoney(field) && typeof value === 'number' ? Math.round(value) : value })
  }
  return (
    <form className="condition" onSubmit={save}>
      <div className="condition-line">
        <strong>{nameOf(field)}</strong>
        {operators.length > 1 && (
          <Select
            className="input input-small"
            aria-label={t('condition.how')}
            value={operator}
            options={operators.map((each) => ({ value: each, label: t(`operator.${each}`) }))}
            onChange={setOperator}
          />
        )}
      </div>
      {operator === 'in' && <Choices field={field} chosen={chosen} onChange={setChosen} />}
      {operator === 'within-days' && (
        <Select
          className="input input-small"
          aria-label={nameOf(field)}
          value={typed}
          options={birthdayDays.map((days) => ({ value: String(days), label: textOf(field, days) }))}
          onChange={setTyped}
        />
      )}
      {needsValue && operator !== 'in' && operator !== 'within-days' && (
        <input
          className="input input-small"
          aria-label={nameOf(field)}
          type={typeOf(field) === 'instant' || typeOf(field) === 'day' ? 'date' : 'text'}
          {...(typeOf(field) === 'number' ? { inputMode: 'decimal' as const } : {})}
          maxLength={200}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      )}
      <Button kind="primary" small type="submit" disabled={needsValue && value === undefined}>
        {submit}
      </Button>
    </form>
  )
}

interface ChoicesProps {
  field: CustomerListField
  chosen: readonly string[]
  onChange: (values: string[]) => void
}

function Choices({ field, chosen, onChange }: ChoicesProps) {
  const type = typeOf(field)
  const formats = useFormats()
  const { valueOf } = useListFieldText()
  const groups = useQuery({ ...customerGroups(isGrouped(field) ? field : 'kind'), enabled: isGrouped(field) })
  const imports = useQuery({ ...importNames, enabled: type === 'import' })
  if (type === 'import') {
    const files = imports.data?.items.map(
      ({ id, file, createdAt }): Choice => ({ value: id, label: file.name, count: formats.day(createdAt) }),
    )
    return <ChoiceList choices={files} chosen={chosen} onChange={onChange} />
  }
  if (!isGrouped(field)) return <ChosenOnes field={field} chosen={chosen} onChange={onChange} />
  const counted = groups.data?.groups.flatMap(({ value, customers }): Choice[] =>
    value === null ? [] : [{ value: String(value), label: valueOf(field, value), count: formats.count(customers) }],
  )
  return <ChoiceList choices={counted} chosen={chosen} onChange={onChange} />
}

/** People or teams, one found after the other. */
function ChosenOnes({ field, chosen, onChange }: ChoicesProps) {
  const { t } = useTranslation()
  const { user } = useMe()
  const { nameOf, valueOf } = useListFieldText(typeOf(field) === 'user' ? { people: chosen } : { teams: true })
  const add = (id: string) => onChange([...chosen, id])
  const common = { value: undefined, onChange: add, className: 'input input-small', placeholder: t('condition.who') }
  return (
    <>
      {chosen.length > 0 && (
        <span className="badges">
          <Chosen
            items={chosen.map((id) => ({ value: id, label: valueOf(field, id) }))}
            remove={(name) => t('filter.clear', { name })}
            onRemove={(id) => onChange(chosen.filter((each) => each !== id))}
          />
        </span>
      )}
      {typeOf(field) === 'team' ? (
        <TeamPicker {...common} aria-label={nameOf(field)} except={new Set(chosen)} />
      ) : (
        <PersonPicker
          {...common}
          aria-label={nameOf(field)}
          first={chosen.includes(user.id) ? [] : [{ value: user.id, label: t('picker.me', { name: user.name }) }]}
          except={chosen}
        />
      )}
    </>
  )
}

/** Every field that the list can be filtered by, the everyday ones first. */
const everyday: readonly CustomerListField[] = [
  'kind',
  'city',
  'memberLevel',
  'rfmGroup',
  'owner',
  'team',
  'spent',
  'lastOrderAt',
  'orders',
  'birthday',
]
const fields = [
  ...everyday,
  ...([...Object.keys(customerListFields), ...Object.keys(labelFields)] as CustomerListField[]).filter(
    (field) => !everyday.includes(field),
  ),
]

/** A new condition: first what about, then what. */
export function NewCondition({ submit, onDone }: { submit: string; onDone: (condition: Condition) => void }) {
  const { t } = useTranslation()
  const { nameOf } = useListFieldText()
  const may = useAllowed()
  const seesBirthdays = useMe().personal === 'clear'
  const [field, setField] = useState<CustomerListField>()
  const [part, setPart] = useState('')
  if (field) return <ConditionEditor field={field} submit={submit} onDone={onDone} />
  const asked = fields.filter((each) => {
    if (typeOf(each) === 'birthday') return seesBirthdays
    return typeOf(each) !== 'import' || may('import.run')
  })
  const matching = asked.filter((each) => nameOf(each).toLowerCase().includes(part.trim().toLowerCase()))
  return (
    <div className="condition">
      <input
        className="input input-small"
        value={part}
        onChange={({ target }) => setPart(target.value)}
        placeholder={t('condition.find')}
        aria-label={t('condition.find')}
      />
      <ul className="condition-fields">
        {matching.map((each) => (
          <li key={each}>
            <button type="button" className="menu-item" onClick={() => setField(each)}>
              {nameOf(each)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
