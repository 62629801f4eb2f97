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

/** Every module that a file names: `import … from`, `import(…)`, `export … from`, `import '…'`. */
function imports(text: string): string[] {
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)
  return [...found].map(([, specifier]) => specifier!)
}

/** `@scope/name` or `name` of what may have a path behind it. */
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

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
