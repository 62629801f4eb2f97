// Writes docs/api/openapi.json from the routes, and the console's types from that; test/e2e/api.test.ts and
// test/architecture/web.test.ts fail when they differ.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApiDocument } from '../src/main/api/document.ts'
import { api } from '../src/main/api/index.ts'
import { typesOf } from './openapi-types.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs', 'api')
mkdirSync(folder, { recursive: true })
// Describing the routes calls nothing of what they need.
const document = openApiDocument(api({} as Parameters<typeof api>[0]))
const text = `${JSON.stringify(document, null, 2)}\n`
writeFileSync(join(folder, 'openapi.json'), text)
writeFileSync(join(root, 'web', 'console', 'src', 'api', 'schema.generated.ts'), await typesOf(text))
console.log('docs/api/openapi.json and the types of the console written')
