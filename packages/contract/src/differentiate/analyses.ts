import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { CustomerCode, Named } from '../identify/customers.ts'
import { page, pageQuery, queryFlag, queryInt } from '../paging.ts'
import { Cron } from '../platform/cron.ts'
import { Job } from '../platform/jobs.ts'

/** A day in the company's time zone. Data through the end of it count. */
const Day = z.iso.date()

/** Which sales a figure counts. */
export const SalesBasis = z.strictObject({
  /** Months before the as-of day; all of the past when left out. */
  windowMonths: z.int().min(1).max(240).optional(),
  /** Codes of channels; all when left out. */
  channels: z.array(z.string().max(40)).min(1).max(100).optional(),
  /** `deduct`: money returned is taken off the customer's sum; `ignore`: only what was sold counts. */
  returns: z.enum(['deduct', 'ignore']).default('deduct'),
})

/** Four rising cut-offs make five scores. */
const cutOffs = z
  .array(z.number())
  .length(4)
  .refine((values) => values.every((value, i) => i === 0 || value > (values[i - 1] ?? 0)))

export const RfmDefinition = z.strictObject({
  method: z.literal('rfm'),
  basis: SalesBasis.default({ returns: 'deduct' }),
  scoring: z
    .discriminatedUnion('by', [
      z.strictObject({ by: z.literal('quantile') }),
      /** Recency in days (fewer is better), frequency in orders, monetary in minor units. */
      z.strictObject({ by: z.literal('cut-offs'), recencyDays: cutOffs, frequency: cutOffs, monetary: cutOffs }),
    ])
    .default({ by: 'quantile' }),
})

export const AbcDefinition = z
  .strictObject({
    method: z.literal('abc'),
    basis: SalesBasis.default({ returns: 'deduct' }),
    /** Shares of value at which class A and class B end, in percent. */
    a: z.number().min(1).max(99).default(80),
    b: z.number().min(1).max(100).default(95),
    /** Heads of the value pyramid in percent, from the top: key, major, ordinary; the rest is small. */
    pyramid: z.tuple([z.number().min(0.1).max(50), z.number().min(0.1).max(50), z.number().min(0.1).max(90)]).default([1, 4, 15]),
  })
  .refine(({ a, b }) => a < b, { path: ['b'] })

export const ClvDefinition = z.strictObject({
  method: z.literal('clv'),
  basis: SalesBasis.default({ returns: 'ignore' }),
  /** What a purchase is worth: its margin (the order's own cost where it is known, else the company's margin), or all of its sales. */
  value: z.enum(['margin', 'revenue']).default('margin'),
  /** How far ahead, in months. */
  horizonMonths: z.int().min(1).max(60).default(12),
  /** Per month: 0.01 = 1 %. */
  discountRate: z.number().min(0).max(0.2).default(0.01),
  /** End of the calibration period; purchases after it test the fit. The as-of day when left out. */
  calibrationEnd: Day.optional(),
})

export const AnalysisDefinition = z.discriminatedUnion('method', [RfmDefinition, AbcDefinition, ClvDefinition])
export type AnalysisDefinition = z.infer<typeof AnalysisDefinition>
export const AnalysisMethod = z.enum(['rfm', 'abc', 'clv'])
export type AnalysisMethod = z.infer<typeof AnalysisMethod>

export const Analysis = z.object({
  id: z.uuid(),
  name: z.string(),
  definition: AnalysisDefinition,
  /** Cron in the company's time zone; null = on demand. */
  schedule: z.string().nullable(),
  /** Whether its results are the ones written to the customers. One analysis of each method is. */
  writesLabels: z.boolean(),
  version: z.int(),
  lastRunId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
})
export type Analysis = z.infer<typeof Analysis>

/** One computed result. Kept as it was: definition, parameters, data cut, quality. */
export const Run = z.object({
  id: z.uuid(),
  analysisId: z.uuid(),
  method: AnalysisMethod,
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  asOf: Day,
  definition: AnalysisDefinition,
  definitionVersion: z.int(),
  customers: z.int().nullable(),
  /** Method-specific figures: see RfmSummary, AbcSummary, ClvSummary. */
  summary: z.record(z.string(), z.unknown()).nullable(),
  milliseconds: z.int().nullable(),
  jobId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
})
export type Run = z.infer<typeof Run>

/** `summary` of an RFM run. Sums in minor units of the reporting currency. */
export const RfmSummary = z.object({
  customers: z.int(),
  revenue: z.int(),
  currency: z.string(),
  anonymousOrders: z.int(),
  anonymousRevenue: z.int(),
  cutOffs: z.object({ recencyDays: z.array(z.number()), frequency: z.array(z.number()), monetary: z.array(z.number()) }),
  cells: z.array(z.object({ r: z.int(), f: z.int(), m: z.int(), customers: z.int(), revenue: z.int() })),
  groups: z.array(z.object({ group: z.string(), customers: z.int(), revenue: z.int() })),
})
export type RfmSummary = z.infer<typeof RfmSummary>

export const AbcSummary = z.object({
  customers: z.int(),
  revenue: z.int(),
  currency: z.string(),
  gini: z.number(),
  topFifthShare: z.number(),
  classes: z.array(z.object({ class: z.enum(['A', 'B', 'C']), customers: z.int(), revenue: z.int() })),
  levels: z.array(z.object({ level: z.enum(['key', 'major', 'ordinary', 'small']), customers: z.int(), revenue: z.int() })),
  /** Share of customers, share of value, both 0–1; at most 200 points. */
  curve: z.array(z.tuple([z.number(), z.number()])),
})
export type AbcSummary = z.infer<typeof AbcSummary>

export const ClvSummary = z.object({
  customers: z.int(),
  repeatCustomers: z.int(),
  currency: z.string(),
  /**
   * The fits of the analytics library, weeks and major units of the currency: `parameters` by the paper's symbols, `logLikelihood`, `customers`,
   * `periods`, `verdict` (what the fit is worth), `standardErrors`.
   */
  bgnbd: z.record(z.string(), z.unknown()),
  gammaGamma: z.record(z.string(), z.unknown()),
  /** Within the horizon. */
  expectedPurchases: z.number(),
  /** Sums in minor units: what customers were worth so far, and are expected to be within the horizon, discounted. */
  currentValue: z.int(),
  futureValue: z.int(),
  horizonMonths: z.int(),
  /** From where a value is high: the mean. */
  thresholds: z.object({ current: z.int(), future: z.int() }),
  quadrants: z.array(z.object({ quadrant: z.enum(['vip', 'improve', 'maintain', 'drop']), customers: z.int(), futureValue: z.int() })),
  holdout: z
    .object({ weeks: z.number(), actual: z.number(), expected: z.number(), mae: z.number(), correlation: z.number().nullable() })
    .nullable(),
  /** Customers by their probability of being alive: percent, at least `from` and below `to`; the last one ends at 100, included. */
  aliveBins: z.array(z.object({ from: z.int(), to: z.int(), customers: z.int() })),
  /** Customers by future value in minor units, at least `from` and below `to`; null is open. */
  futureBins: z.array(z.object({ from: z.int().nullable(), to: z.int().nullable(), customers: z.int() })),
  /**
   * Repeat purchases of those who had bought by the end of the calibration, summed up by week since the first purchase of all: as they
   * were, and as the fitted model expects them of new customers. Null when nothing could be fitted.
   */
  tracking: z
    .object({
      from: Day,
      /** Where the calibration ended, in weeks; null when all was used for the fit. */
      calibrationWeek: z.number().nullable(),
      weeks: z.array(z.number()),
      actual: z.array(z.int()),
      expected: z.array(z.number()),
    })
    .nullable(),
})
export type ClvSummary = z.infer<typeof ClvSummary>

const id = z.strictObject({ id: z.uuid() })

export const AnalysisDraft = z.strictObject({
  name: z.string().trim().min(1).max(80),
  definition: AnalysisDefinition,
  schedule: Cron.nullable().default(null),
  writesLabels: z.boolean().default(false),
})

export const list = endpoint({
  method: 'GET',
  path: '/analyses',
  access: 'analysis.read',
  summary: 'The stored analyses',
  reply: z.object({ items: z.array(Analysis) }),
})

export const create = endpoint({
  method: 'POST',
  path: '/analyses',
  access: 'analysis.run',
  summary: 'Stores an analysis: its method, its parameters, its schedule',
  body: AnalysisDraft,
  reply: Analysis,
  status: 201,
  problems: ['analysis-name-taken'],
})

export const get = endpoint({
  method: 'GET',
  path: '/analyses/:id',
  access: 'analysis.read',
  summary: 'One analysis',
  params: id,
  reply: Analysis,
  problems: ['analysis-not-found'],
})

export const edit = endpoint({
  method: 'PUT',
  path: '/analyses/:id',
  access: 'analysis.run',
  summary: 'Changes an analysis; earlier results keep the definition that they were made by. Needs If-Match',
  params: id,
  body: AnalysisDraft,
  reply: Analysis,
  problems: ['analysis-not-found', 'analysis-name-taken', 'version-required', 'edit-conflict'],
})

export const start = endpoint({
  method: 'POST',
  path: '/analyses/:id/runs',
  access: 'analysis.run',
  summary: 'Runs an analysis as a job',
  params: id,
  body: z.strictObject({ asOf: Day.optional() }),
  reply: z.object({ run: Run, job: Job }),
  status: 202,
  problems: ['analysis-not-found'],
})

export const runs = endpoint({
  method: 'GET',
  path: '/analyses/:id/runs',
  access: 'analysis.read',
  summary: 'The results of an analysis, newest first',
  params: id,
  query: z.strictObject(pageQuery),
  reply: page(Run),
  problems: ['analysis-not-found'],
})

export const run = endpoint({
  method: 'GET',
  path: '/runs/:id',
  access: 'analysis.read',
  summary: 'One result with its summary. Company-wide figures; counts by person are scoped (see members)',
  params: id,
  reply: Run,
  problems: ['run-not-found'],
})

/** Customers per group in two runs: who moved where. */
export const compare = endpoint({
  method: 'GET',
  path: '/runs/:id/compare/:earlierId',
  access: 'analysis.read',
  summary: 'How many customers moved from each group of an earlier run to each group of this one; null = not in that run',
  params: z.strictObject({ id: z.uuid(), earlierId: z.uuid() }),
  /** `level`: by level of the value pyramid, for ABC alone; by group when left out. */
  query: z.strictObject({
    by: z.enum(['group', 'level']).optional(),
    /** Looked at in passing: neither result is kept for it. */
    glance: queryFlag.optional(),
  }),
  reply: z.object({ moves: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable(), customers: z.int() })) }),
  problems: ['run-not-found', 'run-not-finished'],
})

/**
 * A row of a result. Fields by method: r f m group monetary frequency recencyDays · class level value share (of all value, this customer's and
 * everybody's above) · alive expectedPurchases futureValue currentValue purchases quadrant. Money in minor units.
 */
export const Member = z.object({
  customer: z.object({
    id: z.uuid(),
    code: z.string(),
    name: z.string().nullable(),
    city: z.string().nullable(),
    phone: z.string().nullable(),
    /**
     * Null while the customer is there. A result keeps whom it counted; who has since been merged into somebody, or removed with an
     * import, is said to be so, and not by a name that is no longer known. `into` is null when the reader may not see that customer.
     */
    gone: z.object({ how: z.enum(['merged', 'removed']), into: CustomerCode.nullable() }).nullable(),
    owner: Named.nullable(),
    /** As the customer file has it now, whatever the run counted. */
    lastOrderAt: z.iso.datetime().nullable(),
  }),
  values: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
})
export type Member = z.infer<typeof Member>

export const memberFilter = {
  /** RFM group, ABC class, or CLV quadrant. */
  group: z.string().max(30).optional(),
  level: z.string().max(30).optional(),
  r: queryInt(1, 5).optional(),
  f: queryInt(1, 5).optional(),
  m: queryInt(1, 5).optional(),
  /** CLV: probability of being alive in percent, at least and below. */
  aliveFrom: queryInt(0, 100).optional(),
  aliveBelow: queryInt(0, 100).optional(),
  /** CLV: future value in minor units, at least and below. */
  futureFrom: queryInt(-999_999_999_999_999, 999_999_999_999_999).optional(),
  futureBelow: queryInt(-999_999_999_999_999, 999_999_999_999_999).optional(),
  /** Another run of the same method: only who is in another group there, or not in it; by level where `level` is given. */
  against: z.uuid().optional(),
  /** With `against`: in which group or level there; `none` = not in it. */
  was: z.string().max(30).optional(),
  /** Part of a name, pinyin, initials, a phone number or a code. */
  search: z.string().trim().min(1).max(100).optional(),
}

/** What the people behind a result can be sorted by: a value of their method. The method's own worth when left out. */
export const MemberSort = z.enum([
  'monetary',
  'frequency',
  'recencyDays',
  'value',
  'alive',
  'expectedPurchases',
  'futureValue',
  'currentValue',
  'purchases',
])
export type MemberSort = z.infer<typeof MemberSort>
const memberOrder = { sort: MemberSort.optional(), order: z.enum(['ascending', 'descending']).optional() }

export const members = endpoint({
  method: 'GET',
  path: '/runs/:id/members',
  access: 'analysis.read',
  summary: 'The customers behind a result, highest value first unless sorted otherwise, within the caller’s row scope',
  params: id,
  query: z.strictObject({ ...memberFilter, ...memberOrder, ...pageQuery }),
  reply: page(Member).extend({ total: z.int() }),
  problems: ['run-not-found', 'run-not-finished'],
})

/** A customer as a point of the CLV matrix; values in minor units. */
export const ClvPoint = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string().nullable(),
  currentValue: z.int(),
  futureValue: z.int(),
  quadrant: z.string(),
})
export type ClvPoint = z.infer<typeof ClvPoint>

export const clvPoints = endpoint({
  method: 'GET',
  path: '/runs/:id/points',
  access: 'analysis.read',
  summary:
    'Customers of a CLV result as points of the matrix, within the caller’s row scope: all, or of more than 1,500 a sample that is always the same',
  params: id,
  reply: z.object({ points: z.array(ClvPoint), total: z.int() }),
  problems: ['run-not-found', 'run-not-finished'],
})

export const exportRun = endpoint({
  method: 'GET',
  path: '/runs/:id/export',
  access: 'customer.export',
  summary:
    'The customers behind a result as a CSV or XLSX file, within the caller’s export scope; formula-safe; phones in clear only with `Zhike-Purpose`',
  params: id,
  query: z.strictObject({
    ...memberFilter,
    ...memberOrder,
    format: z.enum(['csv', 'xlsx']).optional(),
    locale: z.enum(['zh', 'en']).optional(),
  }),
  reply: z.unknown(),
  replyType: 'file',
  problems: ['run-not-found', 'run-not-finished'],
})
