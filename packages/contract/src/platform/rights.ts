import { z } from 'zod'

/** Which rows of an object a right covers. */
export const scopes = ['own', 'team', 'team-and-below', 'all'] as const
export const Scope = z.enum(scopes)
export type Scope = z.infer<typeof Scope>

/**
 * Everything that somebody may be allowed to do: object and action. Rights marked `scoped` are limited to rows; the others
 * hold for the whole company. Texts live in `texts/`, under `rights.<right>`.
 */
export const rights = {
  'customer.read': { scoped: true },
  'customer.create': { scoped: false },
  'customer.edit': { scoped: true },
  /** Linking, splitting and undoing it. */
  'customer.link': { scoped: true },
  'customer.export': { scoped: true },
  'product.read': { scoped: false },
  'product.edit': { scoped: false },
  'order.read': { scoped: true },
  'order.edit': { scoped: true },
  'import.run': { scoped: false },
  /** Other people's imports: history, error files, undo. */
  'import.manage': { scoped: false },
  'analysis.read': { scoped: false },
  'analysis.run': { scoped: false },
  'job.read': { scoped: false },
  'job.manage': { scoped: false },
  'user.manage': { scoped: false },
  'audit.read': { scoped: false },
  'settings.manage': { scoped: false },
  'system.manage': { scoped: false },
} as const satisfies Record<string, { scoped: boolean }>

export type Right = keyof typeof rights
export const Right = z.enum(Object.keys(rights) as [Right, ...Right[]])

/** How delicate a field is: everybody who sees the record · personal · health, identity numbers and the like. */
export const fieldClasses = ['open', 'personal', 'sensitive'] as const
export type FieldClass = (typeof fieldClasses)[number]

/**
 * What a role sees of a field class. `masked`: 138****6721. `clear`: masked too, until the request names its purpose; the
 * viewing is then audited.
 */
export const FieldAccess = z.enum(['hidden', 'masked', 'clear'])
export type FieldAccess = z.infer<typeof FieldAccess>

/** Why somebody looks at, or takes away, personal data. Kept in the audit log. */
export const Purpose = z.enum(['service', 'sales', 'delivery', 'marketing', 'verification', 'legal-request', 'integration'])
export type Purpose = z.infer<typeof Purpose>

/** `pool`: customers that nobody owns (公海) as well. */
export const Grant = z.strictObject({ right: Right, scope: Scope, pool: z.boolean().default(false) })
export type Grant = z.infer<typeof Grant>
