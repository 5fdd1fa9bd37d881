import { runApart, runWithLabels, stepsText } from '../analyses.ts'
import type { Context, Figure } from '../figure.ts'
import { abcFloor, rfmFloor } from '../floors/warehouse.ts'
import { percentile } from '../requests.ts'
import { atMost, timesFloor } from '../result.ts'
import type { World } from '../world.ts'

const secondsMost = 5
const times = 2
const labelSeconds = 60
const tries = 3

export const rfmAbc: Figure = {
  name: 'rfm-abc',
  target: `RFM and ABC of all customers to the versioned result ≤ ${secondsMost} s and ≤ ${times} × the bare statements; labels written back ≤ ${labelSeconds} s`,
  run: measure,
}

async function measure(context: Context) {
  const world = await context.world()
  await world.grow('all')
  const ours: number[] = []
  const bare: number[] = []
  let note = ''
  for (let i = 0; i < tries; i++) {
    const rfm = await runApart(world, { method: 'rfm', basis: { returns: 'deduct' }, scoring: { by: 'quantile' } })
    const abc = await runApart(world, { method: 'abc', basis: { returns: 'deduct' }, a: 80, b: 95, pyramid: [1, 4, 15] })
    ours.push(rfm.seconds + abc.seconds)
    bare.push(await bareStatements(world))
    note = `${rfm.customers} customers; RFM ${rfm.seconds.toFixed(2)} s (${stepsText(rfm)}), ABC ${abc.seconds.toFixed(2)} s (${stepsText(abc)})`
  }
  const labels = await runWithLabels(world, 'rfm')
  const median = (values: number[]) =>
    percentile(
      values.sort((a, b) => a - b),
      0.5,
    )
  return [
    timesFloor({ name: 'rfm-abc', value: median(ours), floor: median(bare), unit: 's', note }, times, secondsMost),
    atMost(
      { name: 'rfm-abc labels', value: labels.steps['labels'] ?? Number.NaN, unit: 's', note: `${labels.customers} customers` },
      labelSeconds,
    ),
  ]
}

async function bareStatements({ warehouse }: World): Promise<number> {
  const started = performance.now()
  for (const { schema, statement } of [rfmFloor, abcFloor]) {
    await warehouse.command({ query: schema })
    await warehouse.command({ query: statement })
  }
  return (performance.now() - started) / 1000
}
