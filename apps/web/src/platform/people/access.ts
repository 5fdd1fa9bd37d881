import { type FieldAccess, type Grant, type Right, rights, type Scope, scopes } from '@zhike/contract/platform/rights.ts'
import type { Role } from '@zhike/contract/platform/roles.ts'

/** Rights by what they are about, in the order in which people think of them. */
export const areas = {
  customers: ['customer.read', 'customer.create', 'customer.edit', 'customer.link', 'customer.export'],
  trade: ['order.read', 'order.edit', 'product.read', 'product.edit'],
  imports: ['import.run', 'import.manage'],
  analysis: ['analysis.read', 'analysis.run'],
  jobs: ['job.read', 'job.manage'],
  system: ['user.manage', 'settings.manage', 'audit.read', 'system.manage'],
} as const satisfies Record<string, readonly Right[]>

export type Area = keyof typeof areas
export const areaNames = Object.keys(areas) as Area[]

/** A right as it holds for somebody: on the widest rows of all roles that give it. */
export interface Held {
  scope: Scope
  pool: boolean
  /** The roles that give it. */
  from: string[]
}

type Giving = Pick<Role, 'name' | 'grants' | 'personal' | 'sensitive'>

/** What roles allow together, and which of them does. */
export function accessOf(roles: readonly Giving[]): {
  rights: Map<Right, Held>
  personal: { access: FieldAccess; from: string[] }
  sensitive: { access: FieldAccess; from: string[] }
} {
  const held = new Map<Right, Held>()
  for (const { name, grants } of roles) {
    for (const { right, scope, pool } of grants) {
      const known = held.get(right)
      held.set(right, {
        scope: known && wider(known.scope, scope) ? known.scope : scope,
        pool: (known?.pool ?? false) || pool,
        from: [...new Set([...(known?.from ?? []), name])],
      })
    }
  }
  return { rights: held, personal: clearest(roles, 'personal'), sensitive: clearest(roles, 'sensitive') }
}

const clarity: Record<FieldAccess, number> = { hidden: 0, masked: 1, clear: 2 }
const wider = (a: Scope, b: Scope) => scopes.indexOf(a) > scopes.indexOf(b)

function clearest(roles: readonly Giving[], field: 'personal' | 'sensitive'): { access: FieldAccess; from: string[] } {
  const access = roles.reduce<FieldAccess>((best, role) => (clarity[role[field]] > clarity[best] ? role[field] : best), 'hidden')
  return { access, from: roles.filter((role) => role[field] === access).map(({ name }) => name) }
}

/** How a grant goes beyond what somebody has: not at all, for want of the right, of the rows, or of the pool. */
export function beyond(own: readonly Grant[], wanted: Grant): undefined | 'right' | 'scope' | 'pool' {
  const held = own.find(({ right }) => right === wanted.right)
  if (!held) return 'right'
  if (!rights[wanted.right].scoped) return undefined
  if (wider(wanted.scope, held.scope)) return 'scope'
  return wanted.pool && !held.pool ? 'pool' : undefined
}

export const clearerThan = (wanted: FieldAccess, own: FieldAccess): boolean => clarity[wanted] > clarity[own]
