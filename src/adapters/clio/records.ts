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

const customValue = z.object({
  field_name: text,
  field_type: text,
  // Text in the published specification; numbers and booleans have been seen elsewhere.
  value: z
    .union([z.string(), z.number(), z.boolean()])
    .nullish()
    .transform((value) => (value == null ? null : String(value))),
})
export type CustomValue = z.infer<typeof customValue>

/** A second level can't be asked for in detail (400), so the client is read by a call of its own. */
export const matterFields =
  'id,etag,display_number,description,status,updated_at,matter_stage_updated_at,open_date,close_date,client_reference,client{id},' +
  'matter_stage{id,name},practice_area{id,name},responsible_attorney{id,name,email},' +
  'custom_field_values{id,field_name,field_type,value}'
export const matterRecord = z.object({
  id,
  display_number: text,
  description: text,
  status: text,
  updated_at: instant,
  open_date: text,
  close_date: text,
  client_reference: text,
  matter_stage_updated_at: instant,
  client: linked,
  matter_stage: named,
  practice_area: named,
  responsible_attorney: z
    .object({ id, name: text, email: text })
    .nullish()
    .transform((value) => value ?? null),
  custom_field_values: some(customValue),
})
export type MatterRecord = z.infer<typeof matterRecord>

export const contactFields =
  'id,etag,type,name,prefix,first_name,middle_name,last_name,updated_at,' +
  'phone_numbers{id,name,number,primary},email_addresses{id,name,address,primary},' +
  'custom_field_values{id,field_name,field_type,value}'
export const contactRecord = z.object({
  id,
  type: text,
  name: text,
  prefix: text,
  first_name: text,
  middle_name: text,
  last_name: text,
  updated_at: instant,
  phone_numbers: some(z.object({ name: text, number: text, primary: flag })),
  email_addresses: some(z.object({ name: text, address: text, primary: flag })),
  custom_field_values: some(customValue),
})
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
  'id,etag,summary,description,location,start_at,end_at,all_day,updated_at,matter{id},calendar_entry_event_type{id,name}'
export const entryRecord = z.object({
  id,
  etag: text,
  summary: text,
  description: text,
  location: text,
  start_at: text,
  end_at: text,
  all_day: flag,
  updated_at: instant,
  calendar_entry_event_type: named,
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
