/** No example of the API can lie or be forgotten: each is held against the schemas of its route. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { problem } from '../../contracts/common.ts'
import { openApiDocument } from '../../src/main/api/document.ts'
import { examples } from '../../src/main/api/examples/index.ts'
import { api } from '../../src/main/api/index.ts'
import { registeredIn } from './api-things.ts'

// Describing the routes calls nothing of what they need.
const app = api({} as Parameters<typeof api>[0])
const routes = registeredIn(app)

interface Asked {
  params?: z.ZodType
  query?: z.ZodType
  body?: { content: Record<string, { schema: z.ZodType }> }
}
type Answered = Record<string, { content?: Record<string, { schema: z.ZodType; example?: unknown }> }>

it('every operation has an example, and every example an operation', () => {
  const known = routes.map(({ method, path }) => `${method} ${path}`)
  expect(known.filter((one) => !(one in examples))).toEqual([])
  expect(Object.keys(examples).filter((one) => !known.includes(one))).toEqual([])
})

describe('the example of', () => {
  it.each(routes.map((one) => [`${one.method} ${one.path}`, one.route] as const))(
    '%s is true',
    (name, route) => {
      const { params, query, body, answer } = examples[name]!
      const asked = route.request as Asked | undefined
      // A parameter travels as text.
      const texts = (of: object | undefined) =>
        of && Object.fromEntries(Object.entries(of).map(([key, value]) => [key, String(value)]))
      expect(params !== undefined).toBe(asked?.params !== undefined)
      asked?.params?.parse(texts(params))
      if (query !== undefined) expect(asked?.query).toBeDefined()
      asked?.query?.parse(texts(query) ?? {})
      const wanted = asked?.body?.content['application/json']?.schema
      expect(body !== undefined).toBe(wanted !== undefined)
      wanted?.parse(body)
      const { 200: given, ...refusals } = route.responses as Answered
      const json = given?.content?.['application/json']
      expect(answer === null).toBe(json === undefined)
      if (json) expect(json.schema.parse(answer)).toEqual(answer)
      for (const [status, { content }] of Object.entries(refusals)) {
        const told = problem.strict().parse(content!['application/problem+json']!.example)
        expect(told.status).toBe(Number(status))
      }
    },
  )
})

describe('the description of the API', () => {
  let document: { paths: Record<string, Record<string, Described>> }
  interface Described {
    parameters?: { name: string; example?: unknown; required?: boolean }[]
    requestBody?: { content: Record<string, { example?: unknown }> }
    responses: Record<string, { content: Record<string, { example?: unknown }> }>
  }
  beforeAll(() => {
    document = openApiDocument(app) as typeof document
  })

  it('shows them beside each operation', () => {
    for (const [path, operations] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(operations)) {
        const name = `${method} ${path}`
        const { body, answer } = examples[name]!
        expect(operation.requestBody?.content['application/json']?.example, name).toEqual(body)
        expect(operation.responses[200]!.content['application/json']?.example ?? null, name).toEqual(answer)
        for (const parameter of operation.parameters ?? [])
          if (parameter.required) expect(parameter, name).toHaveProperty('example')
      }
  })
})
