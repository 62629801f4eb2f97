import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'

/** A compiled schema: true, or where the value breaks it. Form values are converted in place. */
export type Check = (value: unknown) => { field: string; message: string } | undefined

export type Spec = {
  /** The check for the schema at this path of keys in the OpenAPI document. */
  at(...path: string[]): Check
}

const email = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@.]+$/

// Lean on purpose: these run for each send. Twilio wants http(s) with a host; '_' in hosts is refused by it.
const formats = {
  uri: /^https?:\/\/[^\s/?#_]+([/?#]\S*)?$/i,
  email: (value: string) => value.length <= 320 && email.test(value),
  'phone-number': /^\S+$/,
  'date-time': (value: string) => !Number.isNaN(Date.parse(value)),
  'date-time-rfc-2822': /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/,
  currency: /^[A-Za-z]{3}$/,
  'http-method': /^(GET|POST|PUT|PATCH|DELETE|HEAD)$/i,
  int64: true,
  'uri-map': true,
  'phone-number-capabilities': true,
} as const

/** Reads one vendored OpenAPI file. `relativeUris` lets `uri` be a path, as in Twilio's answers. */
export function readSpec(name: string, options: { relativeUris?: boolean; form?: boolean } = {}): Spec {
  const document = JSON.parse(readFileSync(new URL(`../specs/${name}`, import.meta.url), 'utf8')) as object
  const ajv = new Ajv({
    strict: false,
    coerceTypes: options.form ? 'array' : false,
    formats: options.relativeUris ? { ...formats, uri: /^\S+$/ } : formats,
  })
  ajv.addSchema(document, 'spec')
  return { at: (...path) => toCheck(ajv.compile({ $ref: `spec#${path.map(pointerPart).join('')}` })) }
}

function pointerPart(key: string): string {
  return `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`
}

function toCheck(validate: ValidateFunction): Check {
  return (value) => {
    if (validate(value)) return undefined
    const error = validate.errors![0]!
    const missing = error.keyword === 'required' ? `.${error.params.missingProperty as string}` : ''
    const field = (error.instancePath.replaceAll('/', '.') + missing).slice(1)
    return { field, message: error.message ?? 'is not valid' }
  }
}
