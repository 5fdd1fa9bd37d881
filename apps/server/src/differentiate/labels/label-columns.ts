import type { AnalysisMethod } from '@zhike/contract/differentiate/analyses.ts'
import { resultTables } from '../results.ts'
import type { Statement } from '../warehouse-query.ts'

/** What a method says about a customer: column of `customer_label` → its type, and the expression over the result. */
export interface LabelColumn {
  column: string
  type: 'text' | 'smallint' | 'real' | 'bigint'
  value: string
}

export const labelColumns: Readonly<Record<AnalysisMethod, readonly LabelColumn[]>> = {
  rfm: [
    { column: 'rfm_group', type: 'text', value: 'grp' },
    { column: 'rfm_cell', type: 'smallint', value: 'r * 100 + f * 10 + m' },
  ],
  abc: [
    { column: 'abc_class', type: 'text', value: 'class' },
    { column: 'value_level', type: 'text', value: 'level' },
  ],
  clv: [
    { column: 'clv_quadrant', type: 'text', value: 'quadrant' },
    { column: 'alive', type: 'real', value: 'alive' },
    { column: 'expected_purchases', type: 'real', value: 'toFloat32(expected_purchases)' },
    { column: 'future_value', type: 'bigint', value: 'future_value' },
  ],
}

/** The labels of customers with numbers in (after, to], as the rows of a COPY. */
export const labelRows = (method: AnalysisMethod, run: number, after: number, to: number): Statement => ({
  sql: `select customer, ${labelColumns[method].map(({ value }) => value).join(', ')}
    from ${resultTables[method]}
   where run = {run:UInt64} and customer > {after:UInt64} and customer <= {to:UInt64}
   order by customer`,
  params: { run, after, to },
})
