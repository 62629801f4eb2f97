/** Which of Clio's lists are followed, what is asked for in each, and what its records are to us. */
import type { z } from 'zod'
import type { Json } from '../../kernel/json.ts'
import type { CmsHolding, CmsRecord, CmsVerdict } from '../../modules/connections/index.ts'
import { hookModels } from './hooks.ts'
import type { Session } from './http.ts'
import { pickedOptions, type WordsOf } from './read.ts'
import * as records from './records.ts'
import type { ClioSettings } from './settings.ts'
import { toAppointment, toBill, toClient, toDocument, toMatter } from './snapshot.ts'
import { surveyFields } from './survey-fields.ts'

/** A record as it came, and what it is to us. */
export interface Listed {
  raw: Json
  read: CmsRecord['read']
}

export interface ClioStream {
  model: string
  holds: CmsHolding
  path: string
  /** Asked for of each record: what reading wants, what a webhook would bring, and when it was made. */
  fields: string
  /** These, and what only an audit looks at. */
  thorough: string
  /** Whether Clio's specification lets the list be asked for in order of ids. */
  ordered: boolean
  read(data: readonly Json[], session: Session): Promise<CmsVerdict<Listed[]>>
  /** The part of a record that a webhook about it would bring. */
  hooked(raw: Json): Json
}

export function streamsOf(settings: ClioSettings, wordsOf: WordsOf): ClioStream[] {
  return [
    {
      ...named('contact', 'client', 'contacts.json', records.contactFields),
      async read(data, session) {
        const contacts = data.map((raw) => shaped(records.contactRecord, raw))
        const words = await wordsOf(
          contacts.flatMap(({ record }) => (record === null ? [] : pickedOptions(record))),
          session,
        )
        if (!words.ok) return words
        return {
          ok: true,
          value: contacts.map((one) =>
            listed(one, (record) => ({ holds: 'client', ...toClient(record, settings, words.value) })),
          ),
        }
      },
    },
    {
      ...named('matter', 'matter', 'matters.json', records.matterFields),
      read: each(records.matterRecord, (record) => ({
        holds: 'matter',
        matter: toMatter(record, settings),
        clientExternalId: record.client?.id ?? null,
      })),
    },
    {
      ...named('calendar_entry', 'appointment', 'calendar_entries.json', records.entryFields),
      ordered: false,
      read: each(records.entryRecord, (record) => ({
        holds: 'appointment',
        fact: toAppointment(record),
        matterExternalId: record.matter?.id ?? null,
      })),
    },
    {
      ...named('document', 'document', 'documents.json', records.documentFields),
      read: each(records.documentRecord, (record) => ({
        holds: 'document',
        fact: toDocument(record),
        matterExternalId: record.matter?.id ?? null,
      })),
    },
    {
      ...named('bill', 'bill', 'bills.json', records.billFields),
      read: each(records.billRecord, (record) => ({
        holds: 'bill',
        fact: toBill(record),
        // As the mapping of its webhook: a bill of several matters is told of in the first.
        matterExternalId: record.matters[0]?.id ?? null,
      })),
    },
    {
      ...named('communication', 'other', 'communications.json', records.communicationFields),
      read: each(records.communicationRecord, () => ({ holds: 'other' })),
    },
  ]
}

function named(model: string, holds: CmsHolding, path: string, readFields: string) {
  const hook = hookModels.find((one) => one.model === model)?.fields ?? ''
  const wanted = new Map([...fieldsIn('created_at'), ...fieldsIn(hook), ...fieldsIn(readFields)])
  return {
    model,
    holds,
    path,
    ordered: true,
    fields: fieldsText(wanted),
    thorough: fieldsText(new Map([...wanted, ...fieldsIn(surveyFields[model] ?? '')])),
    hooked: picker(fieldsIn(hook)),
  }
}

const fieldsText = (fields: Fields): string =>
  [...fields].map(([name, inner]) => (inner ? `${name}{${inner.join(',')}}` : name)).join(',')

type Fields = ReadonlyMap<string, readonly string[] | null>

/** `id,matter{id,name}` as names, with the names inside. */
function fieldsIn(text: string): Fields {
  const found = [...text.matchAll(/(\w+)(?:\{([^}]*)\})?/g)]
  return new Map(found.map(([, name = '', inner]) => [name, inner?.split(',') ?? null]))
}

function picker(fields: Fields): (raw: Json) => Json {
  const parts = [...fields].map(
    ([name, inner]) => [name, inner && picker(fieldsIn(inner.join(',')))] as const,
  )
  const pick = (raw: Json): Json => {
    if (Array.isArray(raw)) return raw.map(pick)
    if (typeof raw !== 'object' || raw === null) return raw
    const picked: { [name: string]: Json } = {}
    for (const [name, inside] of parts) {
      const value = raw[name]
      if (value !== undefined) picked[name] = inside ? inside(value) : value
    }
    return picked
  }
  return pick
}

interface Shaped<T> {
  raw: Json
  record: T | null
  /** Names of fields only: the values are a client's. */
  wrong: string
}

function shaped<T extends z.ZodType>(shape: T, raw: Json): Shaped<z.output<T>> {
  const parsed = shape.safeParse(raw)
  if (parsed.success) return { raw, record: parsed.data, wrong: '' }
  const names = new Set(
    parsed.error.issues.map((issue) => issue.path.join('.')).filter((name) => name !== ''),
  )
  return { raw, record: null, wrong: [...names].join(', ') }
}

function listed<T>({ raw, record, wrong }: Shaped<T>, read: (record: T) => CmsRecord['read']): Listed {
  if (record !== null) return { raw, read: read(record) }
  return { raw, read: { holds: 'nothing', reason: `not the shape that is known (${wrong || 'no record'})` } }
}

const each =
  <T extends z.ZodType>(shape: T, read: (record: z.output<T>) => CmsRecord['read']): ClioStream['read'] =>
  (data) =>
    Promise.resolve({ ok: true, value: data.map((raw) => listed(shaped(shape, raw), read)) })
