/** JSON Schema as far as the server's own description of its API uses it. */
export interface Schema {
  $ref?: string
  type?: string | readonly string[]
  properties?: Record<string, Schema>
  required?: readonly string[]
  additionalProperties?: boolean | Schema
  propertyNames?: Schema
  items?: Schema
  prefixItems?: readonly Schema[]
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  allOf?: readonly Schema[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  minItems?: number
  maxItems?: number
}

/** One operation as somebody outside reads it. */
export interface Operation {
  /** `POST /customers/{id}/profiles` */
  name: string
  method: string
  /** Below `/api/v1`, parameters in braces. */
  path: string
  access: string
  params: Record<string, Schema>
  query: Record<string, Schema>
  body: Schema | undefined
  upload: boolean
  replyType: 'json' | 'file' | 'events'
}

export interface Api {
  operations: readonly Operation[]
  /** Follows references to the components. */
  resolve(schema: Schema): Schema
}

interface Described {
  'x-right': string
  parameters?: { name: string; in: 'path' | 'query'; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, unknown> }>
}

/** The operations of a running server, read from its description as an outsider would. */
export async function readApi(url: string): Promise<Api> {
  const response = await fetch(`${url}/api/v1/openapi.json`)
  const document = (await response.json()) as {
    paths: Record<string, Record<string, Described>>
    components: { schemas: Record<string, Schema> }
  }
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operationOf(path.replace('/api/v1', ''), method.toUpperCase(), described)),
  )
  const resolve = (schema: Schema): Schema => {
    if (schema.$ref === undefined) return schema
    const found = document.components.schemas[schema.$ref.replace('#/components/schemas/', '')]
    if (!found) throw new Error(`${schema.$ref} leads nowhere`)
    return resolve(found)
  }
  return { operations, resolve }
}

function operationOf(path: string, method: string, described: Described): Operation {
  const place = (wanted: 'path' | 'query') =>
    Object.fromEntries((described.parameters ?? []).filter(({ in: where }) => where === wanted).map(({ name, schema }) => [name, schema]))
  const content = described.requestBody?.content ?? {}
  const success = Object.entries(described.responses).find(([status]) => status < '400')?.[1].content ?? {}
  return {
    name: `${method} ${path}`,
    method,
    path,
    access: described['x-right'],
    params: place('path'),
    query: place('query'),
    body: content['application/json']?.schema,
    upload: 'multipart/form-data' in content,
    replyType: 'text/event-stream' in success ? 'events' : 'application/octet-stream' in success ? 'file' : 'json',
  }
}
