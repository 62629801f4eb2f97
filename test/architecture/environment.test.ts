import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const READERS = [join('src', 'main', 'config.ts')]
const READS =
  /process\s*\.\s*env\b|process\s*\[\s*['"`]env|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b|from '(node:)?process'/

function offenders(read: (file: string) => string): string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join('src', file))
    .filter((file) => !READERS.includes(file) && READS.test(read(file)))
}

it('only src/main/config.ts reads the environment, so that it is the whole list of settings', () => {
  expect(offenders((file) => readFileSync(join(ROOT, file), 'utf8'))).toEqual([])
})

it.each([
  'process.env.PORT',
  "process['env']",
  'const { env } = process',
  "import { env } from 'node:process'",
])('this check sees %s', (source) => {
  expect(offenders(() => source).length).toBeGreaterThan(0)
})
