/** Holds requests against Clio's published OpenAPI, which we may not vendor: it may lie beside the checkout. */
import { existsSync, readFileSync } from 'node:fs'

const file = new URL('../../../shared/specs/clio-manage-v4.openapi.json', import.meta.url)

export interface Schema {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  enum?: unknown[]
  allOf?: Schema[]
  $ref?: string
  items?: Schema
  description?: string
}
interface Operation {
  parameters?: { in: string; name: string; required?: boolean; schema?: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}
interface Spec {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** Null where the specification is not there; said once. */
export const clioSpec: Spec | null = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Spec)
  : null
if (clioSpec === null)
  console.warn(`Nothing is held against Clio's specification: it is not at ${file.pathname}.`)

export function propertiesOf(schema: Schema): Record<string, Schema> {
  const named = schema.$ref ? clioSpec?.components.schemas[schema.$ref.split('/').at(-1) ?? ''] : undefined
  return Object.assign(
    {},
    schema.properties,
    named && propertiesOf(named),
    ...(schema.allOf ?? []).map(propertiesOf),
  )
}

export interface SpecCall {
  method: string
  url: URL
  body: unknown
}

/** A fetch that keeps what was asked. */
export function recordingFetch(): { fetch: typeof globalThis.fetch; calls: SpecCall[] } {
  const calls: SpecCall[] = []
  return {
    calls,
    fetch: (input, init) => {
      const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null
      calls.push({ method: (init?.method ?? 'GET').toLowerCase(), url: new URL(String(input)), body })
      return fetch(input, init)
    },
  }
}

/** @returns what of a call the specification does not know, in words; empty when all is well, or there is none */
export function specProblems({ method, url, body }: SpecCall): string[] {
  if (clioSpec === null) return []
  const path = url.pathname.replace(/^\/api\/v4/, '').replace(/\/\d+(?=[/.])/, '/{id}')
  const operation = clioSpec.paths[path]?.[method]
  const name = `${method} ${path}`
  if (operation === undefined) return [`${name} is not there`]
  const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
  const problems: string[] = []
  for (const [asked, value] of url.searchParams) {
    const parameter = known.find((one) => one.name === asked)
    if (parameter === undefined) {
      // Offset paging is described beside the specification (docs.developers.clio.com/api-docs/paging).
      if (asked !== 'offset') problems.push(`${name}: no parameter ${asked}`)
    } else if (!fits(value, parameter.schema)) problems.push(`${name}: ${asked}=${value}`)
  }
  for (const { name: wanted, required } of known)
    if (required && !url.searchParams.has(wanted)) problems.push(`${name}: ${wanted} is missing`)
  const schema = operation.requestBody?.content['application/json']?.schema
  if (body !== null)
    problems.push(...(schema ? bodyProblems(body, schema, name) : [`${name}: no body is taken`]))
  return problems
}

function fits(value: string, schema: Schema | undefined): boolean {
  if (schema?.enum) return schema.enum.includes(value)
  return schema?.type === 'integer'
    ? /^\d+$/.test(value)
    : schema?.type !== 'boolean' || /^(true|false)$/.test(value)
}

function bodyProblems(value: unknown, schema: Schema, at: string): string[] {
  const ofType: Record<string, boolean> = {
    object: typeof value === 'object' && value !== null && !Array.isArray(value),
    array: Array.isArray(value),
    string: typeof value === 'string',
    integer: Number.isInteger(value),
    number: typeof value === 'number',
    boolean: typeof value === 'boolean',
  }
  if (schema.type !== undefined && !ofType[schema.type]) return [`${at} is not of type ${schema.type}`]
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is not one of ${schema.enum.join(', ')}`]
  if (Array.isArray(value))
    return value.flatMap((one, index) => bodyProblems(one, schema.items ?? {}, `${at}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  const known = propertiesOf(schema)
  const given = Object.entries(value)
  return [
    ...(schema.required ?? [])
      .filter((name) => !(name in value) && !isNeededSometimes(known[name]))
      .map((name) => `${at}.${name} is missing`),
    ...given.flatMap(([name, inner]) =>
      known[name] ? bodyProblems(inner, known[name], `${at}.${name}`) : [`${at}.${name} is not known`],
    ),
  ]
}

/** Of a note it says that a contact and a matter are required, and of each that it is so for one type only. */
const isNeededSometimes = (schema: Schema | undefined): boolean =>
  /Required only if/.test(schema?.properties?.id?.description ?? '')
