import type { Filter } from './customers.ts'

/** Whose birthday is today or within the six days after it, by the company's calendar; for who may see birth dates in clear. */
export const birthdaysThisWeek: Filter = { match: 'all', conditions: [{ field: 'birthday', operator: 'within-days', value: 7 }] }
