import type { Condition, CustomerListField, Filter, ListFieldType } from '@zhike/contract/identify/customers.ts'
import { customerListFields, mostBirthdayDays, suitedOperators } from '@zhike/contract/identify/customers.ts'
import { type LabelField, labelFields } from '@zhike/contract/identify/labels.ts'
import { z } from 'zod'
import type { Tx } from '../../platform/database/database.ts'
import { fieldProblem } from '../../platform/http/problem.ts'
import type { Actor } from '../../platform/permissions/principal.ts'
import { importsSeen } from '../collection/imports/imports-seen.ts'
import { normaliseEmail } from '../identity/normalise/email.ts'
import { normalisePhone } from '../identity/normalise/phone.ts'
import { birthdayWithin } from './birthdays.ts'
import { combine, type Fragment } from './fragment.ts'
import { countLookUp } from './look-ups.ts'
import { accessTo } from './masking.ts'

/** A filter as a condition on `customer c` and, where it speaks of labels, `customer_label lb`. */
export interface FilterSql {
  condition: Fragment
  /** Whether `customer_label lb` must be joined. */
  labels: boolean
  /** The same for filters whose statements have the same text. */
  shape: string
}

/** Fields that are asked for otherwise than by a column. */
type OwnWay = 'birthday' | 'createdByImport' | 'updatedByImport'

const columns: Record<Exclude<keyof typeof customerListFields, OwnWay>, string> = {
  kind: 'kind',
  name: 'name',
  phone: 'phone',
  email: 'email',
  country: 'country',
  province: 'province',
  city: 'city',
  district: 'district',
  sex: 'sex',
  memberLevel: 'member_level',
  memberNumber: 'member_number',
  industry: 'industry',
  employer: 'employer',
  owner: 'owner_id',
  team: 'team_id',
  orders: 'orders',
  spent: 'spent',
  firstOrderAt: 'first_order_at',
  lastOrderAt: 'last_order_at',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  registeredOn: 'registered_on',
}

type Operator = Condition['operator']

/** Columns of whole numbers; the other numbers may have decimals. */
const fractions: ReadonlySet<CustomerListField> = new Set(['alive', 'expectedPurchases'])

const isLabel = (field: CustomerListField): field is LabelField => field in labelFields

const typeOf = (field: CustomerListField): ListFieldType => (isLabel(field) ? labelFields[field].type : customerListFields[field])

/**
 * Turns a filter into SQL with every value bound.
 * @throws Problem naming the field when an operator or a value does not suit it, or the actor may not filter by it
 */
export function filterSql(tx: Tx, actor: Actor, filter: Filter | undefined, now: Date): FilterSql {
  if (!filter) return { condition: tx`true`, labels: false, shape: '' }
  refuseTrying(actor, filter)
  return groupSql({ tx, actor, now }, filter, 'query.filter')
}

interface Asked {
  tx: Tx
  actor: Actor
  now: Date
}

function groupSql(asked: Asked, { match, conditions }: Filter, path: string): FilterSql {
  const { tx } = asked
  const parts = conditions.map((each, i) => {
    const at = `${path}.conditions.${i}`
    return 'conditions' in each ? groupSql(asked, each, at) : conditionSql(asked, each, at)
  })
  return {
    condition: combine(
      tx,
      parts.map(({ condition }) => condition),
      match === 'all' ? 'and' : 'or',
    ),
    labels: parts.some(({ labels }) => labels),
    shape: `${match}(${parts.map(({ shape }) => shape).join(',')})`,
  }
}

function conditionSql(asked: Asked, { field, operator, value }: Condition, path: string): FilterSql {
  const { tx, actor, now } = asked
  const type = typeOf(field)
  refuseUnseen(actor, field, operator, path)
  if (!suitedOperators[type].includes(operator)) {
    throw fieldProblem(`${path}.operator`, 'not_one_of', { allowed: suitedOperators[type].join(', ') })
  }
  const sql = { labels: isLabel(field), shape: `${field} ${operator}` }
  if (operator === 'empty' || operator === 'not-empty') {
    if (value !== undefined) throw fieldProblem(`${path}.value`, 'invalid')
    const column = columnOf(tx, field)
    return { ...sql, condition: operator === 'empty' ? tx`${column} is null` : tx`${column} is not null` }
  }
  if (value === undefined) throw fieldProblem(`${path}.value`, 'required')
  if ((operator === 'in') !== Array.isArray(value))
    throw fieldProblem(`${path}.value`, 'wrong_type', { expected: operator === 'in' ? 'list' : 'value' })
  const values = (Array.isArray(value) ? value : [value]).map((each) => readValue(field, type, operator, each, `${path}.value`))
  if ((field === 'phone' || field === 'email') && accessTo(actor, field) === 'masked') countLookUp(actor.userId, String(values[0]))
  if (field === 'birthday') return { ...sql, condition: birthdayWithin(tx, now, Number(values[0])) }
  if (field === 'createdByImport' || field === 'updatedByImport') {
    const imports = importsSeen(tx, actor, values.map(String), `${path}.field`)
    return { ...sql, condition: tx`c.id in (select customers_of_imports(${imports}, ${field === 'updatedByImport'}))` }
  }
  return { ...sql, condition: comparison(tx, columnOf(tx, field), castOf(field, type), operator, values) }
}

const columnOf = (tx: Tx, field: CustomerListField) =>
  tx(isLabel(field) ? `lb.${labelFields[field].column}` : `c.${columns[field as keyof typeof columns]}`)

/**
 * Phone, e-mail, birthday: who sees masks may only ask for the whole value, because any other answer would tell what is covered;
 * so may not ask for a birthday at all.
 */
function refuseUnseen(actor: Actor, field: CustomerListField, operator: Operator, path: string): void {
  if (field !== 'phone' && field !== 'email' && field !== 'birthday') return
  const access = accessTo(actor, field === 'birthday' ? 'birthDate' : field)
  if (access === 'hidden') throw fieldProblem(`${path}.field`, 'not_readable')
  if (access === 'masked' && operator !== 'is') throw fieldProblem(`${path}.operator`, 'field_masked')
}

/** One whole value in a filter is a look-up; many would be a search for what is under the mask. */
function refuseTrying(actor: Actor, filter: Filter): void {
  const masked = conditionsIn(filter, 'query.filter').filter(
    ({ condition: { field } }) => (field === 'phone' || field === 'email') && accessTo(actor, field) === 'masked',
  )
  if (masked[1]) throw fieldProblem(`${masked[1].path}.field`, 'field_masked')
}

/** The conditions of a filter and its groups, each with its place. */
export const conditionsIn = ({ conditions }: Filter, path: string): { condition: Condition; path: string }[] =>
  conditions.flatMap((each, i) => {
    const at = `${path}.conditions.${i}`
    return 'conditions' in each ? conditionsIn(each, at) : [{ condition: each, path: at }]
  })

const castOf = (field: CustomerListField, type: ListFieldType): string => {
  if (type === 'number') return fractions.has(field) ? 'float8' : 'int8'
  if (type === 'user' || type === 'team') return 'uuid'
  if (type === 'instant') return 'timestamptz'
  return type === 'day' ? 'date' : 'text'
}

function comparison(tx: Tx, column: unknown, cast: string, operator: Operator, values: readonly (string | number)[]): Fragment {
  const left = column as Fragment
  const type = tx(cast) as unknown as Fragment
  const value = tx`${String(values[0])}::text::${type}`
  switch (operator) {
    case 'is':
      return tx`${left} = ${value}`
    case 'is-not':
      return tx`${left} is distinct from ${value}`
    case 'in':
      return tx`${left} = any (${values.map(String)}::text[]::${type}[])`
    case 'at-least':
      return tx`${left} >= ${value}`
    case 'at-most':
      return tx`${left} <= ${value}`
    case 'before':
      return tx`${left} < ${value}`
    case 'after':
      return tx`${left} > ${value}`
    default:
      return tx`starts_with(${left}, ${value})`
  }
}

const choices: Partial<Record<CustomerListField, readonly string[]>> = { kind: ['person', 'organization'], sex: ['female', 'male'] }
const Instant = z.iso.datetime({ offset: true })
const Day = z.iso.date()
const Id = z.uuid()

function readValue(
  field: CustomerListField,
  type: ListFieldType,
  operator: Operator,
  value: string | number,
  path: string,
): string | number {
  if (type === 'number') return readNumber(field, value, path)
  if (type === 'birthday') return readDays(value, path)
  if (typeof value !== 'string') throw fieldProblem(path, 'wrong_type', { expected: 'string' })
  if (type === 'identity') return readIdentity(field, operator, value, path)
  if (type === 'instant' || type === 'day') {
    const parsed = (type === 'instant' ? Instant : Day).safeParse(value)
    if (!parsed.success) throw fieldProblem(path, 'invalid_date')
  }
  if ((type === 'user' || type === 'team' || type === 'import') && !Id.safeParse(value).success)
    throw fieldProblem(path, 'wrong_format', { format: 'UUID' })
  const allowed = choices[field]
  if (allowed && !allowed.includes(value)) throw fieldProblem(path, 'not_one_of', { allowed: allowed.join(', ') })
  return value
}

function readNumber(field: CustomerListField, value: string | number, path: string): number {
  if (typeof value !== 'number') throw fieldProblem(path, 'wrong_type', { expected: 'number' })
  if (!fractions.has(field) && !Number.isSafeInteger(value)) throw fieldProblem(path, 'wrong_type', { expected: 'integer' })
  return value
}

function readDays(value: string | number, path: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw fieldProblem(path, 'wrong_type', { expected: 'integer' })
  if (value < 1) throw fieldProblem(path, 'too_small_number', { minimum: 1 })
  if (value > mostBirthdayDays) throw fieldProblem(path, 'too_big_number', { maximum: mostBirthdayDays })
  return value
}

/** Whole phones and addresses are looked up as they are kept; a beginning as it is dialled in E.164. */
function readIdentity(field: CustomerListField, operator: Operator, value: string, path: string): string {
  if (operator === 'starts-with') {
    if (field === 'email') return value.toLowerCase()
    return value.startsWith('+') ? value : `+86${value.replace(/^0/, '')}`
  }
  const whole = field === 'phone' ? normalisePhone(value) : normaliseEmail(value)
  if (whole === undefined) throw fieldProblem(path, field === 'phone' ? 'invalid_phone' : 'invalid_email')
  return whole
}
