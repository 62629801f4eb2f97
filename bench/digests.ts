/** Digests: ten things that waited for each of twenty thousand clients, whose windows all end at one moment. */
import type pg from 'pg'
import type { App, Cluster } from './deployment.ts'
import { round, until, watchMemory } from './measure.ts'
import type { FirmIds } from './people.ts'

/** What the firm of the bench gets on top: one class of digests, and a rule that lets documents wait for it. */
export const digestFirm: Readonly<Record<string, string>> = {
  'digests.yaml': `
- key: updates
  window: PT1H
  template: your-update
`,
  'rules/documents.yaml': `
- key: document-shared
  on: document.filed
  when: event.?category.orValue(null) == 'Client copies'
  then:
    - tell: client
      template: document-shared
      digest: updates
      channels: [sms]
`,
  'templates/document-shared.yaml': `
key: document-shared
languages:
  en:
    digest: 'A document is ready for you: {{ event.name }}'
    sms: '{{ client.first_name }}, {{ firm.name }}: a document is ready for you, {{ event.name }}.'
  es:
    digest: 'Tenemos un documento para usted: {{ event.name }}'
    sms: '{{ client.first_name }}, {{ firm.name }}: tenemos un documento para usted, {{ event.name }}.'
`,
  'templates/your-update.yaml': `
key: your-update
languages:
  en:
    sms: '{{ client.first_name }}, {{ firm.name }} has {{ count }} updates for you: {{ link }}'
  es:
    sms: '{{ client.first_name }}, {{ firm.name }} tiene {{ count }} novedades para usted: {{ link }}'
`,
}

export interface Digesting {
  clients: number
  items: number
  seconds: number
  /** The app, before and at most meanwhile. */
  idleMb: number
  rssMb: number
}

/** As deciding leaves them: each item a document's event, its notice and a message that is held, each client one open digest. */
export async function makeWaiting(
  admin: pg.Client,
  ids: FirmIds,
  clients: number,
  each: number,
): Promise<void> {
  const { firmId, cms, carrier } = ids
  await admin.query(
    `create temp table waiting as
     select uuidv7() as fact_id, uuidv7() as event_id, uuidv7() as notice_id, uuidv7() as message_id, w.*, g.n,
       'Document ' || w.i || '-' || g.n || '.pdf' as name
     from (select m.id as matter_id, m.client_id, p.id as point_id, p.address, row_number() over (order by m.external_id) as i,
             uuidv7() as digest_id
           from matters m join contact_points p on p.client_id = m.client_id and p.channel = 'sms'
           where m.firm_id = '${firmId}' order by m.external_id limit ${clients}) w
       cross join generate_series(1, ${each}) g(n);
     insert into digests (firm_id, id, client_id, channel, key, state, due_at, opened_at)
       select distinct '${firmId}'::uuid, digest_id, client_id, 'sms', 'updates', 'open', now() + interval '1 day', now() from waiting;
     insert into facts (firm_id, id, connection_id, kind, external_id, matter_id, data, version, version_since, announced, mark, observed_at)
       select '${firmId}', fact_id, '${cms}', 'document', 'D' || i || '-' || n, matter_id,
         jsonb_build_object('name', name, 'category', 'Client copies'), 'v1', now(), true, 'v1', now() from waiting;
     insert into events (firm_id, id, connection_id, type, matter_id, client_id, subject, occurred_at, recorded_at, data, outcome)
       select '${firmId}', event_id, '${cms}', 'document.filed', matter_id, client_id, 'document:D' || i || '-' || n, now(), now(),
         jsonb_build_object('name', name, 'category', 'Client copies'), 'decided' from waiting;
     insert into notices (firm_id, id, event_id, matter_id, client_id, rule_key, rule_version, action, purpose, urgency,
         template_key, state, gates, fact_id, fact_mark, cause, created_at, updated_at)
       select '${firmId}', notice_id, event_id, matter_id, client_id, 'document-shared', 1, 0, 'status', 'normal',
         'document-shared', 'messaged', '[]', fact_id, 'v1', matter_id || ' document-shared 0 document:D' || i || '-' || n, now(), now() from waiting;
     insert into messages (firm_id, id, notice_id, matter_id, client_id, contact_point_id, connection_id, channel, address,
         purpose, urgent, template_key, template_version, language, body, salt, segments, state, reason, due_at, cause, created_at, digest_id)
       select '${firmId}', message_id, notice_id, matter_id, client_id, point_id, '${carrier}', 'sms', address, 'status', false,
         'document-shared', 1, 'en', 'A document is ready for you, ' || name, '\\x00', 1, 'held', 'waits for the digest updates',
         '9999-01-01T00:00:00Z', matter_id || ' document-shared 0 document:D' || i || '-' || n || ' sms ' || address, now(), digest_id
       from waiting;
     drop table waiting;`,
  )
  for (const table of ['digests', 'facts', 'events', 'notices', 'messages', 'open_messages'])
    await admin.query(`vacuum analyze ${table}`)
}

/** From the moment at which all windows end until each digest is a message that is queued, or has left. */
export async function digesting(
  app: App,
  { admin }: Cluster,
  clients: number,
  each: number,
  idleMb: number,
): Promise<Digesting> {
  const stopWatching = watchMemory(app.pid)
  const began = performance.now()
  await admin.query('update digests set due_at = now()')
  const open = async () =>
    (await admin.query<{ n: number }>(`select count(*)::int as n from digests where state = 'open'`)).rows[0]!
      .n
  await until('all digests to end', 600_000, async () => (await open()) === 0, 200)
  const seconds = (performance.now() - began) / 1000
  const { rows } = await admin.query<{ made: number; said: number }>(
    `select (select count(*) from messages where carries is not null)::int as made,
       (select count(*) from messages where state = 'cancelled' and reason = 'in a digest')::int as said`,
  )
  const { made, said } = rows[0]!
  if (made !== clients || said !== clients * each)
    throw new Error(`the digests are wrong: ${made} of ${clients}, with ${said} items`)
  return {
    clients,
    items: said,
    seconds: round(seconds),
    idleMb: round(idleMb),
    rssMb: round(stopWatching()),
  }
}
