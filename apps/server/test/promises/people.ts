import type { Right, Scope } from '@zhike/contract/platform/rights.ts'
import { scopes } from '@zhike/contract/platform/rights.ts'
import type { TestServer, TestUser } from '../harness.ts'

/** The rules of row scope in plain words, written apart from the product's. */
export interface Viewer {
  user: TestUser
  teams: readonly string[]
  grants: ReadonlyMap<Right, { scope: Scope; pool: boolean }>
}

/** Whose a customer is. */
export interface Owned {
  owner: string | null
  team: string | null
}

export interface Teams {
  ids: readonly string[]
  /** Whether a team is another or stands below it. */
  isBelow(team: string, above: string): boolean
}

/** A tree of teams: two at the top, each other one below one that came before. */
export async function givenTeams(server: TestServer, count: number, random: () => number): Promise<Teams> {
  const parents = new Map<string, string | undefined>()
  const ids: string[] = []
  for (let i = 0; i < count; i++) {
    const parent = i < 2 ? undefined : ids[Math.floor(random() * ids.length)]
    const id = await server.given.team(`team ${i}`, parent)
    parents.set(id, parent)
    ids.push(id)
  }
  const isBelow = (team: string, above: string): boolean => {
    for (let each: string | undefined = team; each; each = parents.get(each)) if (each === above) return true
    return false
  }
  return { ids, isBelow }
}

const scoped: readonly Right[] = ['customer.read', 'order.read', 'customer.export', 'customer.edit', 'customer.link', 'order.edit']
const unscoped: readonly Right[] = ['customer.create', 'product.read', 'import.run', 'analysis.read', 'analysis.run', 'job.read']

/** People in up to two teams, with a scope of their own for every right. */
export async function givenViewers(server: TestServer, teams: Teams, count: number, random: () => number): Promise<Viewer[]> {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
  const viewers: Viewer[] = []
  for (let i = 0; i < count; i++) {
    const mine = [...new Set(Array.from({ length: Math.floor(random() * 3) }, () => pick(teams.ids)))]
    // The first four have one scope for everything, the others one of each right's own.
    const grants = scoped.map((right) => ({ right, scope: i < 4 ? (scopes[i] as Scope) : pick(scopes), pool: random() < 0.4 }))
    const field = pick(['hidden', 'masked', 'clear'] as const)
    const user = await server.given.user({
      grants: [...grants, ...unscoped.map((right) => ({ right, scope: 'all' as const, pool: false }))],
      teams: mine,
      name: `viewer ${i}`,
      personal: field,
      sensitive: field,
    })
    viewers.push({ user, teams: mine, grants: new Map(grants.map(({ right, scope, pool }) => [right, { scope, pool }])) })
  }
  return viewers
}

/** Whether a right covers a customer for somebody. */
export function mayReach(viewer: Viewer, right: Right, { owner, team }: Owned, teams: Teams): boolean {
  const grant = viewer.grants.get(right)
  if (!grant) return false
  const inOwnTeam = team !== null && viewer.teams.includes(team)
  const below = team !== null && viewer.teams.some((mine) => teams.isBelow(team, mine))
  if (owner === null && grant.pool && (team === null || below)) return true
  switch (grant.scope) {
    case 'all':
      return true
    case 'own':
      return owner === viewer.user.id
    case 'team':
      return owner === viewer.user.id || inOwnTeam
    case 'team-and-below':
      return owner === viewer.user.id || below
  }
}
