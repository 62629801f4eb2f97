import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../kernel/index.ts'
import type { ConnectionSettings } from '../../modules/connections/index.ts'
import { checkConfig, placeProblems, placeText, readDocuments } from '../../modules/firms/index.ts'
import { adapters } from '../adapters.ts'
import { configLanguage } from '../language.ts'
import { readFirmDirectory } from './firm-directory.ts'

const examples = join(import.meta.dirname, '..', '..', '..', 'examples')
const read = (firm: string, change = (text: string) => text) => {
  const files = readFirmDirectory(join(examples, firm)).map((file) =>
    'text' in file ? { ...file, text: change(file.text) } : file,
  )
  const documents = readDocuments(files)
  const checked = checkConfig(documents.items, configLanguage(adapters(systemClock)))
  const { placed, elsewhere } = placeProblems(checked.problems, documents.items)
  const problems = [...documents.problems, ...documents.warnings, ...placed].map(
    (p) => `${placeText(p)} ${p.message}`,
  )
  return { problems: [...problems, ...elsewhere], checked }
}

describe.each(['mycase-firm', 'filevine-firm'])('%s', (firm) => {
  it('is right in every part and as a whole', () => expect(read(firm).problems).toEqual([]))

  it('is described by its settings alone', () => {
    const connections = read(firm).checked.values.get('connection') as ReadonlyMap<string, ConnectionSettings>
    expect([...connections.values()].filter(({ kind }) => kind === 'rest')).toHaveLength(1)
  })
})

it.each([
  ['status: record.phaseName', 'status: record.phaseName +', 'matters.fields.status'],
  ["'iso', 'America/Phoenix'", "'iso', 'Phoenix'", 'appointments.fields.data.start_at'],
  ['path: /Projects/{id}', 'path: /Projects/{number}', 'takes only {id}'],
  ['more: body.hasMore }', 'more: bodies.hasMore }', 'paging.more'],
  ['secret: env:QUARRY_LUND_FILEVINE_SECRET', 'secret: hunter2hunter2', 'holds a secret as it is'],
  ['format: date, zone: America/Phoenix', 'format: date', 'whose days does the system mean'],
  ['secondSecret: env:QUARRY_LUND_FILEVINE_PAT', '# gone', 'auth.secondAs sends it'],
])('apply names a mistake by its place: %s', (right, wrong, problem) => {
  const { problems } = read('filevine-firm', (text) => text.replace(right, wrong))
  expect(problems.join('\n')).toContain(problem)
  expect(problems[0]).toMatch(/firm\.yaml:\d+/)
})
