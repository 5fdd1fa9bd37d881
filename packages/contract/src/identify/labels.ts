/**
 * What differentiate knows about a customer and writes into the customer file. Registered here once: the columns of
 * `customer_label`, what a list filters by, and what a reader sees beside a name all follow from it.
 */
export const labelFields = {
  rfmGroup: { type: 'choice', column: 'rfm_group', analysis: 'rfm' },
  rfmCell: { type: 'number', column: 'rfm_cell', analysis: 'rfm' },
  abcClass: { type: 'choice', column: 'abc_class', analysis: 'abc' },
  valueLevel: { type: 'choice', column: 'value_level', analysis: 'abc' },
  clvQuadrant: { type: 'choice', column: 'clv_quadrant', analysis: 'clv' },
  /** Probability that the customer still buys, 0–1. */
  alive: { type: 'number', column: 'alive', analysis: 'clv' },
  /** Purchases to be expected within the horizon. */
  expectedPurchases: { type: 'number', column: 'expected_purchases', analysis: 'clv' },
  /** Discounted margin to be expected within the horizon, minor units of the reporting currency. */
  futureValue: { type: 'number', column: 'future_value', analysis: 'clv' },
} as const satisfies Record<string, { type: 'choice' | 'number'; column: string; analysis: string }>

export type LabelField = keyof typeof labelFields
