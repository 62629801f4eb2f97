/** Ethical walls from the catalog: a new table says how it hides a closed matter, or why it holds nothing of one. */
import { expect, it } from 'vitest'
import { tablesOf } from '../support/catalog.ts'
import { testDatabase } from '../support/database.ts'

/** Tables that show somebody behind a wall the same as everybody. */
const OPEN: Readonly<Record<string, string>> = {
  alert_deliveries: 'whether operators were told; names ids of alerts only',
  alerts: 'what operators are paged for: causes, counts and ids, never words or names of a matter',
  api_keys: 'keys of the firm',
  audit_batches: 'hashes over the record',
  audit_checks: 'when the record was looked over, up to which batch, and what was wrong with its hashes',
  cms_audits: 'when the CMS was audited, and totals of the whole firm',
  cms_consents: 'links by which a person lets us into a CMS',
  cms_gates: 'the rate limit of a CMS',
  cms_streams: 'how far the lists of a CMS have been read',
  cms_tokens: 'encrypted tokens of a CMS',
  cms_turns: 'whose turn it is to ask a CMS',
  cms_write_looks: 'how far written-back messages have been looked for',
  config_heads: 'the firm’s configuration',
  config_versions: 'the firm’s configuration',
  connection_buckets: 'rate limits',
  connections: 'the firm’s connections',
  deployment: 'the database itself',
  firms: 'the firm’s name and key',
  heartbeats: 'when lanes last moved',
  hook_subscriptions: 'webhooks that were made at a CMS',
  inbound_keys: 'hashes and ids by which a repeated webhook is known; no route shows them',
  migrations: 'which migrations have run',
  outages: 'from when to when nothing ran, and ids of reminders; no route shows them',
  payload_shapes: 'hashes of the shapes of webhooks',
  reminder_books: 'a hash of the plans',
  secrets: 'encrypted secrets',
  staff: 'who works at the firm',
}

it('every table hides what is of a closed matter, or says why it has nothing of one', async () => {
  const test = await testDatabase()
  const { rows } = await test.adminPool.query<{ name: string; walled: boolean; open: string }>(`
    select c.relname as name, p.polname is not null as walled, pg_get_expr(p.polqual, p.polrelid) as open
    from pg_class c left join pg_policy p on p.polrelid = c.oid and p.polname = 'matter_wall'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`)
  expect(rows.filter((r) => !r.walled && !(r.name in OPEN)).map((r) => r.name)).toEqual([])
  expect(rows.filter((r) => r.walled && r.name in OPEN).map((r) => r.name)).toEqual([])
  const names = rows.map((r) => r.name)
  for (const [name, why] of Object.entries(OPEN)) {
    expect(names).toContain(name)
    expect(why.length).toBeGreaterThan(10)
  }
  // Who names a matter or a client names it in a column that the policy reads.
  for (const { name, columns } of await tablesOf(test.adminPool)) {
    if (!columns.some((c) => /^(matter|client)_ids?$/.test(c.name))) continue
    const { open } = rows.find((r) => r.name === name)!
    expect({ name, open }).toEqual({ name, open: expect.stringMatching(/matter_id|client_id/) })
  }
})

it('what is asked of many subjects at once names the kinds that are asked of one', async () => {
  const test = await testDatabase()
  const { rows } = await test.adminPool.query<{ name: string; text: string }>(
    "select proname as name, prosrc as text from pg_proc where proname in ('subject_open', 'open_subjects')",
  )
  const kinds = (name: string) => {
    const { text } = rows.find((row) => row.name === name)!
    const tables = [...text.matchAll(/'(\w+)'\s+then exists \(select from (\w+)/g)].map(([, kind, table]) => [
      kind,
      table,
    ])
    const joined = [
      ...text.matchAll(
        /(?:join (\w+) t [^\n]*)?where asked\.kind = '(\w+)'(?: and exists \(select from (\w+))?/g,
      ),
    ].map(([, table, kind, looked]) => [kind, table ?? looked])
    const harmless = /in \(('firm'[^)]*)\)/.exec(text)![1]!
    return { tables: [...tables, ...joined].sort(), harmless }
  }
  const many = kinds('open_subjects')
  expect(many.tables.length).toBeGreaterThan(8)
  expect(many).toEqual(kinds('subject_open'))
})
