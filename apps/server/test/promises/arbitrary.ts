import * as customers from '@zhike/contract/identify/customers.ts'
import fc from 'fast-check'
import { z } from 'zod'
import type { Api, Operation, Schema } from './api.ts'
import type { Sent } from './send.ts'

/** Texts that have broken parsers, databases, loggers and spreadsheets. */
export const hostileTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff\ud800',
  '\u202e\u2066abc',
  '\ufeff',
  '👨‍👩‍👧‍👦'.repeat(20),
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L',
  '﷽'.repeat(40),
  '𠮷野家',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  '%00',
  '%',
  '%s%n%x',
  '../../../../etc/passwd',
  'C:\\con',
  '\r\nSet-Cookie: a=b',
  '{"$gt":""}',
  '[[]]',
  '${7*7}{{7*7}}<%= 7*7 %>',
  '<script>alert(1)</script>',
  "' or '1'='1",
  "'); drop table customer; --",
  '1e999',
  '-1',
  '9'.repeat(400),
  '\\',
  'x'.repeat(10_000),
  '2026-02-30',
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '9999-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00Z',
  'C-999999999999',
  '00000000-0000-0000-0000-000000000000',
] as const

const hostileValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  5e-324,
  [],
  {},
  [null],
  { __proto__: null, constructor: 1 },
  Array.from({ length: 3000 }, (_, i) => i),
  nested(40),
  Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i])),
]

function nested(depth: number): unknown {
  return depth === 0 ? 'deep' : depth % 2 === 0 ? [nested(depth - 1)] : { conditions: nested(depth - 1), match: 'all' }
}

/** Bodies that no serialiser of ours would write. */
export const rawBodies = [
  '',
  '{',
  '{"a":1,}',
  "{'a':1}",
  'NaN',
  '1e999',
  '"\\ud800"',
  '"\\u0000"',
  '{"name":"a","name":"b"}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '\ufeff{}',
  '[1e999]',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  `[${'0,'.repeat(200_000)}0]`,
  `"${'a'.repeat(1_900_000)}"`,
  `"${'a'.repeat(2_200_000)}"`,
  '{"values":{"name":1e999}}',
  '{"a":"\u0001"}',
  'null',
  '[]',
  '"text"',
  '0',
  'true',
]

const contentTypes = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'application/json; charset=utf-7',
  'application/json; charset=gb18030',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  ';;;',
]

const multipartBodies = [
  '--x',
  '--x\r\n\r\n--x--',
  '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
  '--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\nabc\r\n--x--\r\n',
  '--x\r\nContent-Disposition: form-data; name="file"; filename="../../\u0000.csv"\r\nContent-Type: \u0001/x\r\n\r\na,b\r\n1,2\r\n--x--\r\n',
  `--x\r\n${'X-Header: y\r\n'.repeat(5000)}\r\nabc\r\n--x--\r\n`,
]

const headerLists: readonly Record<string, string>[] = [
  {},
  {},
  {},
  { 'if-match': '"1"' },
  { 'if-match': '"1"' },
  { 'if-match': '"99999999999"' },
  { 'if-match': '*' },
  { 'idempotency-key': 'k'.repeat(200) },
  { 'idempotency-key': "' or 1=1 --" },
  { 'zhike-purpose': 'service' },
  { 'zhike-purpose': '__proto__' },
  { 'accept-language': `${'zh;q=0.9,'.repeat(300)}*` },
  { 'accept-language': 'constructor' },
  { authorization: 'Bearer ' },
  { authorization: `Bearer ${'x'.repeat(4000)}` },
  { authorization: 'Basic Og==' },
  { cookie: 'zhike_session=%00%ff; zhike_session="; a' },
  { 'x-forwarded-for': "1.2.3.4'; drop table users" },
  { range: 'bytes=-1' },
  { 'accept-encoding': 'br;q=1e999' },
  { 'content-encoding': 'gzip' },
]

interface Sources {
  api: Api
  /** Ids of records that are there, so that an attack comes past the first look-up. */
  ids: readonly string[]
}

const filterSchema = z.toJSONSchema(customers.customerQuery.filter.unwrap().out, { io: 'input', unrepresentable: 'any' }) as Schema & {
  $defs?: Record<string, Schema>
}

/** Values of a schema: mostly what it asks for, so that the attack gets somewhere. */
function valuesOf(schema: Schema, sources: Sources, depth = 0): fc.Arbitrary<unknown> {
  const known = sources.api.resolve(schema)
  const options = known.anyOf ?? known.oneOf
  if (options) return fc.oneof(...options.map((option) => valuesOf(option, sources, depth + 1)))
  if (known.allOf)
    return fc.tuple(...known.allOf.map((part) => valuesOf(part, sources, depth + 1))).map((parts) => Object.assign({}, ...parts))
  if ('const' in known) return fc.constant(known.const)
  if (known.enum) return fc.constantFrom(...known.enum)
  switch (Array.isArray(known.type) ? known.type[0] : known.type) {
    case 'string':
      return textsOf(known, sources)
    case 'integer':
    case 'number':
      return numbersOf(known)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return known.prefixItems
        ? fc.tuple(...known.prefixItems.map((item) => valuesOf(item, sources, depth + 1)))
        : fc.array(valuesOf(known.items ?? {}, sources, depth + 1), {
            minLength: known.minItems ?? 0,
            maxLength: (known.minItems ?? 0) + 3,
          })
    case 'object':
      return objectsOf(known, sources, depth)
    default:
      return fc.constantFrom(...hostileValues)
  }
}

function objectsOf(schema: Schema, sources: Sources, depth: number): fc.Arbitrary<unknown> {
  if (schema.properties === undefined) return fc.dictionary(fc.string({ maxLength: 8 }), fc.constantFrom('x', 1, null), { maxKeys: 3 })
  const fields = Object.fromEntries(Object.entries(schema.properties).map(([name, value]) => [name, valuesOf(value, sources, depth + 1)]))
  return fc.record(fields, { requiredKeys: [...(schema.required ?? [])] as never[] })
}

function textsOf({ format, pattern, minLength = 0, maxLength = 60 }: Schema, { ids }: Sources): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.oneof({ arbitrary: fc.constantFrom(...ids), weight: 4 }, { arbitrary: fc.uuid(), weight: 1 })
  if (format === 'email') return fc.constantFrom('a@example.com', 'ü@example.com', `${'a'.repeat(64)}@example.com`)
  if (format === 'date') return fc.constantFrom('2026-01-31', '2024-02-29', '0001-01-01', '9999-12-31')
  if (format === 'date-time') return fc.constantFrom('2026-01-31T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z')
  if (pattern !== undefined && pattern.length < 80)
    return fc.stringMatching(new RegExp(pattern.replaceAll(/\(\?:?[ims]*:/g, '(?:'), 'u')).filter((text) => text.length <= 400)
  const wanted = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(Math.max(minLength, maxLength), Math.max(minLength, 30)) })
  return fc.oneof({ arbitrary: wanted, weight: 3 }, { arbitrary: fc.constantFrom(...hostileTexts), weight: 1 })
}

function numbersOf(schema: Schema): fc.Arbitrary<number> {
  const least = schema.minimum ?? schema.exclusiveMinimum ?? -1e6
  const most = schema.maximum ?? schema.exclusiveMaximum ?? 1e6
  if (schema.type === 'integer')
    return fc.oneof(fc.integer({ min: Math.max(least, -(2 ** 31)), max: Math.min(most, 2 ** 31 - 1) }), fc.constantFrom(least, most))
  return fc.double({ min: least, max: most, noNaN: true })
}

/** Values of a schema of which one place, or the whole, has been replaced by something hostile, or which say more than is asked. */
function spoiltOf(schema: Schema, sources: Sources): fc.Arbitrary<unknown> {
  const hostile = fc.oneof(fc.constantFrom<unknown>(...hostileTexts), fc.constantFrom(...hostileValues))
  return fc
    .tuple(valuesOf(schema, sources), hostile, fc.nat(), fc.constantFrom('replace', 'remove', 'add'))
    .map(([value, wrong, at, how]) => {
      const copy = structuredClone(value)
      const places = placesIn(copy)
      const place = places[at % places.length]
      if (!place) return wrong
      if (how === 'replace') place.holder[place.key] = wrong
      else if (how === 'remove') delete place.holder[place.key]
      else place.holder['unknownKey'] = wrong
      return copy
    })
}

function placesIn(value: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])])
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null'))

/** Percent-encoded as UTF-8; half a surrogate pair goes over the wire as the bytes it would have. */
const encoded = (text: string): string => (text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80')

function queriesOf(operation: Operation, sources: Sources): fc.Arbitrary<string | undefined> {
  const names = Object.keys(operation.query)
  const valueOf = (name: string): fc.Arbitrary<string> => {
    const filter = name === 'filter' ? [{ arbitrary: filtersOf(sources).map(asText), weight: 4 }] : []
    const cursor = name === 'after' ? [{ arbitrary: cursors, weight: 2 }] : []
    return fc.oneof(
      ...filter,
      ...cursor,
      { arbitrary: valuesOf(operation.query[name] ?? {}, sources).map(asText), weight: 4 },
      { arbitrary: fc.constantFrom(...hostileTexts), weight: 1 },
    )
  }
  const pairs =
    names.length === 0
      ? []
      : [{ arbitrary: fc.constantFrom(...names).chain((name) => valueOf(name).map((value) => `${name}=${encoded(value)}`)), weight: 8 }]
  const odd = fc.constantFrom('unknown=1', '%', '=', 'a=%ED%A0%80', 'limit=1&limit=2', '__proto__=1', 'a[b]=c', '%00=1', 'x'.repeat(9000))
  return fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 2 },
    {
      arbitrary: fc.array(fc.oneof(...pairs, { arbitrary: odd, weight: 1 }), { maxLength: 4 }).map((parts) => parts.join('&')),
      weight: 5,
    },
  )
}

const cursors = fc
  .array(fc.oneof(fc.constantFrom<unknown>(...hostileTexts), fc.constantFrom(...hostileValues), fc.integer()), { maxLength: 5 })
  .map((values) => Buffer.from(JSON.stringify(values)).toString('base64url').slice(0, 1990))

/** Filters of the list, as the contract has them: in the query they are text. */
const filtersOf = (sources: Sources): fc.Arbitrary<unknown> => {
  const resolve = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : (filterSchema.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? filterSchema)
  const inner: Sources = { ...sources, api: { ...sources.api, resolve } }
  return fc.oneof(valuesOf(filterSchema, inner), spoiltOf(filterSchema, inner))
}

function pathsOf(operation: Operation, sources: Sources): fc.Arbitrary<string> {
  const parameters = Object.entries(operation.params)
  const wrong = fc.constantFrom(...hostileTexts.filter((text) => text !== '' && text.length < 200))
  const values = parameters.map(([, schema]) =>
    fc.oneof({ arbitrary: valuesOf(schema, sources).map(asText), weight: 8 }, { arbitrary: wrong, weight: 1 }),
  )
  return fc
    .tuple(...values)
    .map((given) =>
      parameters.reduce((path, [name], i) => path.replace(`{${name}}`, encoded(given[i] || 'x').replaceAll('.', '%2E')), operation.path),
    )
}

/** Requests of one operation: half of them nearly right, half of them broken in one place or in the way they are written. */
export function requestsOf(operation: Operation, sources: Sources): fc.Arbitrary<Sent> {
  const typed = fc.constantFrom(...contentTypes).map((type) => ({ type, body: type.endsWith('=x') ? multipartBodies : rawBodies }))
  const wild = typed.chain(({ type, body }) => fc.constantFrom(...body).map((text) => ({ body: text, headers: { 'content-type': type } })))
  const raw = fc.constantFrom(...rawBodies).map((body) => ({ body, headers: {} }))
  const json = (values: fc.Arbitrary<unknown>) => values.map((value) => ({ body: JSON.stringify(value) ?? 'null', headers: {} }))
  const bodies: fc.Arbitrary<{ body?: string; headers: Record<string, string> }> =
    operation.method === 'GET'
      ? fc.constant({ headers: {} })
      : operation.body
        ? fc.oneof(
            { arbitrary: json(valuesOf(operation.body, sources)), weight: 5 },
            { arbitrary: json(spoiltOf(operation.body, sources)), weight: 5 },
            { arbitrary: raw, weight: 1 },
            { arbitrary: wild, weight: 1 },
          )
        : fc.oneof(
            { arbitrary: fc.constant({ headers: {} }), weight: 3 },
            { arbitrary: raw, weight: 1 },
            { arbitrary: wild, weight: operation.upload ? 6 : 1 },
          )
  return fc
    .record({
      path: pathsOf(operation, sources),
      query: queriesOf(operation, sources),
      body: bodies,
      headers: fc.constantFrom(...headerLists),
    })
    .map(({ path, query, body, headers }) => ({
      method: operation.method,
      path,
      ...(query === undefined ? {} : { query }),
      ...(body.body === undefined ? {} : { body: body.body }),
      headers: { ...headers, ...body.headers },
    }))
}
