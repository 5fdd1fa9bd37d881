/**
 * Who may call what, written a second time in plain words and without a look at the product's own declarations: the oracle
 * of the permission tests. A route that no line covers fails them, so a new one is decided here too.
 */
export type Need = 'nobody in particular' | 'somebody' | (string & {})

/** The first line that fits decides. `*` is one part of the path, `**` any number. */
const lines: readonly (readonly [methods: string, path: string, need: Need])[] = [
  // Before anybody can be known.
  ['GET POST', '/setup', 'nobody in particular'],
  ['POST', '/session', 'nobody in particular'],
  ['POST', '/session/second-factor', 'nobody in particular'],
  ['POST', '/links/*', 'nobody in particular'],
  ['GET', '/openapi.json', 'nobody in particular'],
  // About oneself.
  ['GET', '/home/to-do', 'somebody'],
  ['GET DELETE', '/session', 'somebody'],
  ['PATCH', '/session/profile', 'somebody'],
  ['POST', '/session/**', 'somebody'],
  ['GET', '/sessions', 'somebody'],
  ['DELETE', '/sessions/*', 'somebody'],
  ['GET POST', '/api-keys', 'somebody'],
  ['DELETE', '/api-keys/*', 'somebody'],
  ['GET', '/events', 'somebody'],
  ['GET', '/files/*/content', 'somebody'],
  // Names that stand beside records.
  ['GET', '/users/names', 'somebody'],
  ['GET', '/teams', 'somebody'],
  ['GET', '/channels', 'somebody'],
  ['GET', '/settings', 'somebody'],
  ['GET', '/exchange-rates', 'somebody'],
  // People and the company.
  ['GET POST PATCH DELETE', '/users/**', 'user.manage'],
  ['GET POST PATCH DELETE', '/teams/**', 'user.manage'],
  ['GET POST PATCH DELETE', '/roles/**', 'user.manage'],
  ['GET', '/audit-events/**', 'audit.read'],
  ['PATCH', '/settings', 'settings.manage'],
  ['POST PATCH', '/channels/**', 'settings.manage'],
  ['POST DELETE', '/exchange-rates/**', 'settings.manage'],
  ['GET POST', '/system/**', 'system.manage'],
  ['GET POST DELETE', '/backups/**', 'system.manage'],
  ['GET POST', '/warehouse/**', 'system.manage'],
  // The customer file.
  ['GET POST PUT DELETE', '/customer-views/**', 'customer.read'],
  ['GET', '/customers/export', 'customer.export'],
  ['POST', '/customers', 'customer.create'],
  ['POST DELETE', '/customers/*/profiles/**', 'customer.link'],
  ['PATCH POST', '/customers/*/**', 'customer.edit'],
  ['GET', '/customers/**', 'customer.read'],
  ['GET', '/home/customers', 'customer.read'],
  ['GET', '/home/sales', 'order.read'],
  ['GET', '/orders/**', 'order.read'],
  ['POST PATCH', '/orders/**', 'order.edit'],
  ['GET', '/order-totals', 'order.read'],
  ['GET', '/products/*/figures', 'order.read'],
  ['GET', '/products/*/buyers', 'order.read'],
  ['GET', '/product-categories', 'product.read'],
  ['GET', '/product-totals', 'product.read'],
  ['GET', '/products/**', 'product.read'],
  ['POST PUT PATCH', '/products/**', 'product.edit'],
  ['POST', '/files', 'import.run'],
  ['GET POST DELETE', '/imports/**', 'import.run'],
  ['GET POST DELETE', '/import-mappings/**', 'import.run'],
  ['GET', '/import-templates/*', 'import.run'],
  // Analysis and work. What leaves with personal data is an export.
  ['GET', '/runs/*/export', 'customer.export'],
  ['GET', '/runs/**', 'analysis.read'],
  ['GET', '/reports/**', 'analysis.read'],
  ['GET', '/analyses/**', 'analysis.read'],
  ['POST PUT', '/analyses/**', 'analysis.run'],
  ['GET POST', '/jobs/**', 'job.read'],
]

const fits = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replaceAll('/**', '(/.*)?').replaceAll('/*', '/[^/]+').replaceAll('.json', '\\.json')}$`).test(path)

/** What a call needs: nobody in particular, somebody, or a right; undefined when the policy does not speak of it. */
export const needOf = (method: string, path: string): Need | undefined =>
  lines.find(([methods, pattern]) => methods.split(' ').includes(method) && fits(pattern, path))?.[2]

/** The status class that a call must have for a person with these rights; `undefined` is a caller without any proof. */
export function expectedByPolicy(
  method: string,
  path: string,
  held: readonly string[] | undefined,
): 'refused: 401' | 'refused: 403' | 'let in' {
  const need = needOf(method, path)
  if (need === undefined) throw new Error(`test/policy.ts says nothing about ${method} ${path}`)
  if (need === 'nobody in particular') return 'let in'
  if (held === undefined) return 'refused: 401'
  return need === 'somebody' || held.includes(need) ? 'let in' : 'refused: 403'
}
