import type { Team } from '@zhike/contract/platform/teams.ts'

export interface TreeTeam extends Team {
  depth: number
  hasBelow: boolean
}

/** Teams as they stand below one another: each right after the one above it, those of one level by name. */
export function treeOf(teams: readonly Team[]): TreeTeam[] {
  const below = Map.groupBy(teams, ({ parentId }) => parentId)
  const walk = (parentId: string | null, depth: number): TreeTeam[] =>
    (below.get(parentId) ?? []).flatMap((team) => [{ ...team, depth, hasBelow: below.has(team.id) }, ...walk(team.id, depth + 1)])
  return walk(null, 0)
}

/** A team and everything below it: where it cannot be moved to. */
export function withBelow(tree: readonly TreeTeam[], id: string): Set<string> {
  const found = new Set([id])
  for (const team of tree) if (team.parentId !== null && found.has(team.parentId)) found.add(team.id)
  return found
}

/** The names of the teams above a team, from the top. */
export function wayTo(teams: readonly Team[], id: string): string[] {
  const parent = teams.find((team) => team.id === teams.find((each) => each.id === id)?.parentId)
  return parent ? [...wayTo(teams, parent.id), parent.name] : []
}
