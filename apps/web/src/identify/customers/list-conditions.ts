import type { Condition, CustomerListField, Filter } from '@zhike/contract/identify/customers.ts'

/** One chip: a condition, or several of which any holds. */
export type Chip = Condition | Filter

export const isGroup = (chip: Chip): chip is Filter => 'conditions' in chip

/** The chips of a list: what stands at the top of its filter. */
export const chipsOf = (where: Filter | undefined): Chip[] => {
  if (where === undefined) return []
  return where.match === 'all' ? where.conditions : [where]
}

/** The filter of a list of chips; none without chips. */
export const filterOf = (chips: readonly Chip[]): Filter | undefined =>
  chips.length === 0 ? undefined : { match: 'all', conditions: [...chips] }

/** A chip changed to these alternatives: none takes it away, one is a condition, more are “any of”. */
export function withAlternatives(chips: readonly Chip[], index: number, alternatives: readonly (Condition | Filter)[]): Chip[] {
  const [only, ...others] = alternatives
  const next: Chip[] = only === undefined ? [] : others.length === 0 ? [only] : [{ match: 'any', conditions: [...alternatives] }]
  return [...chips.slice(0, index), ...next, ...chips.slice(index + 1)]
}

/** A list of those who are one of several values of a field. */
export const whereIs = (field: CustomerListField, ...value: string[]): Filter => ({
  match: 'all',
  conditions: [{ field, operator: 'in', value }],
})
