/** What an audit takes for Clio's documentation, against Clio's own, where that lies beside the checkout. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clioSettings } from '../../src/adapters/clio/settings.ts'
import { clioSurvey } from '../../src/adapters/clio/survey.ts'
import { documented } from '../../src/adapters/clio/survey-documented.ts'
import { surveyFields } from '../../src/adapters/clio/survey-fields.ts'

const file = join(import.meta.dirname, '../../../shared/specs/clio-manage-v4.openapi.json')
const found = existsSync(file) ? file : undefined

interface Property {
  type?: string
  format?: string
  enum?: string[]
  items?: { $ref?: string }
  $ref?: string
  allOf?: { $ref?: string }[]
}
interface Schema {
  properties?: Record<string, Property>
  allOf?: (Schema & { $ref?: string })[]
}

describe.skipIf(found === undefined)('against Clio’s published OpenAPI', () => {
  const schemas = found
    ? (JSON.parse(readFileSync(found, 'utf8')) as { components: { schemas: Record<string, Schema> } })
        .components.schemas
    : {}
  const propertiesOf = (name: string): Record<string, Property | undefined> => {
    const schema = schemas[name]
    const parts = schema?.allOf ?? (schema ? [schema] : [])
    return Object.assign(
      {},
      ...parts.map((part: Schema & { $ref?: string }) =>
        part.$ref ? propertiesOf(part.$ref.split('/').at(-1)!) : (part.properties ?? {}),
      ),
    )
  }
  const schemaNames: Record<string, string> = {
    contact: 'Contact',
    matter: 'Matter',
    calendar_entry: 'CalendarEntry',
    document: 'Document',
    bill: 'Bill',
  }
  const kindOf = (property: Property): string => {
    if (property.type === 'array') return 'list'
    if (property.type === 'string')
      return property.format === 'date' ? 'date' : property.format === 'date-time' ? 'time' : 'text'
    if (property.type === 'integer' || property.type === 'number') return 'number'
    return property.type === 'boolean' ? 'flag' : 'object'
  }

  it.each(Object.entries(documented))('%s: types and lists of values are Clio’s', (model, fields) => {
    const properties = propertiesOf(schemaNames[model]!)
    for (const { path, type, values } of fields) {
      const [name = '', inner] = path.split('[].') as (string | undefined)[]
      const property = properties[name]
      if (property === undefined) {
        expect.unreachable(`${model}.${name} is not in the specification`)
        continue
      }
      if (inner === undefined) {
        expect({ path, type: kindOf(property) }).toEqual({ path, type })
        if (values) expect(property.enum?.toSorted()).toEqual([...values].toSorted())
      }
    }
  })

  it('what an audit asks for beside what following reads is there', () => {
    for (const [model, text] of Object.entries(surveyFields)) {
      const properties = propertiesOf(schemaNames[model]!)
      for (const [, name = ''] of text.matchAll(/(\w+)(?:\{[^}]*\})?(?:,|$)/g))
        expect({ model, name, there: name in properties }).toEqual({ model, name, there: true })
    }
  })
})

describe('a link into Clio', () => {
  const survey = clioSurvey(clioSettings.parse({ token: 'x', baseUrl: 'https://eu.app.clio.com' }))
  it('is of the region, and takes no id for a path', () => {
    expect(survey.link('matter', '21001')).toBe('https://eu.app.clio.com/nc/#/matters/21001')
    expect(survey.link('client', '1/../"x')).toBe('https://eu.app.clio.com/nc/#/contacts/1%2F..%2F%22x')
    expect(survey.link('other', '1')).toBeNull()
  })
})
