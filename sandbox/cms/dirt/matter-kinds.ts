import type { Kind } from './types.ts'
import { at, date, INACTIVE_USER, setStatute, stageNamed } from './world.ts'

const DAY = 86_400_000

/** What goes wrong with matters and what lies in them, and beside each the clean case that looks like it. */
export const matterKinds: readonly Kind[] = [
  {
    kind: 'status-free-text',
    about: 'what somebody typed, version words and all',
    model: 'matter',
    dirty: ({ store, one }) => {
      const words = ['waiting on Bob to call back', 'Discov. - NEW (use this one)_v3', 'see notes!!']
      one.matter.refs.matter_stage = stageNamed(store, words[one.number % 3]!)
      return [one.matter]
    },
    clean: ({ store, one }) => {
      one.matter.refs.matter_stage = stageNamed(store, 'Awaiting Docs_FINAL_v2')
    },
  },
  {
    kind: 'status-contradicts-stage',
    about: 'closed in one field, open in the other',
    model: 'matter',
    dirty: ({ store, one }) => {
      if (one.number % 2 === 0) {
        one.matter.attrs.status = 'Closed'
        one.matter.attrs.close_date = date(store.now() - 10 * DAY)
        one.matter.refs.matter_stage = stageNamed(store, 'Discovery')
      } else one.matter.refs.matter_stage = stageNamed(store, 'Closed')
      return [one.matter]
    },
    clean: ({ store, one }) => {
      one.matter.attrs.status = 'Closed'
      one.matter.attrs.close_date = date(store.now() - 10 * DAY)
      one.matter.refs.matter_stage = stageNamed(store, 'Closed')
    },
  },
  {
    kind: 'stage-missing',
    about: 'an open matter without a stage',
    model: 'matter',
    dirty: ({ one }) => {
      one.matter.refs.matter_stage = null
      return [one.matter]
    },
    clean: ({ store, one }) => {
      one.matter.attrs.status = 'Closed'
      one.matter.attrs.close_date = date(store.now() - 300 * DAY)
      one.matter.refs.matter_stage = null
    },
  },
  {
    kind: 'date-past-century',
    about: 'a hearing in 1926',
    model: 'calendar_entry',
    dirty: ({ one }) => {
      one.hearing.attrs.start_at = '1926-10-15T14:00:00Z'
      one.hearing.attrs.end_at = '1926-10-15T15:00:00Z'
      return [one.hearing]
    },
    clean: ({ one }) => {
      one.hearing.attrs.start_at = '2019-10-15T14:00:00Z'
      one.hearing.attrs.end_at = '2019-10-15T15:00:00Z'
    },
  },
  {
    kind: 'date-year-mistyped',
    about: 'a hearing in 2062, for 2026',
    model: 'calendar_entry',
    dirty: ({ one }) => {
      one.hearing.attrs.start_at = '2062-03-02T14:00:00Z'
      one.hearing.attrs.end_at = '2062-03-02T15:00:00Z'
      return [one.hearing]
    },
    clean: ({ store, one }) => {
      one.hearing.attrs.start_at = at(store, 600)
      one.hearing.attrs.end_at = at(store, 600, 16)
    },
  },
  {
    kind: 'ends-before-it-begins',
    about: 'an hour of minus one',
    model: 'calendar_entry',
    dirty: ({ store, one }) => {
      one.hearing.attrs.start_at = at(store, 30, 16)
      one.hearing.attrs.end_at = at(store, 30, 15)
      return [one.hearing]
    },
    clean: ({ store, one }) => {
      one.hearing.attrs.start_at = at(store, 30, 16)
      one.hearing.attrs.end_at = at(store, 30, 16)
    },
  },
  {
    kind: 'hearing-all-day',
    about: 'a hearing for which nobody entered the time',
    model: 'calendar_entry',
    dirty: ({ store, one }) => {
      one.hearing.attrs.all_day = true
      one.hearing.attrs.start_at = at(store, 33, 0)
      one.hearing.attrs.end_at = at(store, 34, 0)
      return [one.hearing]
    },
    clean: ({ store, one }) => {
      one.hearing.attrs.all_day = true
      one.hearing.attrs.summary = 'Paralegal on vacation'
      one.hearing.refs.calendar_entry_event_type = null
      one.hearing.attrs.start_at = at(store, 33, 0)
      one.hearing.attrs.end_at = at(store, 34, 0)
    },
  },
  {
    kind: 'statute-passed',
    about: 'the statute of limitations ran out on an open matter',
    model: 'matter',
    dirty: ({ store, one }) => {
      setStatute(store, one.matter, date(store.now() - 20 * DAY))
      return [one.matter]
    },
    // Filed in time: the task is complete.
    clean: ({ store, one }) => setStatute(store, one.matter, date(store.now() - 20 * DAY), 'complete'),
  },
  {
    kind: 'statute-missing',
    about: 'an open injury matter without a statute of limitations',
    model: 'matter',
    dirty: ({ store, one }) => {
      setStatute(store, one.matter, null)
      return [one.matter]
    },
    clean: ({ store, one }) => {
      setStatute(store, one.matter, null)
      one.matter.refs.practice_area =
        [...store.all('practice_area')].find((row) => row.attrs.name === 'Family')?.id ?? null
    },
  },
  {
    kind: 'client-missing',
    about: 'a matter without a client',
    model: 'matter',
    dirty: ({ one }) => {
      one.matter.refs.client = null
      return [one.matter]
    },
    clean: () => {},
  },
  {
    kind: 'attorney-missing',
    about: 'nobody is responsible',
    model: 'matter',
    dirty: ({ one }) => {
      one.matter.refs.responsible_attorney = null
      return [one.matter]
    },
    clean: ({ store, one }) => {
      one.matter.refs.responsible_attorney = null
      one.matter.attrs.status = 'Closed'
      one.matter.attrs.close_date = date(store.now() - 300 * DAY)
      one.matter.refs.matter_stage = stageNamed(store, 'Closed')
    },
  },
  {
    kind: 'attorney-inactive',
    about: 'whoever is responsible has left the firm',
    model: 'matter',
    dirty: ({ one }) => {
      one.matter.refs.responsible_attorney = INACTIVE_USER
      return [one.matter]
    },
    clean: ({ one }) => {
      one.matter.refs.responsible_attorney = 63
      one.matter.refs.originating_attorney = INACTIVE_USER
    },
  },
  {
    kind: 'bill-negative',
    about: 'a bill over less than nothing',
    model: 'bill',
    dirty: ({ one }) => {
      Object.assign(one.bill.attrs, { total: -120.5, paid: 0, state: 'awaiting_payment', paid_at: null })
      return [one.bill]
    },
    clean: ({ one }) => {
      Object.assign(one.bill.attrs, { total: 0, paid: 0, state: 'void', paid_at: null })
    },
  },
  {
    kind: 'bill-paid-without-amount',
    about: 'paid, by nothing',
    model: 'bill',
    dirty: ({ one }) => {
      Object.assign(one.bill.attrs, { state: 'paid', total: 900, paid: 0 })
      return [one.bill]
    },
    clean: ({ one }) => {
      Object.assign(one.bill.attrs, { state: 'awaiting_payment', total: 900, paid: 0, paid_at: null })
    },
  },
  {
    kind: 'document-nameless',
    about: 'a document without a name',
    model: 'document',
    dirty: ({ one }) => {
      one.document.attrs.name = one.number % 2 === 0 ? '' : '  '
      return [one.document]
    },
    clean: ({ one }) => {
      one.document.attrs.name = 'a'
    },
  },
  {
    kind: 'appointment-orphaned',
    about: 'a hearing that belongs to no matter',
    model: 'calendar_entry',
    dirty: ({ one }) => {
      one.hearing.refs.matter = null
      return [one.hearing]
    },
    clean: ({ one }) => {
      one.hearing.refs.matter = null
      one.hearing.attrs.summary = 'Staff lunch'
      one.hearing.refs.calendar_entry_event_type = null
    },
  },
]
