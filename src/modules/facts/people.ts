/** Who has to do with an appointment beside the client, as the facts name them. Pure. */
import type { Audience } from '../../kernel/index.ts'

/** A contact of the CMS whom an appointment lists. */
export interface Participant {
  /** As the CMS calls them: clients.external_id. */
  id: string
  name: string | null
}

const text = (value: unknown): string | null =>
  (typeof value === 'string' || typeof value === 'number') && `${value}`.trim() !== ''
    ? `${value}`.trim()
    : null

/** @param data of an appointment; `participants` is a list of `{id, name}` */
export function participantsOf(data: Readonly<Record<string, unknown>>): Participant[] {
  const listed = Array.isArray(data.participants) ? (data.participants as unknown[]) : []
  const found = listed.flatMap((one): Participant[] => {
    const { id, name } = (typeof one === 'object' && one !== null ? one : {}) as Record<string, unknown>
    const known = text(id)
    return known === null ? [] : [{ id: known, name: text(name) }]
  })
  return [...new Map(found.map((p) => [p.id, p])).values()]
}

/** Before the id of somebody of the firm; delivery/claim.ts has it in SQL. */
const ofTheFirm = 'staff:'

/** @param person as reminders name them (clients.external_id); null: the client */
export const audienceOfPerson = (person: string | null): Audience =>
  person === null ? 'client' : person.startsWith(ofTheFirm) ? 'attorney' : 'participants'

/** Somebody of the firm, under a name that no contact of a CMS has. */
export interface Attorney {
  externalId: string
  name: string
  mail: string | null
}

/**
 * @param data of a matter: `responsible_attorney`, `responsible_attorney_id`, `responsible_attorney_email`
 * @returns null where the CMS names none
 */
export function attorneyOf(data: Readonly<Record<string, unknown>>): Attorney | null {
  const id = text(data.responsible_attorney_id)
  if (id === null) return null
  return {
    externalId: `${ofTheFirm}${id}`,
    name: text(data.responsible_attorney) ?? `Attorney ${id}`,
    mail: text(data.responsible_attorney_email),
  }
}
