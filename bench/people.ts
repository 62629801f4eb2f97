/** The firm's clients and matters, as a CMS would have told them: warm facts, so that nothing has to be fetched. */
import type pg from 'pg'

export interface FirmIds {
  firmId: string
  cms: string
  carrier: string
}

export async function firmIds(admin: pg.Client, key: string): Promise<FirmIds> {
  const { rows } = await admin.query<{ firm_id: string; id: string; key: string }>(
    `select f.firm_id, c.id, c.key from firms f join connections c using (firm_id) where f.key = $1`,
    [key],
  )
  const id = (name: string) => rows.find((r) => r.key === `${key}-${name}`)!.id
  return { firmId: rows[0]!.firm_id, cms: id('cms'), carrier: id('twilio') }
}

/** The phone of client `n`, from 0 to 999,999; no magic recipient of the sandbox. */
export const phoneOf = (n: number): string => `+12122${String(n).padStart(6, '0')}`

/** @param from number of the first client; @param count how many, each with one phone, one mail address, one matter */
export async function makePeople(admin: pg.Client, ids: FirmIds, from: number, count: number): Promise<void> {
  await admin.query(
    `with n as (select n from generate_series($4::int, $4::int + $5::int - 1) n),
     c as (
       insert into clients (firm_id, id, connection_id, external_id, name, first_name, last_name, language, time_zone,
         preference, data, observed_at)
       select $1::uuid, uuidv7(), $2::uuid, 'C' || n, 'Client No' || n, 'Client', 'No' || n,
         case when n % 5 = 0 then 'es' else 'en' end,
         (array['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'Pacific/Honolulu'])[1 + n % 4],
         'SMS', '{"type":"Person"}', $3::timestamptz from n returning id, external_id
     ), p as (
       insert into contact_points (firm_id, id, client_id, channel, address, origin, observed_at)
       select $1::uuid, uuidv7(), c.id, v.channel, v.address, 'cms', $3::timestamptz
       from c cross join lateral (values
         ('sms', '+12122' || lpad(substr(c.external_id, 2), 6, '0')),
         ('email', 'client' || substr(c.external_id, 2) || '@example.com')) v(channel, address)
     )
     insert into matters (firm_id, id, connection_id, external_id, client_id, number, title, raw_status, state,
       state_entry, state_entered_at, data, observed_at)
     select $1::uuid, uuidv7(), $2::uuid, 'M' || substr(c.external_id, 2), c.id, '2026-' || substr(c.external_id, 2),
       'Client v. Somebody', 'Intake', 'intake', 1000, $3::timestamptz,
       '{"practice_area":"Personal Injury","responsible_attorney":"A. Pike"}', $3::timestamptz from c`,
    [ids.firmId, ids.cms, new Date(Date.now() - 86_400_000), from, count],
  )
}
