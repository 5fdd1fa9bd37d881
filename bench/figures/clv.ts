import { runApart, runWithLabels, stepsText } from '../analyses.ts'
import type { Figure } from '../figure.ts'
import { atMost } from '../result.ts'

const most = 20

export const clv: Figure = {
  name: 'clv',
  target: `BG/NBD and Gamma-Gamma of all customers: fit and score ≤ ${most} s`,
  run: async (context) => {
    const world = await context.world()
    await world.grow('all')
    const run = await runApart(world, {
      method: 'clv',
      basis: { returns: 'ignore' },
      value: 'margin',
      horizonMonths: 12,
      discountRate: 0.01,
    })
    const labelled = await runWithLabels(world, 'clv')
    const note = `${run.customers} customers; ${stepsText(run)}; labels ${(labelled.steps['labels'] ?? Number.NaN).toFixed(1)} s`
    return [atMost({ name: 'clv', value: run.steps['fit'] ?? Number.NaN, unit: 's', note }, most)]
  },
}
