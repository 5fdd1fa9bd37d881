import type { AnalysisMethod } from '@zhike/contract/differentiate/analyses.ts'
import type { KeptTable } from '../platform/warehouse/tables.ts'

// A run is one partition: it is written, replaced and dropped as a whole. Money in minor units of the reporting currency.

const rfm: KeptTable = {
  name: 'rfm_result',
  definition: `(
    run UInt64, customer UInt64, recency_days UInt32, frequency UInt32, monetary Int64,
    r UInt8, f UInt8, m UInt8, grp LowCardinality(String)
  ) engine = MergeTree partition by run order by customer`,
}

const abc: KeptTable = {
  name: 'abc_result',
  definition: `(
    run UInt64, customer UInt64, value Int64, position UInt32, share Float64,
    class LowCardinality(String), level LowCardinality(String)
  ) engine = MergeTree partition by run order by customer`,
}

const clv: KeptTable = {
  name: 'clv_result',
  definition: `(
    run UInt64, customer UInt64, purchases UInt32, alive Float32, expected_purchases Float64, expected_spend Float64,
    current_value Int64, future_value Int64, quadrant LowCardinality(String)
  ) engine = MergeTree partition by run order by customer`,
}

/** Where the rows of a method's runs are. */
export const resultTables = { rfm: rfm.name, abc: abc.name, clv: clv.name } as const satisfies Record<AnalysisMethod, string>

/** The tables of results: nothing else knows what is in them, so they outlive a rebuild. */
export const resultTableDefinitions: readonly KeptTable[] = [rfm, abc, clv]
