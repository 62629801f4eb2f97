/** Clio's records as we ask for them: the `fields` text and its shape, side by side. */
import { z } from 'zod'

/** Numbers, but text for calendar entries; bigint where a number is too long. */
const id = z.union([z.string(), z.number(), z.bigint()]).transform(String)
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null)
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? null)
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)
/** A time that can't be read counts as not told. */
export function readInstant(value: unknown): Temporal.Instant | null {
  if (typeof value !== 'string') return null
  try {
    return Temporal.Instant.from(value)
  } catch {
    return null
  }
}
const instant = z.string().nullish().transform(readInstant)
const named = z
  .object({ id, name: text })
  .nullish()
  .transform((value) => value ?? null)
const linked = z.object({ id }).nullish()
const some = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? [])

// Contacts and matters come by tens of thousands. A pipe for each of their fields takes longer than all else that is
// done with them, so their shapes only check, and one step at the end fills in what is not told.
const anyId = z.union([z.number(), z.string(), z.bigint()])
const maybe = z.string().nullish()
const customShape = z.object({
  field_name: maybe,
  field_type: maybe,
  // Text in the published specification; numbers and booleans have been seen elsewhere.
  value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
})
export interface CustomValue {
  field_name: string | null
  field_type: string | null
  value: string | null
}
const toCustomValues = (values: readonly z.output<typeof customShape>[] | null | undefined): CustomValue[] =>
  (values ?? []).map(({ field_name, field_type, value }) => ({
    field_name: field_name ?? null,
    field_type: field_type ?? null,
    value: value == null ? null : String(value),
  }))
const namedShape = z.object({ id: anyId, name: maybe }).nullish()
const toNamed = (value: z.output<typeof namedShape>): { id: string; name: string | null } | null =>
  value == null ? null : { id: String(value.id), name: value.name ?? null }

/** A second level can't be asked for in detail (400), so the client is read by a call of its own. */
export const matterFields =
  'id,etag,display_number,description,status,updated_at,matter_stage_updated_at,open_date,close_date,client_reference,client{id},' +
  'matter_stage{id,name},practice_area{id,name},responsible_attorney{id,name,email},' +
  'custom_field_values{id,field_name,field_type,value}'
export const matterRecord = z
  .object({
    id: anyId,
    display_number: maybe,
    description: maybe,
    status: maybe,
    updated_at: maybe,
    open_date: maybe,
    close_date: maybe,
    client_reference: maybe,
    matter_stage_updated_at: maybe,
    client: z.object({ id: anyId }).nullish(),
    matter_stage: namedShape,
    practice_area: namedShape,
    responsible_attorney: z.object({ id: anyId, name: maybe, email: maybe }).nullish(),
    custom_field_values: z.array(customShape).nullish(),
  })
  .transform((matter) => ({
    id: String(matter.id),
    display_number: matter.display_number ?? null,
    description: matter.description ?? null,
    status: matter.status ?? null,
    updated_at: readInstant(matter.updated_at),
    open_date: matter.open_date ?? null,
    close_date: matter.close_date ?? null,
    client_reference: matter.client_reference ?? null,
    matter_stage_updated_at: readInstant(matter.matter_stage_updated_at),
    client: matter.client ? { id: String(matter.client.id) } : null,
    matter_stage: toNamed(matter.matter_stage),
    practice_area: toNamed(matter.practice_area),
    responsible_attorney: matter.responsible_attorney
      ? {
          id: String(matter.responsible_attorney.id),
          name: matter.responsible_attorney.name ?? null,
          email: matter.responsible_attorney.email ?? null,
        }
      : null,
    custom_field_values: toCustomValues(matter.custom_field_values),
  }))
export type MatterRecord = z.infer<typeof matterRecord>

export const contactFields =
  'id,etag,type,name,prefix,first_name,middle_name,last_name,updated_at,' +
  'phone_numbers{id,name,number,primary},email_addresses{id,name,address,primary},' +
  'addresses{id,province,country,primary},' +
  'custom_field_values{id,field_name,field_type,value}'
export const contactRecord = z
  .object({
    id: anyId,
    type: maybe,
    name: maybe,
    prefix: maybe,
    first_name: maybe,
    middle_name: maybe,
    last_name: maybe,
    updated_at: maybe,
    phone_numbers: z
      .array(z.object({ name: maybe, number: maybe, primary: z.boolean().nullish() }))
      .nullish(),
    email_addresses: z
      .array(z.object({ name: maybe, address: maybe, primary: z.boolean().nullish() }))
      .nullish(),
    addresses: z
      .array(z.object({ province: maybe, country: maybe, primary: z.boolean().nullish() }))
      .nullish(),
    custom_field_values: z.array(customShape).nullish(),
  })
  .transform((contact) => ({
    id: String(contact.id),
    type: contact.type ?? null,
    name: contact.name ?? null,
    prefix: contact.prefix ?? null,
    first_name: contact.first_name ?? null,
    middle_name: contact.middle_name ?? null,
    last_name: contact.last_name ?? null,
    updated_at: readInstant(contact.updated_at),
    phone_numbers: (contact.phone_numbers ?? []).map(({ name, number, primary }) => ({
      name: name ?? null,
      number: number ?? null,
      primary: primary ?? false,
    })),
    email_addresses: (contact.email_addresses ?? []).map(({ name, address, primary }) => ({
      name: name ?? null,
      address: address ?? null,
      primary: primary ?? false,
    })),
    addresses: (contact.addresses ?? []).map(({ province, country, primary }) => ({
      province: province ?? null,
      country: country ?? null,
      primary: primary ?? false,
    })),
    custom_field_values: toCustomValues(contact.custom_field_values),
  }))
export type ContactRecord = z.infer<typeof contactRecord>

/** A picklist's value is the id of an option, whose words only the field itself knows. */
export const customFieldFields = 'id,name,field_type,picklist_options{id,option}'
export const customFieldRecord = z.object({ picklist_options: some(z.object({ id, option: text })) })

export const documentFields =
  'id,etag,name,filename,content_type,received_at,created_at,updated_at,document_category{id,name},matter{id}'
export const documentRecord = z.object({
  id,
  etag: text,
  name: text,
  filename: text,
  content_type: text,
  received_at: text,
  created_at: text,
  updated_at: instant,
  document_category: named,
  matter: linked,
})

export const billFields =
  'id,etag,number,state,subject,total,paid,due,balance,issued_at,due_at,paid_at,updated_at,client{id},matters{id}'
export const billRecord = z.object({
  id,
  etag: text,
  number: text,
  state: text,
  subject: text,
  total: number,
  paid: number,
  due: number,
  issued_at: text,
  due_at: text,
  paid_at: text,
  updated_at: instant,
  matters: some(z.object({ id })),
})

export const entryFields =
  'id,etag,summary,description,location,start_at,start_at_time_zone,end_at,all_day,updated_at,matter{id},calendar_entry_event_type{id,name},attendees{id,type,name}'
export const entryRecord = z.object({
  id,
  etag: text,
  summary: text,
  description: text,
  location: text,
  start_at: text,
  start_at_time_zone: text,
  end_at: text,
  all_day: flag,
  updated_at: instant,
  calendar_entry_event_type: named,
  attendees: z
    .array(z.object({ id: anyId, type: z.string().nullish(), name: maybe }))
    .nullish()
    .transform((list) => list ?? []),
  matter: linked,
})

/** Marks what we wrote ourselves, by the key under which it is found again; its name must never change. */
export const ownProperty = 'tipstaff'

export const communicationFields =
  'id,etag,type,subject,date,received_at,updated_at,matter{id},external_properties{name,value}'
export const communicationRecord = z.object({ id })

/** What an answer to writing holds. */
export const writtenRecord = z.object({ id })
export const wordsRecord = z.object({ id, description: text, detail: text })
export const attorneyRecord = z.object({ id, responsible_attorney: linked })

export const webhookFields = 'id,etag,model,url,status,expires_at,shared_secret'
export const webhookRecord = z.object({
  id,
  model: z.string(),
  url: z.string(),
  status: text,
  expires_at: instant,
  shared_secret: text,
})
