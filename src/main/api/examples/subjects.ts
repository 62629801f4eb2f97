/** Examples of the pages of a client and a matter, and of a message that somebody writes by hand. */
import {
  about,
  at,
  dana,
  danaMail,
  discovery,
  ids,
  pause,
  person,
  phone,
  tracedClient,
  tracedMatter,
} from './people.ts'
import { message } from './trace.ts'
import type { Examples } from './types.ts'

const inMatter = { matterId: ids.matter, matter: about.matter }
const starts = '2026-10-29T14:00:00Z'
const matter = { ...tracedMatter, stateWords: discovery.words.en, type: 'Personal Injury' }
const client = { ...tracedClient, type: 'Person' }

/** The day after that of the other examples; the pause of her client holds what is to come. */
const page = {
  zone: person.timeZone,
  at: at.dayAfter,
  pauses: [{ ...pause, name: about.client }],
  holds: [],
  tasks: [],
  deadLetters: [],
  held: [],
  quarantine: [],
  reminders: [
    {
      id: ids.reminder,
      ...inMatter,
      plan: 'court-date',
      step: 'week-before',
      template: 'date-reminder',
      what: 'Hearing on the motion to compel',
      startsAt: starts,
      dueAt: '2026-10-22T14:00:00Z',
      zone: person.timeZone,
      zoneOf: 'client',
      state: 'planned',
      reason: null,
      audience: 'client',
      channels: [
        { channel: 'sms', address: phone, verdict: 'hold', reason: 'client paused' },
        { channel: 'email', address: null, verdict: 'suppress', reason: 'prefers sms' },
      ],
    },
  ],
  dates: [
    {
      id: ids.hearing,
      ...inMatter,
      what: 'Hearing on the motion to compel',
      where: 'Courtroom 7B',
      startsAt: starts,
      allDayOn: null,
      removedAt: null,
      observedAt: at.came,
    },
    {
      id: ids.appointment,
      ...inMatter,
      what: 'Deposition',
      where: null,
      startsAt: at.monthBefore,
      allDayOn: null,
      removedAt: null,
      observedAt: at.monthBefore,
    },
  ],
  cut: [],
}

const act = {
  kind: 'act',
  id: '0000000000000088213',
  at: at.later,
  matterId: null,
  matter: null,
  action: 'pause.begun',
  who: dana,
  reason: pause.reason,
}
const change = {
  kind: 'state',
  id: ids.event,
  at: at.decided,
  ...inMatter,
  raw: 'Discovery',
  from: 'complaint_filed',
  to: 'discovery',
  outcome: 'decided',
}
const said = {
  kind: 'message',
  id: ids.message,
  at: at.decided,
  ...inMatter,
  channel: 'sms',
  address: phone,
  template: message.template,
  language: message.language,
  purpose: message.purpose,
  subject: null,
  body: message.body,
  wordsDeleted: null,
  state: message.state,
  reason: null,
  dueAt: message.dueAt,
  sentAt: message.sentAt,
  settledAt: message.settledAt,
  openedAt: null,
  machineOpenedAt: null,
  clickedAt: null,
  repliedAt: null,
  failure: null,
  digest: null,
  written: null,
}
const asked = {
  kind: 'text',
  id: ids.text,
  at: '2026-10-12T20:14:07Z',
  ...inMatter,
  from: phone,
  body: 'Any news in my case?',
  wordsDeleted: null,
  meaning: 'text',
  media: 0,
}

const whom = { id: ids.client, name: about.client }
const typed = { topic: 'your medical records' }
/** What was looked at, as the preview names it. */
const mark = '6f1e0c4b8a7d6e5f4031223344556677'
const passed = (gate: string, reason: string | null = null) => ({
  gate,
  verdict: 'pass',
  reason,
  until: null,
  override: null,
})

export const subjectExamples: Examples = {
  'get /clients/{id}': {
    params: { id: ids.client },
    answer: { client: { ...client, facts: [] }, matters: [{ ...matter, paused: false }], ...page },
  },
  'get /matters/{id}': {
    params: { id: ids.matter },
    answer: {
      matter: {
        ...matter,
        pausedInCms: false,
        goneSince: null,
        people: [{ role: 'attorney', name: dana, mail: danaMail }],
        facts: [{ name: 'open_date', value: '2026-03-02' }],
      },
      client: tracedClient,
      states: [
        {
          eventId: ids.event,
          at: at.decided,
          raw: 'Discovery',
          from: 'complaint_filed',
          to: 'discovery',
          outcome: 'decided',
          mapped: { by: dana, at: at.monthBefore, edition: 4, reason: null },
        },
      ],
      ...page,
    },
  },
  'get /clients/{id}/timeline': {
    params: { id: ids.client },
    query: { limit: 3 },
    answer: { items: [act, change, said], next: `${at.decided}~message:${ids.message}` },
  },
  'get /matters/{id}/timeline': {
    params: { id: ids.matter },
    query: { limit: 50 },
    answer: { items: [change, said, asked], next: null },
  },
  'get /matters/{id}/templates': {
    params: { id: ids.matter },
    answer: {
      items: [
        {
          key: 'please-call',
          describe: 'Asks a client to call about something, said in a few words.',
          purpose: 'status',
          variables: [
            { path: 'topic', words: 'What it is about, as it goes on after "about": your medical records' },
          ],
          channels: [
            { channel: 'sms', lacks: [] },
            { channel: 'email', lacks: [] },
          ],
        },
      ],
      client: whom,
      language: 'en',
      preference: tracedClient.preference,
      mayOverride: true,
    },
  },
  'post /matters/{id}/messages/preview': {
    params: { id: ids.matter },
    body: { template: 'please-call', channel: 'sms', typed },
    answer: {
      verdict: 'goes',
      reason: null,
      until: null,
      client: whom,
      language: 'en',
      channel: 'sms',
      address: phone,
      subject: null,
      text: 'Maria, Harbor & Pike here: please call us at (212) 555-0100 about your medical records.',
      content: null,
      segments: 1,
      problems: [],
      gates: [
        passed('paused'),
        passed('opted_out'),
        passed('preference'),
        passed('contact_point'),
        passed('already_said'),
        passed('quiet_hours', `client's zone ${person.timeZone}`),
        passed('digest'),
      ],
      saidLast: null,
      mark,
    },
  },
  'post /matters/{id}/messages': {
    params: { id: ids.matter },
    body: {
      key: '3f0c9a52-7d1e-4b8a-9c46-2e5d7f1a0b93',
      template: 'please-call',
      channel: 'sms',
      typed,
      mark,
    },
    answer: {
      messageId: ids.written,
      state: 'queued',
      reason: null,
      dueAt: at.dayAfter,
      readsFirst: false,
      repeated: false,
    },
  },
}
