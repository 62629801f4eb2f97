/** The expressions of a REST connection, compiled once; every problem with its path. Pure. */
import type { CmsHolding } from '../../modules/connections/index.ts'
import { compileExpression, type Expression } from '../../platform/expressions/index.ts'
import { restFunctions, timeProblem } from './functions.ts'
import type { FactSettings, ListSettings, Paging, RestSettings, WrittenSettings } from './settings.ts'

export interface Listing {
  path: string
  query: Readonly<Record<string, string>>
  records: Expression
  paging: Paging
  /** Of cursor and address. */
  next: Expression | null
  /** Of page and offset. */
  more: Expression | null
  since: ListSettings['since']
  window: ListSettings['window']
  idsQuery: Readonly<Record<string, string>>
  complete: boolean
}

export interface Resource {
  holds: CmsHolding
  model: string
  one: { path: string; query: Readonly<Record<string, string>>; record: Expression } | null
  list: Listing | null
  ofMatter: Listing | null
  /** Where it stands in the settings, for what is said of it. */
  path: string
  fields: ReadonlyMap<string, Expression>
  data: readonly [string, Expression][]
}

export interface Written {
  path: string
  query: Readonly<Record<string, string>>
  body: Expression
  id: Expression
  find: (Listing & { id: Expression; is: Expression }) | null
}

export interface RestProgram {
  /** Null: its records name another connection's. */
  matters: Resource | null
  clients: Resource | null
  appointments: Resource | null
  documents: Resource | null
  bills: Resource | null
  comments: Resource | null
  write: { note: Written | null; task: Written | null; communication: Written | null }
}

export interface Problem {
  path: string
  message: string
}

/** Expressions over an answer, over one of its records, over what is to be written. */
const over = {
  body: ['body'],
  record: ['record'],
  writing: ['writing'],
  found: ['record', 'writing'],
} as const

export function compileRest(
  settings: RestSettings,
): { ok: true; program: RestProgram } | { ok: false; problems: Problem[] } {
  const problems: Problem[] = []
  const need = (source: string, path: string, what: keyof typeof over): Expression => {
    const verdict = compileExpression(source, { variables: over[what], functions: restFunctions })
    const message = verdict.ok ? timeProblem(source) : verdict.message
    if (message !== null) {
      const at =
        !verdict.ok && verdict.position
          ? ` (line ${verdict.position.line}, column ${verdict.position.column})`
          : ''
      problems.push({ path, message: `${message}${at}` })
    }
    return verdict.ok ? verdict.expression : never
  }

  const listing = (
    given: Pick<ListSettings, 'path' | 'query' | 'records' | 'paging' | 'window'> & Partial<ListSettings>,
    path: string,
  ): Listing => ({
    path: given.path,
    query: given.query,
    records: need(given.records, `${path}.records`, 'body'),
    paging: given.paging,
    next: 'next' in given.paging ? need(given.paging.next, `${path}.paging.next`, 'body') : null,
    more:
      'more' in given.paging && given.paging.more !== undefined
        ? need(given.paging.more, `${path}.paging.more`, 'body')
        : null,
    since: given.since,
    window: given.window,
    idsQuery: given.idsQuery ?? {},
    complete: given.complete ?? true,
  })

  const resource = (
    path: string,
    holds: CmsHolding,
    given: {
      model: string
      one?: NonNullable<RestSettings['matters']>['one']
      list?: ListSettings | undefined
      ofMatter?: FactSettings['ofMatter']
      fields: { data: Readonly<Record<string, string>> } & Readonly<Record<string, unknown>>
    },
  ): Resource => {
    const { data, ...fields } = given.fields
    return {
      holds,
      model: given.model,
      path,
      one: given.one
        ? {
            path: given.one.path,
            query: given.one.query,
            record: need(given.one.record, `${path}.one.record`, 'body'),
          }
        : null,
      list: given.list ? listing(given.list, `${path}.list`) : null,
      ofMatter: given.ofMatter ? listing(given.ofMatter, `${path}.ofMatter`) : null,
      fields: new Map(
        Object.entries(fields).flatMap(([name, source]) =>
          typeof source === 'string'
            ? [[name, need(source, `${path}.fields.${name}`, 'record')] as const]
            : [],
        ),
      ),
      data: Object.entries(data).map(
        ([name, source]) => [name, need(source, `${path}.fields.data.${name}`, 'record')] as const,
      ),
    }
  }
  const maybe = (
    path: 'matters' | 'clients' | 'appointments' | 'documents' | 'bills' | 'comments',
    holds: CmsHolding,
  ): Resource | null => {
    const given = settings[path]
    return given === undefined ? null : resource(path, holds, given)
  }
  const written = (given: WrittenSettings | undefined, path: string): Written | null =>
    given === undefined
      ? null
      : {
          path: given.path,
          query: given.query,
          body: need(given.body, `${path}.body`, 'writing'),
          id: need(given.id, `${path}.id`, 'body'),
          find: given.find
            ? {
                ...listing(given.find, `${path}.find`),
                id: need(given.find.id, `${path}.find.id`, 'record'),
                is: need(given.find.is, `${path}.find.is`, 'found'),
              }
            : null,
        }

  const program: RestProgram = {
    matters: maybe('matters', 'matter'),
    clients: maybe('clients', 'client'),
    appointments: maybe('appointments', 'appointment'),
    documents: maybe('documents', 'document'),
    bills: maybe('bills', 'bill'),
    comments: maybe('comments', 'other'),
    write: {
      note: written(settings.write.note, 'write.note'),
      task: written(settings.write.task, 'write.task'),
      communication: written(settings.write.communication, 'write.communication'),
    },
  }
  problems.push(...unlike(program))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, program }
}

/** What each expression may be right in, and the whole be wrong. */
function unlike(program: RestProgram): Problem[] {
  const all = [
    program.matters,
    program.clients,
    program.appointments,
    program.documents,
    program.bills,
    program.comments,
  ].filter((resource) => resource !== null)
  const problems: Problem[] = []
  const models = new Set<string>()
  for (const { model, path } of all) {
    if (models.has(model)) problems.push({ path: `${path}.model`, message: `"${model}" is named twice` })
    models.add(model)
  }
  for (const { path, list, ofMatter } of all) {
    if (list?.since && list.window)
      problems.push({
        path: `${path}.list.window`,
        message: 'stands beside since: a list is asked in one way',
      })
    const names = [list, ofMatter].flatMap((given) => (given ? [given] : []))
    for (const given of names) {
      const at = `${path}.${given === list ? 'list' : 'ofMatter'}`
      if (
        given === ofMatter &&
        ![given.path, ...Object.values(given.query)].some((text) => text.includes('{matter}'))
      )
        problems.push({ path: at, message: 'must hold {matter}, in its path or in a value of its query' })
    }
  }
  if (program.matters?.fields.has('client') && program.clients === null)
    problems.push({ path: 'clients', message: 'is missing: matters.fields.client names them' })
  return problems
}

/** Stands where compiling failed; such a program is never handed out. */
const never: Expression = {
  source: '',
  reads: [],
  evaluate: () => ({ ok: false, message: 'was not compiled' }),
}
