import { Readable } from 'node:stream'
import type { ClvDefinition, ClvSummary } from '@zhike/contract/differentiate/analyses.ts'
import type { z } from 'zod'
import { minorDigits } from '../../identify/identity/normalise/money.ts'
import type { RunWork } from '../analyses/run-work.ts'
import { anyPurchase, type Facts, marginWorth, salesFacts, salesWorth } from '../sales-facts.ts'
import { rowsOf } from '../warehouse-query.ts'
import { distributions } from './distributions.ts'
import { readHistories } from './history-rows.ts'
import { valueInWorker } from './in-worker.ts'
import type { ClvOutput } from './model.ts'
import { clvColumns, resultRows, type ScoredCustomers } from './result-rows.ts'
import { purchaseDays, purchaseHistories } from './sql.ts'
import { dayNumber, type PurchaseDay, trackingOf } from './tracking.ts'

type Definition = z.output<typeof ClvDefinition>

/** Weeks in a month, as the reference implementation of these models has it. */
const weeksPerMonth = 4.345
const rowsAtOnce = 200_000
/** Of the run: the histories are there, the customers are valued. */
const readBy = 0.25
const valuedBy = 0.8

/** Fits both models on the purchases of a run's customers, values everybody, writes the rows and sums them up. */
export async function runClv(work: RunWork, definition: Definition): Promise<ClvSummary> {
  const scale = 10 ** minorDigits(work.company.currency)
  const { customer, input } = await work.step('read', () => readFacts(work, definition, scale))
  if (customer.length === 0) return emptySummary(work, definition)
  work.advance(readBy)
  // Handing the columns over empties them here.
  const purchases = Uint32Array.from(input.history.x, (x) => x + 1)
  const current = input.current.slice()
  const horizon = { months: definition.horizonMonths, monthlyDiscount: definition.discountRate, periodsPerMonth: weeksPerMonth }
  const output = await work.step('fit', () =>
    valueInWorker({ ...input, horizon }, work.signal, (fraction) => work.advance(readBy + fraction * (valuedBy - readBy))),
  )
  const scored = { run: work.run, customer, purchases, current, scores: output.scores, quadrants: output.matrix.quadrants, scale }
  await work.step('write', () => writeRows(work, scored))
  return work.step('summary', async () => ({
    ...summaryOf(work, definition, output, scored),
    ...(await distributions(work)),
    tracking: await readTracking(work, definition, output),
  }))
}

async function readTracking(work: RunWork, definition: Definition, { bgnbd }: ClvOutput): Promise<ClvSummary['tracking']> {
  const { warehouse, settings, asOf } = work
  const seenUntil = endOfCalibration(definition, asOf)
  const days = await rowsOf<PurchaseDay>(warehouse, purchaseDays(purchaseFacts(work, definition), seenUntil), settings())
  return trackingOf(bgnbd, days, { asOf, calibrationEnd: seenUntil < asOf ? seenUntil : undefined })
}

/** The as-of day where nothing is held back. */
const endOfCalibration = ({ calibrationEnd }: Definition, asOf: string) =>
  calibrationEnd !== undefined && calibrationEnd < asOf ? calibrationEnd : asOf

function purchaseFacts({ asOf, basis, company }: RunWork, { value }: Definition): Facts {
  const worth = value === 'margin' ? marginWorth(basis, company.margin) : salesWorth(basis)
  return salesFacts(basis, asOf, anyPurchase(worth))
}

async function readFacts(work: RunWork, definition: Definition, scale: number) {
  const { warehouse, settings, asOf } = work
  const seenUntil = endOfCalibration(definition, asOf)
  const { sql, params } = purchaseHistories(purchaseFacts(work, definition), seenUntil, scale)
  const result = await warehouse.exec({ query: sql, query_params: params, ...settings() })
  return readHistories(result.stream, dayNumber(asOf) - dayNumber(seenUntil))
}

async function writeRows(work: RunWork, scored: ScoredCustomers): Promise<void> {
  const { length } = scored.customer
  for (let from = 0; from < length; from += rowsAtOnce) {
    const rows = Buffer.from(resultRows(scored, from, Math.min(length, from + rowsAtOnce)))
    await work.warehouse.insert({
      table: 'clv_result',
      columns: clvColumns,
      values: Readable.from([rows], { objectMode: false }),
      format: 'TabSeparated',
      ...work.settings(),
    })
    work.advance(valuedBy + ((1 - valuedBy) * from) / length)
  }
}

function summaryOf(
  work: RunWork,
  definition: Definition,
  output: ClvOutput,
  { customer, scale }: ScoredCustomers,
): Omit<ClvSummary, 'aliveBins' | 'futureBins' | 'tracking'> {
  const { bgnbd, gammaGamma, matrix, holdout, scores } = output
  const minor = (major: number) => Math.round(major * scale)
  const total = (of: 'currentValue' | 'futureValue') => minor(matrix.summary.reduce((sum, row) => sum + row[of], 0))
  return {
    customers: customer.length,
    repeatCustomers: bgnbd.repeatCustomers,
    currency: work.company.currency,
    bgnbd: { ...bgnbd },
    gammaGamma: { ...gammaGamma },
    expectedPurchases: scores.expectedPurchases.reduce((sum, value) => sum + value, 0),
    currentValue: total('currentValue'),
    futureValue: total('futureValue'),
    horizonMonths: definition.horizonMonths,
    thresholds: { current: minor(matrix.thresholds.current), future: minor(matrix.thresholds.future) },
    quadrants: matrix.summary.map(({ name, heads, futureValue }) => ({
      quadrant: name,
      customers: heads,
      futureValue: minor(futureValue),
    })),
    holdout,
  }
}

const emptySummary = (work: RunWork, { horizonMonths }: Definition): ClvSummary => ({
  customers: 0,
  repeatCustomers: 0,
  currency: work.company.currency,
  bgnbd: {},
  gammaGamma: {},
  expectedPurchases: 0,
  currentValue: 0,
  futureValue: 0,
  horizonMonths,
  thresholds: { current: 0, future: 0 },
  quadrants: [],
  holdout: null,
  aliveBins: [],
  futureBins: [],
  tracking: null,
})
