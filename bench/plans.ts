import { floors } from './floors/floors.ts'
import type { World } from './world.ts'

/** How PostgreSQL answers the floors, so that everybody can see that their indexes are good. */
export async function floorPlans(world: World): Promise<string> {
  await world.grow('all')
  const parts: string[] = []
  for (const [name, { statements }] of Object.entries(floors)) {
    for (const { sql, values } of statements) {
      const plan = await world.owner.begin((tx) => tx.unsafe<{ 'QUERY PLAN': string }[]>(`explain ${sql}`, values as never))
      parts.push(`## ${name}\n${sql.trim()}\n\n${plan.map((row) => row['QUERY PLAN']).join('\n')}`)
    }
  }
  return `${parts.join('\n\n')}\n`
}
