/** Examples of the day's work. */
import { about, at, connection, dana, discovery, ids, pause, person, phone } from './people.ts'
import type { Examples } from './types.ts'

const none = { count: 0, more: false }
const held = {
  kind: 'message',
  id: ids.message,
  since: at.decided,
  reason: 'client paused',
  until: null,
  rule: 'status-update',
  template: 'status-update',
  channel: 'sms',
  address: phone,
  ...person,
  matter: about.matter,
  matterId: ids.matter,
}

const deadLetters = {
  items: [
    {
      id: ids.letter,
      attemptNumber: 1,
      cause: 'refused',
      code: '30006',
      detail: 'landline or unreachable carrier',
      state: 'open',
      openedAt: at.sent,
      resolvedAt: null,
      resolvedBy: null,
      resolution: null,
      messageId: ids.message,
      channel: 'sms',
      address: phone,
      template: 'status-update',
      ...person,
      matter: about.matter,
      matterId: ids.matter,
    },
  ],
  next: ids.letter,
}

const quarantine = {
  items: [
    {
      id: ids.quarantine,
      deliveryId: ids.delivery,
      connection,
      kind: 'unknown_status',
      rawStatus: 'Discovry',
      detail: {
        matter: '21001',
        suggestions: [{ state: 'discovery', raw: 'Discovery', similarity: 0.6 }],
      },
      state: 'open',
      at: at.came,
      resolvedAt: null,
      resolvedBy: null,
      ...about,
      suggestions: [{ state: discovery, raw: 'Discovery', similarity: 0.6 }],
    },
  ],
  next: null,
}

const tasks = {
  items: [
    {
      id: ids.task,
      kind: 'forbidden_transition',
      title: 'Matter 2026-0117: "Intake" does not follow "Discovery"',
      detail: 'The CMS moved it to "Intake". The client was not told.',
      ...about,
      assignee: 'staff',
      dueAt: null,
      state: 'open',
      createdAt: at.decided,
      doneAt: null,
      doneBy: null,
      matterState: discovery,
    },
  ],
  next: null,
}

const events = {
  items: [
    {
      id: ids.event,
      type: 'document.filed',
      connection,
      matterId: ids.matter,
      matter: about.matter,
      occurredAt: at.came,
      recordedAt: at.decided,
      data: { name: 'Answer to the complaint' },
    },
  ],
  next: null,
}

const quality = {
  items: [
    {
      id: ids.quality,
      connection,
      kind: 'phone_unusable',
      title: 'The phone number can not be used',
      advice: 'Correct it here or in the CMS.',
      subject: 'client',
      externalId: '11001',
      field: 'phone',
      value: '212 555 01',
      reason: 'is too short',
      suggestion: null,
      link: 'https://app.clio.com/nc/#/contacts/11001',
      clientId: ids.client,
      client: about.client,
      state: 'open',
      firstSeenAt: at.monthBefore,
      lastSeenAt: at.came,
      resolvedAt: null,
      resolvedBy: null,
      resolution: null,
    },
  ],
  next: null,
}

export const workExamples: Examples = {
  'get /counts': {
    answer: {
      deadLetters: { count: 3, more: false },
      held: { count: 1000, more: true },
      tasks: { count: 12, more: false },
      quarantine: { count: 1, more: false },
      quality: { count: 41, more: false },
      events: none,
      pauses: { count: 1, more: false },
      holds: none,
    },
  },
  'get /today': {
    query: { limit: 1 },
    answer: { deadLetters, tasks, quarantine, held: { items: [held], next: null }, quality, events },
  },
  'get /messages': {
    query: { limit: 1 },
    answer: {
      items: [
        {
          id: ids.message,
          at: at.decided,
          channel: 'sms',
          address: phone,
          template: 'status-update',
          state: 'delivered',
          reason: null,
          dueAt: at.decided,
          sentAt: at.sent,
          settledAt: at.arrived,
          openedAt: null,
          machineOpenedAt: null,
          clickedAt: null,
          repliedAt: at.later,
          ...about,
          timeZone: person.timeZone,
        },
      ],
      next: ids.message,
    },
  },
  'get /pauses': { answer: { items: [{ ...pause, name: about.client }] } },
  'post /pauses': {
    body: { scope: 'client', target: '(212) 555-0142', reason: 'settlement talks' },
    answer: { pause, name: about.client, stopped: 2, underWay: 0 },
  },
  'post /pauses/resume': {
    body: { scope: 'client', target: ids.client },
    answer: {
      name: about.client,
      lifted: 1,
      held: { notices: 0, messages: 1, items: [held] },
      queued: 0,
      stillPaused: [],
      pausedInCms: false,
    },
  },
  'post /messages/{id}/withdraw': {
    params: { id: ids.message },
    body: { reason: 'settled on the phone meanwhile' },
    answer: { id: ids.message },
  },
  'get /held': { query: { client: about.client }, answer: { items: [held], next: null } },
  'get /dead-letters': { query: { limit: 1 }, answer: deadLetters },
  'post /dead-letters/replay': {
    body: { ids: [ids.letter] },
    answer: { replayed: [ids.letter], notOpen: [] },
  },
  'post /dead-letters/{id}/close': {
    params: { id: ids.letter },
    body: { how: 'called her and spoke in person' },
    answer: { id: ids.letter },
  },
  'post /dead-letters/{id}/correct': {
    params: { id: ids.letter },
    body: { address: '(212) 555-0143' },
    answer: { address: '+12125550143', replayed: [ids.letter] },
  },
  'get /quarantine': { query: { limit: 50 }, answer: quarantine },
  'post /quarantine/replay': { body: { kinds: ['unknown_status'] }, answer: { replayed: 4 } },
  'post /quarantine/{id}/discard': {
    params: { id: ids.quarantine },
    body: { reason: 'a test by the vendor' },
    answer: { id: ids.quarantine },
  },
  'get /tasks': { query: { state: 'open' }, answer: tasks },
  'post /tasks/{id}/complete': { params: { id: ids.task }, answer: { id: ids.task } },
  'get /queue': {
    answer: {
      estimates: [
        {
          connection: 'harbor-pike-twilio',
          channel: 'sms',
          queued: 240,
          seconds: 240,
          throughBy: at.dayAfter,
          afterQuietHours: 31,
        },
      ],
      lanes: [{ lane: 'deliver', due: 209, ageSeconds: 4.2 }],
    },
  },
  'get /events': { query: { outcome: 'unhandled' }, answer: events },
  'get /connections': {
    answer: {
      items: [
        {
          key: connection,
          kind: 'clio',
          state: 'connected',
          letIn: { at: at.monthBefore, by: dana, tokenUntil: '2026-10-22T13:00:00Z' },
          knownUntil: at.later,
          limit: { perWindow: 50, used: 3, windowEndsAt: '2026-10-15T19:06:00Z', closedUntil: null },
        },
      ],
    },
  },
  'post /connections/{key}/connect': {
    params: { key: connection },
    answer: {
      address: 'https://tipstaff.example/connect/eyJmaXJtIjoi',
      addressUntil: '2026-10-15T20:05:00Z',
      authorisation: 'https://app.clio.com/oauth/authorize?response_type=code&client_id=…',
      authorisationUntil: '2026-10-15T19:15:00Z',
    },
  },
  'get /quality': { query: { state: 'open' }, answer: quality },
  'post /quality/{id}/fix': {
    params: { id: ids.quality },
    body: { address: { channel: 'sms', value: '(212) 555-0142' }, how: 'asked her' },
    answer: { id: ids.quality, woken: 1 },
  },
  'post /quality/{id}/ignore': {
    params: { id: ids.quality },
    body: { reason: 'she writes mails only' },
    answer: { id: ids.quality },
  },
  'get /wishes': {
    query: { client: about.client },
    answer: { client: about.client, wishes: { updates: 'daily' } },
  },
  'put /wishes': {
    body: { client: about.client, quiet: [{ days: ['sat', 'sun'] }], updates: 'weekly' },
    answer: { client: about.client, wishes: { quiet: [{ days: ['sat', 'sun'] }], updates: 'weekly' } },
  },
}
