/** What kind of answer it is: of the API, a page of the app, or a file of it. */
export type AnswerKind = 'api' | 'page' | 'file'

const always: Readonly<Record<string, RegExp>> = {
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^(?:DENY|SAMEORIGIN)$/i,
  'referrer-policy': /^(?:no-referrer|same-origin|strict-origin)$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\).*geolocation=\(\)/,
}

/** What tells strangers which program answers, or lets their pages read the answer. */
const never = /^(?:server|x-powered-by|x-aspnet.*|via|access-control-.*)$/

const cacheable: Readonly<Record<AnswerKind, RegExp>> = {
  api: /^no-store$/,
  page: /^no-store$/,
  file: /^public, max-age=\d+(?:, immutable)?$/,
}

/** What is missing of the headers that guard every answer, one line each. Written without a look at how the server sets them. */
export function unguarded(headers: ReadonlyMap<string, string>, kind: AnswerKind): string[] {
  const faults: string[] = []
  const expect = (name: string, form: RegExp) => {
    const value = headers.get(name)
    if (value === undefined || !form.test(value)) faults.push(`${name}: ${value ?? 'missing'}`)
  }
  for (const [name, form] of Object.entries(always)) expect(name, form)
  expect('cache-control', cacheable[kind])
  for (const name of headers.keys()) if (never.test(name)) faults.push(`${name}: ${headers.get(name)}`)
  return [...faults, ...policyFaults(headers.get('content-security-policy'))]
}

/** What the policy must say; everything else falls back to nothing at all. */
const directives: Readonly<Record<string, RegExp>> = {
  'default-src': /^'none'$/,
  'script-src': /^'self'$/,
  'style-src': /^'self'(?: 'nonce-[\w+/=]{20,}')?$/,
  'connect-src': /^'self'$/,
  'form-action': /^'self'$/,
  'base-uri': /^'none'$/,
  'frame-ancestors': /^'none'$/,
}

function policyFaults(policy: string | undefined): string[] {
  if (policy === undefined) return ['content-security-policy: missing']
  const said = new Map(
    policy.split(';').map((part) => {
      const [name = '', ...sources] = part.trim().split(/\s+/)
      return [name, sources.join(' ')]
    }),
  )
  const missing = Object.entries(directives).filter(([name, form]) => !form.test(said.get(name) ?? ''))
  const loose = [...said].filter(([, sources]) => /unsafe|\*|https?:|strict-dynamic/.test(sources))
  return [...missing.map(([name]) => `policy: ${name} ${said.get(name) ?? 'missing'}`), ...loose.map((each) => `policy: ${each.join(' ')}`)]
}

/** What is wrong with the attributes of a cookie, by the line that sets it. */
export function looseCookie(line: string, secure: boolean): string[] {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const has = (attribute: string) => attributes.some((each) => each.toLowerCase() === attribute)
  const name = pair.slice(0, pair.indexOf('='))
  const wanted = ['httponly', 'samesite=strict', ...(secure ? ['secure'] : [])]
  return [
    ...wanted.filter((each) => !has(each)).map((each) => `${name}: not ${each}`),
    ...(attributes.some((each) => /^domain=/i.test(each)) ? [`${name}: for other hosts too`] : []),
    ...(secure && !/^__(?:Host|Secure)-/.test(name) ? [`${name}: without a prefix`] : []),
    ...(name.startsWith('__Host-') && !has('path=/') ? [`${name}: __Host- without path=/`] : []),
  ]
}
