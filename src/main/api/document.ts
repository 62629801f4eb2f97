/** openapi.json, from the routes themselves. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { sessionCookie } from '../../modules/staff/index.ts'
import type { ApiEnv } from './deps.ts'

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
    components: {
      ...document.components,
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'tsk_…' },
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
      },
    },
  }
}
