import type { Figure } from '../figure.ts'
import { memoryMb } from '../processes.ts'
import { askFor } from '../requests.ts'
import { atMost } from '../result.ts'

const most = 350

/** The app after everything that ran before it, and a last load; engines beside. */
export const memoryLoaded: Figure = {
  name: 'memory-loaded',
  target: `the app after load ≤ ${most} MB`,
  run: async (context) => {
    const world = await context.world()
    await world.grow('tenth')
    await askFor(context.milliseconds, world.app, () => [{ path: '/api/v1/customers?limit=50' }])
    const warehouse = memoryMb(world.engines.processIds('warehouse'))
    const note = `PostgreSQL ${memoryMb([world.database.pid]).toFixed(0)} MB, warehouse ${warehouse.toFixed(0)} MB`
    return [atMost({ name: 'memory-loaded', value: memoryMb([world.app.pid]), unit: 'MB', note }, most)]
  },
}
