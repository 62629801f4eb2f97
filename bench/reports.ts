/** Reports over a firm with a million messages of two years, asked over HTTP as the console does. */
import type pg from 'pg'
import type { App } from './deployment.ts'
import { median, round } from './measure.ts'
import type { FirmIds } from './people.ts'

const chunk = 20_000

/** $1 firm, $2 CMS, $3 carrier, $4 first number, $5 last, $6 how many there will be. */
const rows = `
  create temp table h on commit drop as
    select i, now() - interval '2 years' * (1 - i::float8 / $6) - interval '1 minute' as at, w.matter_id, w.client_id, w.point_id,
      w.address, uuidv7() as event_id, uuidv7() as notice_id, uuidv7() as message_id,
      (array['status-update', 'date-reminder', 'document-shared', 'invoice', 'welcome', 'discovery', 'offer', 'closing'])[1 + i % 8] as template,
      (array['status', 'reminder', 'status', 'billing', 'intake', 'status', 'status', 'status'])[1 + i % 8] as purpose,
      case when i % 3 = 0 then 'email' else 'sms' end as channel,
      case when i % 50 = 0 then 'undelivered' when i % 77 = 0 then 'dead' when i % 13 = 0 then 'sent' when i % 31 = 0 then 'cancelled'
        else 'delivered' end as state
    from generate_series($4, $5) i join whose w on w.n = i % (select count(*) from whose);
  insert into events (firm_id, id, delivery_id, connection_id, type, matter_id, client_id, subject, occurred_at, recorded_at, data, outcome)
    select $1, event_id, uuidv7(), $2, case when purpose = 'status' then 'matter.status_changed' else 'document.filed' end,
      matter_id, client_id, 'entry:' || i, at - interval '4 s', at, '{"from":"intake","to":"discovery","raw":"Discovery"}', 'decided' from h;
  insert into notices (firm_id, id, event_id, matter_id, client_id, rule_key, rule_version, action, purpose, urgency,
      template_key, state, gates, cause, created_at, updated_at)
    select $1, notice_id, event_id, matter_id, client_id, template, 1, 0, purpose, 'normal', template, 'messaged', '[]',
      'n' || i, at, at from h;
  insert into messages (firm_id, id, notice_id, matter_id, client_id, contact_point_id, connection_id, channel, address,
      purpose, urgent, template_key, template_version, language, body, salt, segments, state, due_at, attempt_count,
      sent_at, settled_at, opened_at, replied_at, cause, created_at)
    select $1, message_id, notice_id, matter_id, client_id, point_id, $3, channel, address, purpose, false, template, 1, 'en',
      'Your case has moved on: both sides now exchange documents and answers. We will write again when there is more.', '\\x0011223344556677',
      1, state, at, 1, at + interval '1 s' * (i % 90), at + interval '1 s' * (i % 90 + 4),
      case when channel = 'email' and i % 2 = 0 then at end, case when channel = 'sms' and i % 9 = 0 then at end,
      'm' || i, at from h;
  insert into incoming_texts (firm_id, id, connection_id, provider_message_id, from_address, to_address, body, meaning, client_ids, matter_ids, received_at)
    select $1, uuidv7(), $3, 'T' || i, address, '+12015550100', 'Any news?', 'text', array[client_id], array[matter_id], at + interval '2 days' from h where i % 20 = 0;
  insert into tasks (firm_id, id, kind, title, matter_id, client_id, state, cause, created_at, done_at)
    select $1, uuidv7(), 'incoming_text', 'A client wrote by text', matter_id, client_id, 'done', 't' || i, at, at + interval '1 s' * (i % 9000) from h where i % 20 = 0`

/** @param count messages, each with its event and its notice; every twentieth answered by a text and a task */
export async function makeReported(admin: pg.Client, ids: FirmIds, count: number): Promise<void> {
  const { firmId, cms, carrier } = ids
  const inject = (values: readonly (string | number)[]) =>
    // Several statements at once take no parameters; these are our own ids and numbers.
    rows.replace(/\$(\d)/g, (_, n) => {
      const value = values[Number(n) - 1]!
      return typeof value === 'number' ? String(value) : `'${value}'::uuid`
    })
  await admin.query(`set session_replication_role = replica; set synchronous_commit = off;
    create temp table whose as
      select row_number() over (order by m.external_id) - 1 as n, m.id as matter_id, m.client_id, p.id as point_id, p.address
      from matters m join contact_points p on p.client_id = m.client_id and p.channel = 'sms' where m.firm_id = '${firmId}';
    create unique index on whose (n); analyze whose`)
  for (let first = 0; first < count; first += chunk) {
    const last = Math.min(first + chunk, count) - 1
    await admin.query(`begin; ${inject([firmId, cms, carrier, first, last, count])}; commit`)
  }
  await admin.query('drop table whose; reset session_replication_role; reset synchronous_commit')
  await admin.query('vacuum analyze')
  await admin.query('checkpoint')
}

export interface ReportTimes {
  /** Messages of the last 30 days. */
  messages: number
  /** Milliseconds, from the question to the last byte of the answer: the median, after two that are not counted. */
  ms: Record<'month' | 'template' | 'practiceArea' | 'year' | 'csv' | 'questions' | 'responses', number>
}

export async function reportTimes(app: App, key: string, times: number): Promise<ReportTimes> {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
  const paths = {
    month: 'messages',
    template: 'messages?template=invoice',
    practiceArea: 'messages?practiceArea=Personal%20Injury',
    year: `messages?from=${day(364)}`,
    csv: 'messages.csv',
    questions: 'questions',
    responses: 'response-times',
  } as const
  const ask = async (path: string) => {
    const began = performance.now()
    const answer = await fetch(`${app.url}/api/v1/reports/${path}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`reports: ${answer.status} ${text.slice(0, 200)}`)
    return { ms: performance.now() - began, text }
  }
  const found = {} as ReportTimes['ms']
  let messages = 0
  for (const [name, path] of Object.entries(paths) as [keyof typeof paths, string][]) {
    for (let i = 0; i < 2; i++) await ask(path)
    const took: number[] = []
    for (let i = 0; i < times; i++) {
      const { ms, text } = await ask(path)
      took.push(ms)
      if (name === 'month') messages = JSON.parse(text).total.messages
    }
    found[name] = round(median(took))
  }
  if (messages === 0) throw new Error('reports: the last 30 days have no messages')
  return { messages, ms: found }
}
