import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../kernel/index.ts'
import { checkConfig, placeProblems, placeText, readDocuments } from '../modules/firms/index.ts'
import { adapters } from './adapters.ts'
import { readFirmDirectory } from './commands/firm-directory.ts'
import { configLanguage } from './language.ts'

const example = join(import.meta.dirname, '..', '..', 'examples', 'harbor-pike')
const files = readFirmDirectory(example).flatMap((file) => ('text' in file ? [file] : []))
const firmYaml = files.find(({ path }) => path === 'firm.yaml')!.text

/** @returns what `apply` says of the example firm with these changes in its firm.yaml */
function problems(...changes: readonly (readonly [right: string, wrong: string])[]): string[] {
  let text = firmYaml
  for (const [right, wrong] of changes) {
    expect(text).toContain(right)
    text = text.replace(right, wrong)
  }
  const changed = files.map((file) => (file.path === 'firm.yaml' ? { ...file, text } : file))
  const documents = readDocuments(changed)
  const checked = checkConfig(documents.items, configLanguage(adapters(systemClock)))
  const { placed, elsewhere } = placeProblems(checked.problems, documents.items)
  expect(elsewhere).toEqual([])
  return placed.map((p) => `${placeText(p)} ${p.message}`)
}

const lineOf = (words: string) => firmYaml.split('\n').findIndex((line) => line.includes(words)) + 1
const named = '    mattersOf: harbor-pike-clio\n'
const here = `firm.yaml:${lineOf('    mattersOf: harbor-pike-clio')}:16 connection harbor-pike-dms: mattersOf`

describe('a document system names whose matters it means', () => {
  it('as the example firm does', () => expect(problems()).toEqual([]))

  it('or apply says where that is missing', () => {
    expect(problems([named, ''])).toEqual([
      `firm.yaml:${lineOf('key: harbor-pike-dms')}:5 connection harbor-pike-dms: mattersOf is missing: its settings have no matters, so say which connection's matters its records name`,
    ])
  })

  it.each([
    ['nobody', 'names a connection that does not exist: nobody; there are: harbor-pike-billing, '],
    ['harbor-pike-dms', 'names the connection itself'],
    ['harbor-pike-twilio', 'names a connection without matters of its own: harbor-pike-twilio'],
    ['harbor-pike-flat', 'names a connection without matters of its own: harbor-pike-flat'],
  ])('and not %s', (other, message) => {
    const found = problems([named, `    mattersOf: ${other}\n`])
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(`${here} ${message}`)
  })

  it('and not one that names another itself', () => {
    const tracker = '  - key: harbor-pike-flat\n    kind: generic\n'
    expect(problems([tracker, `${tracker}    mattersOf: harbor-pike-dms\n`])[0]).toMatch(
      /^firm\.yaml:\d+:16 connection harbor-pike-flat: mattersOf names a connection without matters of its own: harbor-pike-dms$/,
    )
  })
})

describe('what only a system with matters of its own can do is refused by its place', () => {
  const kind = '    kind: rest\n    mattersOf: harbor-pike-clio\n'
  const list = '      documents:\n        list:\n'

  it.each([
    ['harbor-pike-clio', 'clio', /mattersOf stands beside matters of its own, as a clio connection has them/],
    [
      'harbor-pike-twilio',
      'twilio',
      /mattersOf is for systems that tell of matters, and twilio tells of none/,
    ],
  ])('%s', (key, of, message) => {
    const start = `  - key: ${key}\n    kind: ${of}\n`
    expect(problems([start, `${start}    mattersOf: harbor-pike-flat\n`])[0]).toMatch(message)
  })

  it.each([
    [
      kind,
      `${kind}    factsMaxAge: PT1H\n`,
      'factsMaxAge is for a connection with matters of its own: set it at harbor-pike-clio',
    ],
    [
      kind,
      `${kind}    writeBack:\n      notes: true\n`,
      "writeBack.notes can't be done: a rest connection as it is set up writes no notes",
    ],
    [
      list,
      `      clients:\n        one: { path: '/people/{id}' }\n        fields: { id: record.id }\n${list}`,
      'settings.clients is for a system with matters of its own',
    ],
    [
      list,
      `      documents:\n        ofMatter: { path: '/m/{matter}' }\n        list:\n`,
      'settings.documents.ofMatter is for a system with matters of its own, and settings.matters is left out: give a list',
    ],
    [
      list,
      `      write:\n        note: { path: /notes, body: "{'text': writing.text}" }\n${list}`,
      'settings.write.note is for a system with matters of its own',
    ],
  ])('%#', (right, wrong, message) => {
    const found = problems([right, wrong])
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^firm\.yaml:\d+:\d+ connection harbor-pike-dms: /)
    expect(found[0]).toContain(message)
  })

  it('and a system that lists nothing is of no use', () => {
    const documents = firmYaml.slice(firmYaml.indexOf(list), firmYaml.indexOf('  # The billing system'))
    expect(problems([documents, ''])[0]).toMatch(
      /settings\.matters is missing, and so is every list: of documents, bills, appointments, comments/,
    )
  })
})
