// Writes docs/api/openapi.json from the routes; test/e2e/api.test.ts fails when it differs.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApiDocument } from '../src/main/api/document.ts'
import { api } from '../src/main/api/index.ts'

const folder = join(import.meta.dirname, '..', 'docs', 'api')
mkdirSync(folder, { recursive: true })
// Describing the routes calls nothing of what they need.
const document = openApiDocument(api({} as Parameters<typeof api>[0]))
writeFileSync(join(folder, 'openapi.json'), `${JSON.stringify(document, null, 2)}\n`)
console.log('docs/api/openapi.json written')
