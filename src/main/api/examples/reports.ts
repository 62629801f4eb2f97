/** Examples of reports, and of who came to an appointment. Figures are added up here as the reports add them up. */
import { about, at, connection, ids, person } from './people.ts'
import type { Examples } from './types.ts'

const attended = (kept: number, missed: number, unknown: number) => ({
  kept,
  missed,
  unknown,
  missedShare: missed / (kept + missed),
})
const all = attended(31, 4, 2)
const reminded = { appointments: 40, toCome: 3, reminded: 38, reminders: 76, confirmed: 25, anotherDate: 2 }

const days = { from: '2026-10-01', to: '2026-10-15' }
const frame = {
  ...days,
  zone: person.timeZone,
  at: at.later,
  filter: { channel: null, purpose: null, template: null, practiceArea: null },
}

/** What `parts` have together, by name. */
const added = <K extends string>(names: readonly K[], parts: readonly Partial<Record<K, number>>[]) =>
  Object.fromEntries(
    names.map((name) => [name, parts.reduce((sum, part) => sum + (part[name] ?? 0), 0)]),
  ) as Record<K, number>

const outcomes = [
  'delivered',
  'sent',
  'undelivered',
  'dead',
  'unknown',
  'under_way',
  'held',
  'in_digest',
  'cancelled',
] as const
const seen = ['mails', 'opened', 'machineOpened', 'clicked', 'texts', 'replied'] as const
type Group = Partial<Record<(typeof outcomes)[number] | (typeof seen)[number], number>>

function figures(...groups: Group[]) {
  const became = added(outcomes, groups)
  const { mails, opened, ...others } = added(seen, groups)
  const tried = became.delivered + became.sent + became.undelivered + became.dead
  return {
    messages: Object.values(became).reduce((sum, n) => sum + n),
    outcomes: became,
    deliveredShare: tried === 0 ? null : became.delivered / tried,
    mails,
    opened,
    ...others,
    openedShare: mails === 0 ? null : opened / mails,
  }
}
const statusTexts = { delivered: 146, sent: 1, undelivered: 2, dead: 1, texts: 147, replied: 9 }
const statusMails = {
  delivered: 57,
  sent: 2,
  undelivered: 1,
  mails: 59,
  opened: 36,
  machineOpened: 8,
  clicked: 5,
}
const reminderTexts = { delivered: 37, held: 1, texts: 37, replied: 13 }
const total = figures(statusTexts, statusMails, reminderTexts)
const [status, reminders] = [figures(statusTexts, statusMails), figures(reminderTexts)]

const compared = (group: string, changes: number, weeks: number, texts: number) => ({
  group,
  changes,
  weeks,
  texts,
  perHundredWeeks: (texts / weeks) * 100,
})
const [told, notTold] = [compared('told', 112, 80, 16), compared('not_told', 41, 32, 12)]

const step = (name: string, median: number, p90: number) => ({ step: name, median, p90 })

export const reportExamples: Examples = {
  'get /reports/messages': {
    query: { ...days, by: 'month' },
    answer: {
      ...frame,
      by: 'month',
      total,
      periods: [{ ...days, ...total }],
      templates: [
        { template: 'status-update', ...status },
        { template: 'date-reminder', ...reminders },
      ],
      channels: [
        { channel: 'sms', ...figures(statusTexts, reminderTexts) },
        { channel: 'email', ...figures(statusMails) },
      ],
      purposes: [
        { purpose: 'status', ...status },
        { purpose: 'reminder', ...reminders },
      ],
    },
  },
  'get /reports/messages.csv': { query: { ...days, by: 'month' }, answer: null },
  'get /reports/messages.pdf': { query: { ...days, by: 'month', language: 'es' }, answer: null },
  'get /reports/questions': {
    query: { from: '2026-08-01', to: '2026-10-15' },
    answer: {
      ...frame,
      from: '2026-08-01',
      // Of later changes not all days have passed.
      until: '2026-10-08T19:05:00Z',
      days: 7,
      groups: [told, notTold, compared('before', 112, 70, 21)],
      fewerTexts: Math.round(((notTold.perHundredWeeks - told.perHundredWeeks) * told.weeks) / 100),
    },
  },
  'get /reports/questions.csv': { query: { from: '2026-08-01', to: '2026-10-15' }, answer: null },
  'get /reports/response-times': {
    query: days,
    answer: {
      ...frame,
      tasks: [
        { kind: 'incoming_text', tasks: 18, done: 17, open: 1, median: 2460, p90: 21600 },
        // Half of them are not done yet, so nobody knows within what time nine of ten will be.
        { kind: 'rule', tasks: 6, done: 3, open: 3, median: 90000, p90: null },
      ],
      changes: [
        {
          channel: 'sms',
          messages: 146,
          steps: [
            step('heard', 1.2, 4.6),
            step('said', 0.9, 43200),
            step('arrived', 3.9, 11),
            step('whole', 6.2, 43206),
          ],
        },
      ],
    },
  },
  'get /reports/response-times.csv': { query: days, answer: null },
  'get /reports/choices': {
    answer: {
      templates: ['date-reminder', 'please-call', 'status-update'],
      practiceAreas: ['Personal Injury'],
    },
  },
  'get /reports/reminders': {
    query: { from: '2026-09-16', to: '2026-10-15' },
    answer: {
      from: '2026-09-16',
      to: '2026-10-15',
      zone: person.timeZone,
      at: at.later,
      total: { ...reminded, ...all },
      types: [{ type: 'Hearing', ...reminded, ...all }],
      answers: [
        { answer: 'confirmed', appointments: 25, ...attended(23, 1, 1) },
        { answer: 'another_date', appointments: 2, ...attended(1, 1, 0) },
        { answer: 'none', appointments: 8, ...attended(6, 2, 0) },
        { answer: 'not_reminded', appointments: 2, ...attended(1, 0, 1) },
      ],
      steps: [
        {
          plan: 'court-date',
          step: 'week-before',
          template: 'date-reminder',
          reminders: 38,
          confirmed: 7,
          anotherDate: 1,
          ...attended(30, 4, 1),
        },
        {
          plan: 'court-date',
          step: 'evening-before',
          template: 'date-reminder',
          reminders: 38,
          confirmed: 18,
          anotherDate: 1,
          ...attended(30, 4, 1),
        },
      ],
    },
  },
  'get /appointments': {
    query: { outcome: 'unknown', limit: 1 },
    answer: {
      items: [
        {
          id: ids.appointment,
          externalId: '31007',
          connection,
          matterId: ids.matter,
          matter: about.matter,
          client: about.client,
          summary: 'Deposition',
          type: 'Deposition',
          startsAt: at.monthBefore,
          answer: 'confirmed',
          outcome: 'unknown',
          saidBy: null,
        },
      ],
      next: `${at.monthBefore}_${ids.appointment}`,
    },
  },
  'post /appointments/{id}/attendance': {
    params: { id: ids.appointment },
    body: { outcome: 'kept' },
    answer: { id: ids.appointment, startsAt: at.monthBefore, outcome: 'kept' },
  },
}
