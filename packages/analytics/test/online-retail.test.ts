import { beforeAll, describe, expect, test } from 'vitest'
import { expectedPurchases } from '../src/clv/expected-purchases.ts'
import { fitBgNbd } from '../src/clv/fit-bg-nbd.ts'
import { fitGammaGamma } from '../src/clv/fit-gamma-gamma.ts'
import { scoreCustomers } from '../src/clv/lifetime-value.ts'
import { splitHoldout, summarisePurchases } from '../src/clv/summarise-purchases.ts'
import { abcClasses } from '../src/pareto/abc-classes.ts'
import { shareOfTop } from '../src/pareto/curves.ts'
import { gini } from '../src/pareto/gini.ts'
import { rfmCellIndex } from '../src/rfm/groups.ts'
import { scoreRfm } from '../src/rfm/rfm.ts'
import { dayNumber, purchaseLog, referenceRows, total, withoutReferenceData } from './reference-data.ts'

interface InvoiceLine {
  invoice: string
  code: string
  customer: string
  time: string
  amount: number
}

/** Lines with a customer, not cancelled, with quantity and price above zero. */
function cleanLines(): InvoiceLine[] {
  return referenceRows('online_retail_2010_2011.csv.gz')
    .filter(
      ([invoice, , , quantity, , price, customer]) => customer && !invoice!.startsWith('C') && Number(quantity) > 0 && Number(price) > 0,
    )
    .map((row) => ({ invoice: row[0]!, code: row[1]!, time: row[4]!, customer: row[6]!, amount: Number(row[3]) * Number(row[5]) }))
}

function revenueBy(lines: InvoiceLine[], key: 'customer' | 'code'): Float64Array {
  const revenue = new Map<string, number>()
  for (const line of lines) revenue.set(line[key], (revenue.get(line[key]) ?? 0) + line.amount)
  return Float64Array.from(revenue.values())
}

describe.skipIf(withoutReferenceData)('Online Retail, 397,884 clean invoice lines', () => {
  let lines: InvoiceLine[] = []
  beforeAll(() => {
    lines = cleanLines()
  })

  test('quintile RFM finds 348 customers in 555 and 185 in 111', () => {
    const now = Date.parse('2011-12-10T00:00:00Z')
    const facts = Map.groupBy(lines, (line) => line.customer)
    const customers = [...facts.keys()].sort()
    const last = (customer: string) => facts.get(customer)!.reduce((latest, { time }) => (time > latest ? time : latest), '')
    const scores = scoreRfm({
      recencyDays: Int32Array.from(customers, (id) => Math.floor((now - Date.parse(`${last(id).replace(' ', 'T')}Z`)) / 86_400_000)),
      frequency: Int32Array.from(customers, (id) => new Set(facts.get(id)!.map((line) => line.invoice)).size),
      monetary: Float64Array.from(customers, (id) => total(facts.get(id)!.map((line) => line.amount))),
    })
    expect(lines.length).toBe(397_884)
    expect(customers.length).toBe(4338)
    expect(scores.cellCounts[rfmCellIndex(5, 5, 5)]).toBe(348)
    expect(scores.cellCounts[rfmCellIndex(1, 1, 1)]).toBe(185)
  })

  test('ABC, top share and Gini by product and by customer are the reference figures', () => {
    const products = revenueBy(lines, 'code')
    const customers = revenueBy(lines, 'customer')
    expect(abcClasses(products).summary.map(({ heads }) => heads)).toEqual([777, 922, 1966])
    expect(abcClasses(customers).summary.map(({ heads }) => heads)).toEqual([1133, 1469, 1736])
    expect(shareOfTop(products, 0.2)).toBeCloseTo(0.7865, 4)
    expect(shareOfTop(customers, 0.2)).toBeCloseTo(0.7462, 4)
    expect(gini(products)).toBeCloseTo(0.75343, 5)
    expect(gini(customers)).toBeCloseTo(0.71514, 5)
    expect(abcClasses(customers).positiveTotal).toBeCloseTo(8_911_407.904, 2)
  })

  test('BG/NBD says that no drop-out was seen up to August, and still predicts', () => {
    const log = purchaseLog(lines.map(({ customer, time, amount }) => ({ customer: Number(customer), day: dayNumber(time), amount })))
    const { calibration, purchases, periods } = splitHoldout(log, dayNumber('2011-08-31'), dayNumber('2011-12-09'))
    const fit = fitBgNbd(calibration)
    expect(fit).toMatchObject({ converged: true, verdict: 'no-drop-out' })
    const predicted = total(expectedPurchases(fit.parameters, calibration, periods))
    expect(predicted / total(purchases)).toBeGreaterThan(0.7)
    expect(predicted / total(purchases)).toBeLessThan(1)
    const scores = scoreCustomers({ purchases: fit.parameters, spend: fitGammaGamma(calibration) }, calibration, {
      months: 12,
      monthlyDiscount: 0.01,
      periodsPerMonth: 4.345,
    })
    for (const column of Object.values<Float64Array>({ ...scores }))
      expect(column.every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
  })

  test('Gamma-Gamma on purchases before 2011-08-31 is the reference fit', () => {
    const log = purchaseLog(lines.map(({ customer, time, amount }) => ({ customer: Number(customer), day: dayNumber(time), amount })))
    const history = summarisePurchases(log, dayNumber('2011-08-30'))
    const fit = fitGammaGamma(history)
    expect(history.x.length).toBe(3312)
    expect(fit.customers).toBe(1886)
    expect(fit.parameters.p).toBeCloseTo(2.39014, 3)
    expect(fit.parameters.q).toBeCloseTo(3.30748, 3)
    expect(fit.parameters.v).toBeCloseTo(398.197, 1)
    expect(fit.correlation).toBeCloseTo(0.101, 3)
  })
})
