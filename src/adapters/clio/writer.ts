/** What is written into Clio: what was said, what is to be done, and notes; each found again by its key. */
import type { CmsVerdict, CmsWriter, CmsWriting } from '../../modules/connections/index.ts'
import { type ClioApi, type Session, trouble } from './http.ts'
import { cursor, dataOf, readAs } from './read.ts'
import * as records from './records.ts'
import type { ClioSettings } from './settings.ts'

type Written = CmsVerdict<{ externalId: string }>
type Of<K extends CmsWriting['kind']> = Extract<CmsWriting, { kind: K }>

/** Ids go into bodies as numbers (Clio's specification: int64); what a double can't hold can't be written. */
const isId = (text: string | null): text is string => text !== null && /^\d{1,15}$/.test(text)

/** Tasks and notes have no place for a key but their words, so it stands in a line of its own there. */
const keyLine = (key: string): string => `[tipstaff ${key}]`

/** Where the words of these are; notes are listed for one type only (Clio's specification). */
const wordsOf = {
  task: { path: 'tasks.json', words: 'description', more: {} },
  note: { path: 'notes.json', words: 'detail', more: { type: 'Matter' } },
} as const

export const clioWrites = ['communication', 'task', 'note'] as const

/** @param mostMs how long one write may take in all, in milliseconds */
export function clioWriter(settings: ClioSettings, api: ClioApi, mostMs: number): CmsWriter {
  let me: string | undefined

  /** Whose token it is: they sign what is written. */
  async function ourselves(session: Session): Promise<CmsVerdict<string>> {
    if (me !== undefined) return { ok: true, value: me }
    const answer = await api.call('GET', 'users/who_am_i.json', { query: { fields: 'id' } }, session)
    if (!answer.ok) return answer
    const read = readAs(records.writtenRecord, dataOf(answer.value), 'users/who_am_i.json')
    if (!read.ok) return read
    me = read.value.id
    return { ok: true, value: me }
  }

  async function make(path: string, data: object, session: Session): Promise<Written> {
    const answer = await api.call('POST', path, { query: { fields: 'id' }, data }, session)
    if (!answer.ok) return answer
    const read = readAs(records.writtenRecord, dataOf(answer.value), path)
    return read.ok ? { ok: true, value: { externalId: read.value.id } } : read
  }

  /** @returns the record whose words hold the key, among those of the matter since it may have been written */
  async function findInWords(
    what: Of<'task' | 'note'>,
    session: Session,
  ): Promise<CmsVerdict<string | null>> {
    const { path, words, more } = wordsOf[what.kind]
    const query = {
      ...cursor,
      ...more,
      fields: `id,${words}`,
      matter_id: what.matterExternalId,
      // Written after it happened; the clocks may differ by an hour at most.
      created_since: whole(what.at.subtract({ hours: 1 })),
    }
    const listed = await api.list(path, query, session)
    if (!listed.ok) return listed
    for (const record of listed.value) {
      const read = readAs(records.wordsRecord, record, path)
      if (read.ok && (read.value[words] ?? '').includes(keyLine(what.key)))
        return { ok: true, value: read.value.id }
    }
    return { ok: true, value: null }
  }

  async function findCommunication(
    what: Of<'communication'>,
    session: Session,
  ): Promise<CmsVerdict<string | null>> {
    const query = {
      ...cursor,
      fields: 'id',
      external_property_name: records.ownProperty,
      external_property_value: what.key,
    }
    const listed = await api.list('communications.json', query, session)
    if (!listed.ok) return listed
    if (listed.value.length === 0) return { ok: true, value: null }
    const read = readAs(records.writtenRecord, listed.value[0], 'communications.json')
    return read.ok ? { ok: true, value: read.value.id } : read
  }

  async function writeCommunication(what: Of<'communication'>, session: Session): Promise<Written> {
    const sender = await ourselves(session)
    if (!sender.ok) return sender
    return make(
      'communications.json',
      {
        // Clio knows these two only; a text is what was said by phone.
        type: what.channel === 'email' ? 'EmailCommunication' : 'PhoneCommunication',
        subject: what.subject,
        body: what.body,
        date: dateOf(what.at),
        received_at: whole(what.at),
        matter: { id: Number(what.matterExternalId) },
        senders: [{ id: Number(sender.value), type: 'User' }],
        ...(isId(what.clientExternalId)
          ? { receivers: [{ id: Number(what.clientExternalId), type: 'Contact' }] }
          : {}),
        external_properties: [{ name: records.ownProperty, value: what.key }],
      },
      session,
    )
  }

  /** Given to the matter's attorney; where it has none, to whoever connected us. */
  async function writeTask(what: Of<'task'>, session: Session): Promise<Written> {
    const path = `matters/${what.matterExternalId}.json`
    const fields = 'id,responsible_attorney{id}'
    const answer = await api.call('GET', path, { query: { fields } }, session)
    if (!answer.ok) return answer
    const matter = readAs(records.attorneyRecord, dataOf(answer.value), path)
    if (!matter.ok) return matter
    const attorney = matter.value.responsible_attorney?.id
    const assignee =
      attorney === undefined ? await ourselves(session) : { ok: true as const, value: attorney }
    if (!assignee.ok) return assignee
    return make(
      'tasks.json',
      {
        name: what.name,
        description: withKey(what.description, what.key),
        assignee: { id: Number(assignee.value), type: 'User' },
        matter: { id: Number(what.matterExternalId) },
        ...(what.dueAt === null ? {} : { due_at: dateOf(what.dueAt) }),
      },
      session,
    )
  }

  const writeNote = (what: Of<'note'>, session: Session): Promise<Written> =>
    make(
      'notes.json',
      {
        type: 'Matter',
        subject: what.subject,
        detail: withKey(what.detail, what.key),
        date: dateOf(what.at),
        matter: { id: Number(what.matterExternalId) },
      },
      session,
    )

  /** Clio keeps days for these; a day begins where the firm is. */
  const dateOf = (at: Temporal.Instant): string =>
    at.toZonedDateTimeISO(settings.timeZone).toPlainDate().toString()

  return {
    takes: clioWrites,
    async write(what, again, onCall) {
      const session: Session = { onCall, signal: AbortSignal.timeout(mostMs) }
      if (!isId(what.matterExternalId)) return trouble('not_found', 'a Clio matter has a number for an id')
      if (again) {
        const found =
          what.kind === 'communication'
            ? await findCommunication(what, session)
            : await findInWords(what, session)
        if (!found.ok) return found
        if (found.value !== null) return { ok: true, value: { externalId: found.value } }
      }
      switch (what.kind) {
        case 'communication':
          return writeCommunication(what, session)
        case 'task':
          return writeTask(what, session)
        case 'note':
          return writeNote(what, session)
      }
    },
  }
}

const withKey = (words: string, key: string): string =>
  words === '' ? keyLine(key) : `${words}\n\n${keyLine(key)}`

/** Clio's times are whole seconds. */
const whole = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'second', roundingMode: 'floor' })
