import { type FieldAccess, type Grant, type Right, rights, type Scope } from '@zhike/contract/platform/rights.ts'
import type { Locale } from '@zhike/contract/texts/locale.ts'
import type postgres from 'postgres'
import type { Sql } from '../database/database.ts'
import { newId } from '../database/ids.ts'

export interface BuiltInRole {
  code: string
  names: Record<Locale, string>
  grants: readonly Grant[]
  personal: FieldAccess
  sensitive: FieldAccess
}

/** A right that covers rows gets the scope; one that does not always holds for the company. */
const grant = (names: readonly Right[], scope: Scope = 'all', pool = false): Grant[] =>
  names.map((right) => (rights[right].scoped ? { right, scope, pool } : { right, scope: 'all', pool: false }))

const everyRight = Object.keys(rights) as Right[]

/** The roles that every company begins with. They cannot be changed; own roles stand beside them. */
export const builtInRoles: readonly BuiltInRole[] = [
  {
    code: 'administrator',
    names: { zh: '管理员', en: 'Administrator' },
    grants: grant(everyRight, 'all', true),
    personal: 'clear',
    sensitive: 'clear',
  },
  {
    code: 'manager',
    names: { zh: '主管', en: 'Manager' },
    grants: grant(
      [
        'customer.read',
        'customer.create',
        'customer.edit',
        'customer.link',
        'customer.export',
        'product.read',
        'order.read',
        'order.edit',
        'analysis.read',
        'analysis.run',
        'job.read',
      ],
      'team-and-below',
      true,
    ),
    personal: 'clear',
    sensitive: 'masked',
  },
  {
    code: 'sales',
    names: { zh: '销售', en: 'Sales' },
    grants: grant(
      ['customer.read', 'customer.create', 'customer.edit', 'product.read', 'order.read', 'order.edit', 'job.read'],
      'own',
      true,
    ),
    personal: 'masked',
    sensitive: 'hidden',
  },
  {
    code: 'service',
    names: { zh: '客服', en: 'Service' },
    grants: [
      ...grant(['customer.read', 'customer.create', 'product.read', 'order.read', 'job.read'], 'all', true),
      ...grant(['customer.edit'], 'own'),
    ],
    personal: 'clear',
    sensitive: 'hidden',
  },
  {
    code: 'analyst',
    names: { zh: '分析师', en: 'Analyst' },
    grants: grant(['customer.read', 'product.read', 'order.read', 'analysis.read', 'analysis.run', 'job.read'], 'all', true),
    personal: 'masked',
    sensitive: 'hidden',
  },
  {
    code: 'importer',
    names: { zh: '数据导入员', en: 'Importer' },
    grants: grant(
      [
        'customer.read',
        'customer.create',
        'customer.edit',
        'product.read',
        'product.edit',
        'order.read',
        'order.edit',
        'import.run',
        'job.read',
      ],
      'all',
      true,
    ),
    personal: 'masked',
    sensitive: 'hidden',
  },
  {
    code: 'viewer',
    names: { zh: '只读', en: 'Viewer' },
    grants: grant(['customer.read', 'product.read', 'order.read', 'analysis.read', 'job.read'], 'all', true),
    personal: 'masked',
    sensitive: 'hidden',
  },
]

export const administratorCode = 'administrator'

const byCode = new Map(builtInRoles.map((role) => [role.code, role]))

/** The name of a role for a reader: built-in ones have one in each language. */
export const roleName = (role: { code: string | null; name: string }, locale: Locale): string =>
  (role.code === null ? undefined : byCode.get(role.code)?.names[locale]) ?? role.name

/** Whether a name belongs to a built-in role in any language, and so would be mistaken for it. */
export const isBuiltInName = (name: string): boolean =>
  builtInRoles.some((role) => [role.code, ...Object.values(role.names)].some((known) => known.toLowerCase() === name.toLowerCase()))

/** Brings the built-in roles in the database to what this version of the program says. */
export async function keepBuiltInRoles(system: Sql): Promise<void> {
  const rows = builtInRoles.map(({ code, grants, personal, sensitive }) => ({ id: newId(), code, grants, personal, sensitive }))
  await system`
    insert into role as r (id, code, name, grants, personal, sensitive, built_in)
    select id, code, code, grants, personal, sensitive, true
      from jsonb_to_recordset(${system.json(rows as unknown as postgres.JSONValue)})
        as b(id uuid, code text, grants jsonb, personal text, sensitive text)
     order by id
    on conflict (code) do update
      set grants = excluded.grants, personal = excluded.personal, sensitive = excluded.sensitive, version = r.version + 1
      where (r.grants, r.personal, r.sensitive) is distinct from (excluded.grants, excluded.personal, excluded.sensitive)`
}
