/** The import law for the web, and what must never be written there. Its markup is read by no other check of imports. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const source = join(root, 'web', 'console', 'src')
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(source, name), 'utf8') }))

/**
 * Every module that a file names: `import … from`, `export … from`, `import '…'`, which begin a line, and `import(…)`, which
 * stands anywhere, in types too. Between the first word and `from` are names, braces, commas and stars alone: a sentence or an
 * expression with the word in it names nothing.
 */
const naming =
  /^(?:import|export)\s[\w\s$,{}*]*?\bfrom\s*(['"])(.+?)\1|^import\s*(['"])(.+?)\3|\bimport\s*\(\s*(['"`])(.+?)\5/gm

const imports = (text: string): string[] =>
  [...text.matchAll(naming)].map((found) => (found[2] ?? found[4] ?? found[6])!)

/** `@scope/name` or `name` of what may have a path behind it. */
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

it('reads what is imported, and no words', () => {
  expect(
    imports(`import a from 'a'
import type { B } from "@b/b"
import {
  c,
  type D,
} from './c.ts'
import * as e from './e.ts'
import './f.css'
export { g } from '../g.ts'
export * from './h.ts'
const i = lazy(() => import('./i.tsx'))
  const j: typeof import("./j.ts") = x
export const from = { from: 'k', until: 'l' }
const m = x === 'from' || x === 'to' ? 'import' : \`from 'n'\`
export const o = 'Not from {{from}} on, but from'; 'p'
`),
  ).toEqual(['a', '@b/b', './c.ts', './e.ts', './f.css', '../g.ts', './h.ts', './i.tsx', './j.ts'])
})

describe('the web', () => {
  it('knows itself and the contracts: it speaks the HTTP API that everybody else has', () => {
    expect(files.length).toBeGreaterThan(30)
    const strays = files.flatMap(({ name, text }) =>
      imports(text)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => relative(root, join(dirname(join(source, name)), specifier)))
        .filter((path) => !/^(web\/console\/src|contracts)\//.test(path))
        .map((path) => `${name}: ${path}`),
    )
    expect(strays).toEqual([])
  })

  it('is built from packages that an installation without development dependencies has', () => {
    const missing = files.flatMap(({ name, text }) =>
      imports(text)
        .filter((specifier) => !specifier.startsWith('.') && !(packageOf(specifier) in dependencies))
        .map((specifier) => `${name}: ${specifier}`),
    )
    expect(missing).toEqual([])
  })

  it('writes no markup from text, and runs no text as a program', () => {
    const forbidden =
      /dangerouslySetInnerHTML|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/
    expect(files.filter(({ text }) => forbidden.test(text)).map(({ name }) => name)).toEqual([])
  })
})
