/** Examples of what a firm has set up: what is said and when, and what is kept. */
import { about, at, connection, dana, discovery, ids, phone } from './people.ts'
import type { Examples } from './types.ts'

const edited = {
  edition: 3,
  changedAt: at.monthBefore,
  changedBy: dana,
  origin: 'console',
  reason: 'Clients asked what "matter" means.',
}
const summary = {
  key: 'status-update',
  describe: 'Where the case stands',
  languages: ['en', 'es'],
  channels: ['sms'],
  ...edited,
  ahead: true,
  usedBy: ['rule status-update'],
  missing: [],
}
const body = {
  key: 'status-update',
  languages: {
    en: { sms: 'Hello {{ client.first_name }}, your case is now {{ matter.state.words }}.' },
    es: { sms: 'Hola, {{ client.first_name }}: su caso está {{ matter.state.words }}.' },
  },
}
const yaml =
  'key: status-update\non: matter.status_changed\nthen:\n  - tell: client\n    template: status-update\n'
const sentence = {
  en: 'When the status of a matter changes, tell the client “status-update”.',
  es: 'Cuando cambia el estado de un asunto, decir «status-update» al cliente.',
}
const rule = {
  key: 'status-update',
  describe: null,
  on: 'matter.status_changed',
  off: false,
  sentence,
  yaml,
  templates: ['status-update'],
  ...edited,
  ahead: true,
}
const hold = {
  id: ids.hold,
  scope: 'matter',
  targetId: ids.matter,
  target: about.matter,
  reason: 'litigation',
  placedBy: dana,
  placedAt: at.later,
  releasedAt: null,
  releasedBy: null,
  releaseReason: null,
}
const said = {
  channel: 'sms',
  template: 'status-update',
  address: phone,
  language: 'en',
  subject: null,
  text: 'Hello Maria, your case is now exchanging evidence with the other side.',
  urgent: false,
  held: null,
}

/** Of the firm's one rule of retention, 24 months for what was said of a status. */
export const oldEnough = {
  rule: 'status',
  months: 24,
  before: '2024-10-15T04:00:00Z',
  messages: 310,
  texts: 0,
  webhooks: 0,
  onHold: 12,
  stillNeeded: 1,
}

export const firmExamples: Examples = {
  'get /states': {
    answer: {
      version: 4,
      states: [
        {
          key: 'discovery',
          words: discovery.words,
          initial: false,
          next: ['mediation'],
          raw: ['Discovery'],
          matters: 112,
        },
      ],
      unknown: [
        {
          raw: 'Discovry',
          connection,
          count: 1,
          firstAt: at.came,
          lastAt: at.came,
          suggestions: [{ state: 'discovery', raw: 'Discovery', similarity: 0.6 }],
          quarantined: [ids.quarantine],
        },
      ],
      withoutState: 1,
    },
  },
  'post /states/map': {
    body: { raw: 'Discovry', state: 'discovery' },
    answer: { raw: 'Discovry', state: 'discovery', version: 5, changed: true },
  },
  'get /templates': {
    answer: { items: [summary], variables: [{ path: 'client.first_name', words: null }] },
  },
  'get /templates/rates': {
    query: { days: 30 },
    answer: {
      from: at.monthBefore,
      to: at.later,
      items: [
        {
          key: 'status-update',
          sent: 412,
          delivered: 405,
          failed: 7,
          mails: 120,
          opened: 74,
          clicked: 11,
          replied: 18,
          hardlyOpened: false,
        },
      ],
    },
  },
  'get /templates/{key}': {
    params: { key: 'status-update' },
    answer: {
      ...summary,
      body,
      variables: [{ path: 'client.first_name', words: 'what the client is called by' }],
      warnings: [],
    },
  },
  'get /templates/{key}/history': {
    params: { key: 'status-update' },
    answer: { items: [{ ...edited, body }] },
  },
  'post /templates/{key}/preview': {
    params: { key: 'status-update' },
    body: { body, matter: about.matter },
    answer: {
      problems: [],
      warnings: [],
      matter: { id: ids.matter, name: 'Santos v. Acme Logistics' },
      messages: [
        {
          language: 'en',
          channel: 'sms',
          rule: 'status-update',
          subject: null,
          text: said.text,
          content: null,
          segments: 1,
          problems: [],
        },
      ],
    },
  },
  'put /templates/{key}': {
    params: { key: 'status-update' },
    body: { body, basedOn: 2, reason: edited.reason },
    answer: { key: 'status-update', edition: 3, revision: 13, changed: true, warnings: [] },
  },
  'put /templates/{key}/removal': {
    params: { key: 'status-update' },
    body: { basedOn: 3, reason: 'Nobody says it any more.' },
    answer: { key: 'status-update', edition: 4, revision: 14 },
  },
  'get /rules': {
    answer: {
      items: [rule],
      vocabulary: {
        states: [{ key: 'discovery', words: discovery.words.en }],
        templates: [{ key: 'status-update', describe: summary.describe, variables: ['client.first_name'] }],
        events: ['matter.status_changed'],
        digests: [],
      },
    },
  },
  'get /rules/{key}': { params: { key: 'status-update' }, answer: rule },
  'get /rules/{key}/history': { params: { key: 'status-update' }, answer: { items: [{ ...edited, yaml }] } },
  'post /rules/{key}/check': {
    params: { key: 'status-update' },
    body: { yaml },
    answer: { problems: [], warnings: [], sentence },
  },
  'post /rules/{key}/trial': {
    params: { key: 'status-update' },
    body: { yaml, limit: 1 },
    answer: {
      edition: 3,
      since: at.monthBefore,
      items: [
        {
          difference: 'sent',
          event: { id: ids.event, type: 'matter.status_changed', occurredAt: at.came },
          matter: { id: ids.matter, number: about.matter, title: 'Santos v. Acme Logistics' },
          client: { id: ids.client, name: about.client },
          before: null,
          after: said,
          why: { outcome: 'no', reason: null },
          message: null,
          standIns: [],
        },
      ],
      totals: { sent: 1, unsent: 0, changed: 0, same: 14, problem: 0 },
      looked: 15,
      passedOver: 0,
      lookedUntil: at.came,
      next: ids.event,
    },
  },
  'put /rules/{key}': {
    params: { key: 'status-update' },
    body: { yaml, basedOn: 2, reason: 'Tell every step.' },
    answer: { key: 'status-update', edition: 3, revision: 13, changed: true, warnings: [] },
  },
  'put /rules/{key}/removal': {
    params: { key: 'status-update' },
    body: { basedOn: 3, reason: 'The firm writes these by hand.' },
    answer: { key: 'status-update', edition: 4, revision: 14 },
  },
  'get /holds': { query: { state: 'live' }, answer: { items: [hold], next: null } },
  'post /holds': { body: { scope: 'matter', target: about.matter, reason: 'litigation' }, answer: hold },
  'post /holds/{id}/release': {
    params: { id: ids.hold },
    body: { reason: 'settled' },
    answer: { ...hold, releasedAt: at.dayAfter, releasedBy: dana, releaseReason: 'settled' },
  },
  'get /retention': { answer: { items: [oldEnough] } },
}
