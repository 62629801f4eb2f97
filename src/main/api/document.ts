/** openapi.json, from the routes themselves. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { sessionCookie } from '../../modules/staff/index.ts'
import type { ApiEnv } from './deps.ts'
import { exampleOf } from './examples/index.ts'

export function openApiDocument(app: OpenAPIHono<ApiEnv>): object {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Tipstaff',
      version: '1',
      description:
        "What a firm's messages are doing, and the hands on them. Every request carries a key: `Authorization: Bearer tsk_…` " +
        '(`tipstaff keys create`), or the cookie of somebody who is signed in to the console; what changes something then ' +
        'says its `Origin`. `x-scope` says what the key or the role must be allowed; a matter that is closed to whoever ' +
        'asks is found nowhere. Errors are problem details (RFC 9457).',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
  })
  return {
    ...document,
    paths: withExamples(document.paths ?? {}),
    components: {
      ...document.components,
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'tsk_…' },
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
      },
    },
  }
}

interface Described {
  parameters?: { in: string; name: string }[]
  requestBody?: { content: Record<string, object> }
  responses: Record<string, { content?: Record<string, object> }>
}

/** Each operation with its example (examples/); what has none is found by a test. */
function withExamples(paths: object): object {
  const described = Object.entries(paths as Record<string, Record<string, Described>>)
  return Object.fromEntries(
    described.map(([path, operations]) => [
      path,
      Object.fromEntries(
        Object.entries(operations).map(([method, operation]) => [method, shown(method, path, operation)]),
      ),
    ]),
  )
}

function shown(method: string, path: string, operation: Described): Described {
  const example = exampleOf(method, path)
  if (!example) return operation
  const given: Readonly<Record<string, unknown>> = { ...example.params, ...example.query }
  const { parameters, requestBody, responses } = operation
  const ok = responses[200]
  return {
    ...operation,
    ...(parameters
      ? { parameters: parameters.map((p) => (p.name in given ? { ...p, example: given[p.name] } : p)) }
      : {}),
    ...(requestBody
      ? { requestBody: { ...requestBody, content: filled(requestBody.content, example.body) } }
      : {}),
    ...(ok?.content && example.answer !== null
      ? { responses: { ...responses, 200: { ...ok, content: filled(ok.content, example.answer) } } }
      : {}),
  }
}

const filled = (content: Record<string, object>, example: unknown) =>
  Object.fromEntries(Object.entries(content).map(([type, media]) => [type, { ...media, example }]))
