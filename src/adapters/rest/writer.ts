/** Writing into the system, where the configuration says how. */
import type { Json } from '../../kernel/index.ts'
import type { CmsVerdict, CmsWriter, CmsWriting, CmsWritingKind } from '../../modules/connections/index.ts'
import { trouble } from '../cms-answers.ts'
import type { RestProgram, Written } from './compile.ts'
import type { RestApi, Session } from './http.ts'
import { fill, readPage } from './paging.ts'
import { idOf, plain, prepare } from './values.ts'

/** An earlier try is among the newest; who has to look further has a list that can't be searched. */
const mostPages = 10

/**
 * @returns undefined when nothing can be written. A kind that can't be looked for is taken all the same: what may have
 *   arrived is then not written again, and a person decides
 */
export function restWriter(program: RestProgram, api: RestApi): CmsWriter | undefined {
  const kinds = (['communication', 'task', 'note'] as const).filter((kind) => program.write[kind] !== null)
  if (kinds.length === 0) return undefined
  return {
    takes: kinds satisfies readonly CmsWritingKind[],
    async write(what, again, onCall) {
      const written = program.write[what.kind]
      if (written === null) return trouble('refused', `write.${what.kind} is not configured`)
      const session: Session = { onCall, urgency: 'background' }
      const writing = valuesOf(what)
      if (again) {
        const found = await find(written, what, writing, session)
        if (!found.ok) return found
        if (found.value !== null) return { ok: true, value: { externalId: found.value } }
      }
      return post(written, what, writing, session)
    },
  }

  async function post(
    written: Written,
    what: CmsWriting,
    writing: Readonly<Record<string, unknown>>,
    session: Session,
  ): Promise<CmsVerdict<{ externalId: string }>> {
    const path = fill(written.path, 'matter', what.matterExternalId)
    if (path === null) return trouble('not_found', 'its id cannot be part of an address')
    const body = written.body.evaluate(prepare({ writing }))
    if (!body.ok || typeof body.value !== 'object' || body.value === null)
      return trouble('refused', `write.${what.kind}.body ${body.ok ? 'gives no map' : body.message}`)
    const answer = await api.call('POST', { path, query: written.query }, plain(body.value), session)
    if (!answer.ok) return { ...answer, detail: `${written.path}: ${answer.detail}` }
    const id = written.id.evaluate(prepare({ body: answer.value.body }))
    const externalId = id.ok ? idOf(id.value) : null
    // It took it; that it does not say as what is no reason to write it twice.
    return { ok: true, value: { externalId: externalId ?? `unnamed ${what.key}` } }
  }

  async function find(
    written: Written,
    what: CmsWriting,
    writing: Readonly<Record<string, unknown>>,
    session: Session,
  ): Promise<CmsVerdict<string | null>> {
    if (written.find === null)
      return trouble(
        'refused',
        `it may have arrived, and write.${what.kind}.find does not say how to look for it`,
      )
    let cursor: string | null = null
    for (let page = 0; page < mostPages; page++) {
      const ask = { since: null, window: null, cursor, matter: what.matterExternalId }
      const answer = await readPage(api, written.find, ask, session)
      if (!answer.ok) return answer
      for (const record of answer.value.records) {
        const values = prepare({ record: record as Json, writing })
        const is = written.find.is.evaluate(values)
        if (!is.ok || is.value !== true) continue
        const id = written.find.id.evaluate(values)
        return { ok: true, value: (id.ok ? idOf(id.value) : null) ?? `unnamed ${what.key}` }
      }
      cursor = answer.value.next
      if (cursor === null) return { ok: true, value: null }
    }
    return trouble('refused', `${written.find.path}: more than ${mostPages} pages`)
  }
}

/** What `writing` holds, for every kind the same names; what a kind has not is null. */
function valuesOf(what: CmsWriting): Record<string, unknown> {
  return {
    key: what.key,
    kind: what.kind,
    matter: what.matterExternalId,
    at: what.at,
    client: what.kind === 'communication' ? what.clientExternalId : null,
    channel: what.kind === 'communication' ? what.channel : null,
    subject: what.kind === 'task' ? what.name : what.subject,
    text: what.kind === 'communication' ? what.body : what.kind === 'task' ? what.description : what.detail,
    due_at: what.kind === 'task' ? what.dueAt : null,
  }
}
