/** Examples of settings that people edit in forms, and of the test of a connection. */
import { oldEnough } from './firm.ts'
import { at, connection, dana, firmName, person } from './people.ts'
import type { Examples } from './types.ts'

const edition = {
  edition: 3,
  changedAt: at.monthBefore,
  changedBy: dana,
  origin: 'console',
  reason: 'Clients called about texts in the evening.',
}
const hours = {
  timeZone: person.timeZone,
  quietHours: { from: '20:00', until: '08:00', mail: false, urgent: 'wait', spread: 'PT10M' },
  cap: { perDay: 3, digest: 'updates' },
}
const later = { ...hours, quietHours: { ...hours.quietHours, from: '21:00' } }
const months = {
  status: 24,
  reminder: null,
  conversation: null,
  billing: null,
  intake: null,
  marketing: null,
  webhooks: null,
}
const shorter = { ...months, status: 12 }
const published = { edition: 4, revision: 14, changed: true, touched: 43 }

export const settingsExamples: Examples = {
  'get /settings/hours': {
    answer: {
      ...edition,
      ahead: true,
      hours,
      digests: ['updates'],
      law: [
        {
          key: 'us-federal',
          where: 'US',
          describe: 'Not before 8 a.m. or after 9 p.m. where the person called is.',
          channels: ['sms'],
          purposes: null,
          allowed: [{ days: null, from: '08:00', until: '21:00' }],
          urgent: 'wait',
          source: '47 CFR 64.1200(c)(1)',
          asOf: '2026-09-01',
        },
      ],
      plans: [
        { key: 'court-date', edition: 1, daysOff: null },
        { key: 'office-meeting', edition: 1, daysOff: { country: 'US', state: null } },
      ],
      waiting: 31,
    },
  },
  'post /settings/hours/preview': {
    body: { hours: later },
    answer: { problems: [], waiting: 31, atOnce: 6, sooner: 0, later: 0, same: 25 },
  },
  'put /settings/hours': {
    body: { hours: later, basedOn: 3, reason: 'Who works late reads them in the evening.' },
    answer: published,
  },
  'put /settings/days-off/{plan}': {
    params: { plan: 'office-meeting' },
    body: {
      daysOff: { country: 'US', state: 'NY' },
      basedOn: 1,
      reason: 'The office keeps the holidays of New York.',
    },
    answer: { ...published, edition: 2 },
  },
  'get /settings/history': {
    answer: {
      items: [
        { ...edition, hours, months, signIn: { secondFactor: true, only: false } },
        {
          edition: 1,
          changedAt: '2026-09-07T14:20:00Z',
          changedBy: 'cli:root',
          origin: 'git',
          reason: null,
          hours: later,
          months,
          signIn: { secondFactor: false, only: false },
        },
      ],
    },
  },
  'get /settings/sign-in': {
    answer: { ...edition, ahead: true, rules: { secondFactor: true, only: false }, own: 'Microsoft 365' },
  },
  'put /settings/sign-in': {
    body: {
      rules: { secondFactor: true, only: true },
      basedOn: 3,
      reason: 'Who leaves the firm is shut out in one place.',
    },
    answer: published,
  },
  'get /settings/retention': {
    answer: {
      ...edition,
      ahead: true,
      months,
      now: [oldEnough],
      soon: [{ ...oldEnough, before: '2024-11-14T05:00:00Z', messages: 342 }],
    },
  },
  'post /settings/retention/preview': {
    body: { months: shorter },
    answer: {
      problems: [],
      shorter: true,
      items: [{ ...oldEnough, months: 12, before: '2025-10-15T04:00:00Z', messages: 4120, onHold: 57 }],
      gone: { messages: 4120 - oldEnough.messages, texts: 0, webhooks: 0 },
    },
  },
  'put /settings/retention': {
    body: {
      months: shorter,
      basedOn: 3,
      reason: 'A year is what our insurer asks for.',
      confirm: firmName,
    },
    answer: published,
  },
  'post /connections/{key}/test': {
    params: { key: connection },
    answer: {
      key: connection,
      at: at.later,
      verdict: 'works',
      findings: [
        { what: 'reach', status: 'ok', detail: 'clio answers', todo: null },
        { what: 'webhooks', status: 'ok', detail: 'clio: one secret in use', todo: null },
      ],
    },
  },
}
