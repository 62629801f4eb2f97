import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { consoleIsFresh } from './console.mjs'
import { typesOf } from './openapi-types.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'web', 'console', 'dist')

/** Largest first load, compressed: over a slow line (1.6 Mbit/s) it is there in a second and a half. */
const budget = 300 * 1024

describe('the console', () => {
  it('loads at most 300 KB of JavaScript before its first page shows', () => {
    const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as Record<
      string,
      { file: string; isEntry?: boolean; imports?: string[] }
    >
    const needed = new Set<string>()
    const take = (name: string) => {
      const chunk = manifest[name]!
      if (needed.has(chunk.file)) return
      needed.add(chunk.file)
      for (const imported of chunk.imports ?? []) take(imported)
    }
    // Today, which most open first, comes with it.
    for (const [name, { isEntry }] of Object.entries(manifest)) if (isEntry) take(name)
    expect(Object.keys(manifest)).not.toContain('src/pages/today.tsx')
    const scripts = [...needed].filter((file) => file.endsWith('.js'))
    expect(scripts.length).toBeGreaterThan(0)
    const sizes = scripts.map((file) => statSync(join(dist, `${file}.gz`)).size)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(budget)
  })

  it('brings the editor for YAML on the page of a rule alone', () => {
    const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as Record<
      string,
      { file: string; isEntry?: boolean; imports?: string[] }
    >
    const holding = (page: string) => {
      const needed = new Set<string>()
      const take = (name: string) => {
        if (needed.has(name)) return
        needed.add(name)
        for (const imported of manifest[name]!.imports ?? []) take(imported)
      }
      for (const [name, { isEntry }] of Object.entries(manifest)) if (isEntry) take(name)
      take(page)
      const text = [...needed].map((name) => readFileSync(join(dist, manifest[name]!.file), 'utf8')).join('')
      return text.includes('cm-content')
    }
    expect(holding('src/pages/rule.tsx')).toBe(true)
    const others = Object.keys(manifest).filter((name) => /^src\/pages\/(?!rule\.tsx)/.test(name))
    expect(others.length).toBeGreaterThan(10)
    expect(others.filter(holding)).toEqual([])
  })

  it('is built from the sources that are here', () => {
    expect(consoleIsFresh()).toBe(true)
    expect(existsSync(join(dist, 'index.html'))).toBe(true)
  })

  it('has types that fit the description of the API: "npm run openapi" writes both', async () => {
    const document = readFileSync(join(root, 'docs', 'api', 'openapi.json'), 'utf8')
    const kept = readFileSync(join(root, 'web', 'console', 'src', 'api', 'schema.generated.ts'), 'utf8')
    expect(await typesOf(document)).toBe(kept)
  })

  it('is built by a program that any Node from 20 on can read', () => {
    const { status, stderr } = spawnSync('node', ['--check', join(root, 'scripts', 'console.mjs')], {
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })
})
