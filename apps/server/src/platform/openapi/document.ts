import type { Endpoint } from '@zhike/contract/endpoint.ts'
import { type ProblemName, problems } from '@zhike/contract/problems.ts'
import { z } from 'zod'

type Json = Record<string, unknown>

const method = (endpoint: Endpoint) => endpoint.method.toLowerCase()
const pathOf = (endpoint: Endpoint) => `/api/v1${endpoint.path.replace(/:(\w+)/g, '{$1}')}`

/** `POST /jobs/:id/cancel` is `post_jobs_id_cancel`. */
const operationId = (endpoint: Endpoint) =>
  [method(endpoint), ...endpoint.path.split('/').filter(Boolean)].map((part) => part.replaceAll(/\W+/g, '')).join('_')

/** The description of endpoints in OpenAPI 3.1: the contract is its only source, so it cannot differ from what is served. */
export function openApiDocument(endpoints: readonly Endpoint[], version: string): Json {
  const schemas: Json = { Problem: problemSchema }
  const paths: Record<string, Json> = {}
  for (const endpoint of endpoints) {
    const path = (paths[pathOf(endpoint)] ??= {})
    path[method(endpoint)] = operation(endpoint, schemas)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zhike 知客',
      version,
      description: 'Keys that are not known are refused, nothing is coerced. Failures are problems of RFC 9457.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'zhike_session',
          description: 'Signed in with a browser; over TLS the cookie is called __Host-zhike_session',
        },
      },
    },
  }
}

function operation(endpoint: Endpoint, schemas: Json): Json {
  const id = operationId(endpoint)
  const open = endpoint.access === 'public'
  const parameters = [...parametersOf(endpoint.params, 'path', id, schemas), ...parametersOf(endpoint.query, 'query', id, schemas)]
  return {
    operationId: id,
    tags: [endpoint.path.split('/')[1]],
    summary: endpoint.summary,
    security: open ? [] : [{ apiKey: [] }, { session: [] }],
    'x-right': endpoint.access,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(endpoint, id, schemas),
    responses: { [String(endpoint.status ?? 200)]: success(endpoint, id, schemas), ...failures(endpoint) },
  }
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query', id: string, schemas: Json): Json[] {
  if (!schema) return []
  const object = jsonSchema(schema, 'input', `${id}_${place}`, schemas, true)
  const required = new Set((object['required'] ?? []) as string[])
  return Object.entries((object['properties'] ?? {}) as Record<string, Json>).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: value,
  }))
}

function requestBody(endpoint: Endpoint, id: string, schemas: Json): Json {
  if (endpoint.bodyType === 'upload') {
    const file = {
      type: 'object',
      properties: { file: { type: 'string', format: 'binary' } },
      required: ['file'],
      additionalProperties: false,
    }
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema: file } } } }
  }
  if (!endpoint.body) return {}
  const schema = jsonSchema(endpoint.body, 'input', `${id}_body`, schemas)
  return { requestBody: { required: !endpoint.body.safeParse(undefined).success, content: { 'application/json': { schema } } } }
}

function success(endpoint: Endpoint, id: string, schemas: Json): Json {
  if (endpoint.status === 204) return { description: 'Done' }
  const types = { json: 'application/json', file: 'application/octet-stream', events: 'text/event-stream' }
  const type = types[endpoint.replyType ?? 'json']
  const schema =
    endpoint.replyType === 'file' || endpoint.replyType === 'events'
      ? { type: 'string' }
      : jsonSchema(endpoint.reply, 'output', `${id}_reply`, schemas)
  return { description: 'Success', content: { [type]: { schema } } }
}

/** What any endpoint of its kind may answer. */
function commonProblems({ access, body, bodyType, params, query }: Endpoint): ProblemName[] {
  return [
    ...(body || bodyType === 'upload' || params || query ? (['invalid-request'] as const) : []),
    ...(access === 'public' ? [] : (['not-signed-in'] as const)),
    ...(access === 'public' || access === 'signed-in' ? [] : (['right-missing'] as const)),
    ...(body || bodyType === 'upload' ? (['body-too-large'] as const) : []),
    'too-many-requests',
    'internal-error',
    'engine-away',
  ]
}

function failures(endpoint: Endpoint): Json {
  const names = new Set([...(endpoint.problems ?? []), ...commonProblems(endpoint)])
  const byStatus = Map.groupBy(names, (name) => problems[name].status)
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [String(status), { description: some.join(', '), 'x-problems': some, content }]),
  )
}

/**
 * A schema in the JSON Schema of OpenAPI 3.1. What refers to itself is moved to the components, because a reference counts
 * from the root of the document.
 */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', name: string, schemas: Json, flat = false): Json {
  const made = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }))) as Json
  const { $schema: _schema, $defs: definitions, ...own } = made
  const text = JSON.stringify(own)
  if (!text.includes('"$ref"')) return own
  const moved = (value: unknown) =>
    JSON.parse(
      JSON.stringify(value).replaceAll(/"\$ref":"#(?:\/\$defs\/([^"]+))?"/g, (_, inner?: string) =>
        inner === undefined ? `"$ref":"#/components/schemas/${name}"` : `"$ref":"#/components/schemas/${name}.${inner}"`,
      ),
    ) as Json
  for (const [inner, definition] of Object.entries((definitions ?? {}) as Json)) schemas[`${name}.${inner}`] = moved(definition)
  if (flat || !text.includes('"$ref":"#"')) return moved(own)
  schemas[name] = moved(own)
  return { $ref: `#/components/schemas/${name}` }
}

const problemSchema: Json = {
  type: 'object',
  description: 'A problem of RFC 9457',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string', enum: Object.keys(problems).map((name) => `/problems/${name}`) },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code', 'message'],
        properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}
