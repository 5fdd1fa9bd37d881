import type { Filter } from './customers.ts'

/** Guests worth much who are on their way out: by RFM, and by what they are worth in either analysis that says it. */
export const vipsAtRisk: Filter = {
  match: 'all',
  conditions: [
    { field: 'rfmGroup', operator: 'in', value: ['at-risk', 'cannot-lose'] },
    {
      match: 'any',
      conditions: [
        { field: 'clvQuadrant', operator: 'in', value: ['vip'] },
        { field: 'valueLevel', operator: 'in', value: ['key', 'major'] },
      ],
    },
  ],
}
