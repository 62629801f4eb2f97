/** Forty kinds of dirt over HTTP: the sandbox knows what it planted, the audit knows nothing of it. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditCmsCommand } from '../../src/main/commands/audit-cms.ts'
import type { AuditReport } from '../../src/modules/cms-audit/index.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.control('PUT', '/_sandbox/cms/settings', { rateLimit: null })
})
afterAll(() => world.close())

const connection = 'harbor-pike-clio'

async function audit(options: object = {}, of = world): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const code = await auditCmsCommand(
    {
      ...of.runtime,
      by: 'test',
      terminal: { out: (text) => (out += text), err: (text) => (err += text), colour: false },
    },
    connection,
    { wait: () => Promise.resolve(), ...options },
  )
  return { code, out, err }
}

async function report(options: object = {}): Promise<AuditReport> {
  const { code, out, err } = await audit({ json: true, ...options })
  expect(err).toBe('')
  expect(code).toBe(0)
  return JSON.parse(out) as AuditReport
}

const subjects: Record<string, string> = { contact: 'client', calendar_entry: 'appointment' }

/** What of an audit may count as having found a kind of dirt. */
const found: Record<string, string[]> = {
  'mail-domain-misspelt': ['mail_typo'],
  'mail-ending-misspelt': ['mail_typo'],
  'mail-two-in-one': ['mail_unusable'],
  'mail-trailing-dot': ['mail_unusable'],
  'phone-landline-as-mobile': ['phone_landline'],
  'phone-too-short': ['phone_unusable'],
  'phone-with-letters': ['phone_unusable'],
  'phone-fax-as-mobile': ['phone_fax'],
  'phone-placeholder': ['phone_placeholder'],
  'phone-shared': ['phone_shared'],
  'phone-in-name': ['phone_in_name'],
  'name-last-first': ['name_order'],
  'name-in-capitals': ['name_shouting'],
  'name-placeholder': ['name_placeholder'],
  'name-of-a-company': ['name_company'],
  'name-with-emoji': ['name_characters'],
  'name-damaged': ['name_mojibake'],
  'client-twice': ['client_twice'],
  'client-nearly-twice': ['client_nearly_twice'],
  'client-unreachable': ['client_unreachable'],
  'preference-without-means': ['preference_unmet'],
  'time-zone-in-words': ['zone_unknown', 'zone_fixed'],
  'language-unknown': ['language_unknown'],
  'pause-in-words': ['pause_unclear'],
  'status-free-text': ['status_unknown'],
  'status-contradicts-stage': ['status_contradicts'],
  'stage-missing': ['stage_missing'],
  'date-past-century': ['date_past_century'],
  'date-year-mistyped': ['date_far_ahead'],
  'ends-before-it-begins': ['ends_before_it_begins'],
  'hearing-all-day': ['all_day_hearing'],
  'statute-passed': ['statute_passed'],
  'statute-missing': ['statute_missing'],
  'client-missing': ['client_missing'],
  'attorney-missing': ['attorney_missing'],
  'attorney-inactive': ['attorney_inactive'],
  'bill-negative': ['amount_negative'],
  'bill-paid-without-amount': ['paid_without_payment'],
  'document-nameless': ['document_nameless'],
  'appointment-orphaned': ['appointment_orphaned'],
}

describe('forty kinds of dirt', () => {
  it('are found in all records that have them, and in the clean twin nothing is', async () => {
    await world.control('POST', '/_sandbox/cms/dirt/twin', {
      matters: 90,
      clients: 80,
      seed: 4,
      alone: true,
    })
    const clean = await report()
    expect(clean.trouble.map(({ kind, examples }) => [kind, examples[0]])).toEqual([])
    expect(clean.differences).toEqual([])

    const { data } = (await world.control('POST', '/_sandbox/cms/dirt', {
      matters: 90,
      clients: 80,
      seed: 4,
      alone: true,
    })) as { data: { kind: string; model: string; id: string | number }[] }
    expect(new Set(data.map(({ kind }) => kind)).size).toBe(40)
    const dirty = await report()
    const seen = new Set(
      dirty.trouble.flatMap(({ kind, subject, examples }) =>
        examples.map(({ externalId }) => `${kind} ${subject} ${externalId}`),
      ),
    )
    const missed = data.filter(
      ({ kind, model, id }) =>
        !found[kind]!.some((one) => seen.has(`${one} ${subjects[model] ?? model} ${id}`)),
    )
    expect(missed).toEqual([])
    // And nothing of what lies around it.
    const planted = new Set(data.map(({ model, id }) => `${subjects[model] ?? model} ${id}`))
    const alarms = [...seen].filter((one) => !planted.has(one.slice(one.indexOf(' ') + 1)))
    expect(alarms).toEqual([])
  })
})
