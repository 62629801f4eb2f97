/** The story of a matter as a document that a person reads. */
import type { DeletedUnder } from '../../../contracts/retention.ts'
import type { TraceText } from '../../../contracts/trace.ts'
import { type Paper, paper } from '../../platform/paper/index.ts'
import { nameOf, spokenAt } from './communication.ts'
import type { Communication, ExportMessage } from './types.ts'
import { type Say, sayIn } from './words.ts'

interface Writing {
  on: Paper
  say: Say
  /** `Oct 15, 2030, 14:00:05 EDT (18:00:05 UTC)`. */
  at: (instant: string) => string
  told: Communication
}

export async function pdfOf(told: Communication): Promise<Uint8Array> {
  const { language } = told.export
  const say = sayIn(language)
  const matter = nameOf(told)
  const on = paper({
    title: `${say('title', { matter })} · ${told.firm.name}`,
    subject: say('subject'),
    author: told.firm.name,
    language,
    made: new Date(told.export.madeAt),
    // Paper is of another size in the Americas.
    size: /^(America|Pacific\/Honolulu|US)/.test(told.firm.timeZone) ? 'LETTER' : 'A4',
  })
  const writing = { on, say, at: moments(language, told.firm.timeZone), told }
  about(writing)
  await spoken(writing)
  await notSaid(writing)
  beside(writing)
  await deeds(writing)
  return on.end(
    (page, pages) => `${told.firm.name} · ${matter} · ${say('page', { page, pages })} · ${told.export.id}`,
  )
}

function moments(language: string, timeZone: string): (instant: string) => string {
  const date = { year: 'numeric', month: 'short', day: 'numeric' } as const
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
  const here = new Intl.DateTimeFormat(language, { ...date, ...time, timeZone, timeZoneName: 'short' })
  const day = new Intl.DateTimeFormat(language, { ...date, timeZone })
  const utcDay = new Intl.DateTimeFormat(language, { ...date, timeZone: 'UTC' })
  const utc = new Intl.DateTimeFormat(language, { ...time, timeZone: 'UTC' })
  return (instant) => {
    const moment = new Date(instant)
    const other = utcDay.format(moment)
    return `${here.format(moment)} (${other === day.format(moment) ? '' : `${other}, `}${utc.format(moment)} UTC)`
  }
}

function about({ on, say, at, told }: Writing): void {
  const { firm, matter, clients, export: made } = told
  on.heading(1, say('title', { matter: nameOf(told) }))
  on.paragraph(say('lead', { firm: firm.name }))
  on.paragraph(say('times', { zone: firm.timeZone }))
  on.paragraph(say('proof'), 'small')
  on.paragraph(say('missing_glyphs'), 'small')
  on.heading(2, say('about'))
  on.fact(say('firm'), firm.name)
  on.fact(say('matter'), nameOf(told))
  if (matter.state) on.fact(say('state'), matter.state)
  on.fact(say('made'), at(made.madeAt))
  on.fact(say('made_by'), made.madeBy)
  on.fact(say('export'), made.id)
  on.paragraph(
    say('counts', {
      said: told.messages.length,
      heard: told.texts.length,
      notSaid: told.notSaid.length,
    }),
  )
  on.heading(2, say('clients'))
  for (const client of clients) {
    on.heading(3, client.name)
    if (client.preference) on.fact(say('preference'), client.preference)
    if (client.language) on.fact(say('language'), client.language)
    for (const point of client.contactPoints) {
      const consents = point.consents.map((c) =>
        say(c.granted ? 'granted' : 'withdrawn', { purpose: c.purpose, how: c.how, by: c.by, at: at(c.at) }),
      )
      const states = [
        ...(point.suppressedAt
          ? [say('suppressed', { at: at(point.suppressedAt), reason: point.suppressedReason ?? '' })]
          : []),
        ...(point.removedAt ? [say('removed', { at: at(point.removedAt) })] : []),
        ...consents,
      ]
      on.fact(say(point.channel), [point.address, ...states].join('; '))
    }
  }
}

async function spoken(writing: Writing): Promise<void> {
  const { on, say, told } = writing
  on.heading(2, say('story'))
  const all = [
    ...told.messages.map((m) => ({ at: spokenAt(m), write: () => message(writing, m) })),
    ...told.texts.map((t) => ({ at: t.receivedAt, write: () => text(writing, t) })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1))
  if (all.length === 0) on.paragraph(say('none'))
  for (const one of all) {
    one.write()
    await on.breathe()
  }
}

function message({ on, say, at, told }: Writing, m: ExportMessage): void {
  const who = m.recipient ?? told.clients.find((c) => c.id === m.clientId)?.name ?? m.address
  on.heading(3, `${at(spokenAt(m))}: ${say(m.channel)} ${say('said', { who })}`)
  on.fact(say('address'), m.address)
  on.fact(say('purpose'), m.urgent ? `${m.purpose}, ${say('urgent')}` : m.purpose)
  if (m.event && m.rule)
    on.fact(
      say('why'),
      say('why_text', {
        rule: m.rule,
        version: m.ruleVersion ?? 0,
        event: m.event.type,
        at: at(m.event.at),
      }),
    )
  on.fact(
    say('template'),
    say('template_text', { template: m.template, version: m.templateVersion, language: m.language }),
  )
  const because = m.reason ? `, ${say('reason', { reason: m.reason })}` : ''
  on.fact(say('outcome'), `${m.state}${because}`)
  if (m.subject !== null && m.channel === 'email')
    on.fact(say('words'), say('mail_subject', { subject: m.subject }))
  if (m.body !== null) on.quote(m.body)
  else on.quote(m.wordsDeleted ? gone(m.wordsDeleted, { say, at }) : say(m.wordsLeftOut ?? 'deleted'))
  on.fact(say('written'), at(m.createdAt))
  for (const a of m.attempts) {
    const how = say('attempt_text', {
      at: at(a.startedAt),
      provider: m.provider,
      verdict: a.verdict ?? '…',
    })
    const id = a.providerMessageId && say('provider_id', { id: a.providerMessageId })
    on.fact(say('attempt', { number: a.number }), listed([how, a.code, a.detail, id]))
  }
  for (const r of m.receipts) on.fact(say('receipt'), listed([`${at(r.at)}: ${r.kind}`, r.code, r.detail]))
  const seen = {
    opened: m.openedAt,
    machine_opened: m.machineOpenedAt,
    clicked: m.clickedAt,
    replied: m.repliedAt,
  }
  for (const [key, when] of Object.entries(seen)) if (when) on.fact(say(key as keyof typeof seen), at(when))
  for (const d of m.deadLetters) {
    const end =
      d.resolvedAt &&
      say('closed', { state: d.state, at: at(d.resolvedAt), by: d.resolvedBy ?? '', how: d.resolution ?? '' })
    on.fact(say('dead_letter'), listed([`${at(d.openedAt)}: ${d.cause}`, d.code, d.detail, end]))
  }
  for (const a of m.answers) on.fact(say('answer'), `${at(a.at)}: ${a.answer}`)
  for (const w of m.writings)
    if (w.writtenAt)
      on.fact(
        say('in_cms', { connection: w.connection }),
        `${at(w.writtenAt)}: ${w.kind} ${w.externalId ?? ''}`,
      )
}

const gone = (deleted: DeletedUnder, { say, at }: Pick<Writing, 'say' | 'at'>): string =>
  say('retained', { at: at(deleted.at), rule: deleted.rule })

const listed = (parts: readonly (string | null | undefined)[]): string => parts.filter(Boolean).join('; ')

function text({ on, say, at, told }: Writing, t: TraceText): void {
  const client = told.clients.find((c) => c.contactPoints.some((p) => p.address === t.from))
  on.heading(3, `${at(t.receivedAt)}: ${say('sms')} ${say('heard', { who: client?.name ?? t.from })}`)
  on.fact(say('address'), t.from)
  on.quote(t.body ?? (t.wordsDeleted ? gone(t.wordsDeleted, { say, at }) : say('deleted')))
  if (t.media.length > 0) on.paragraph(say('media', { count: t.media.length }))
}

async function notSaid({ on, say, at, told }: Writing): Promise<void> {
  on.heading(2, say('not_said'))
  if (told.notSaid.length === 0) on.paragraph(say('none'))
  for (const n of told.notSaid) {
    on.heading(
      3,
      `${at(n.createdAt)}: ${n.template}${n.recipient ? ` ${say('said', { who: n.recipient })}` : ''}`,
    )
    on.fact(
      say('why'),
      say('why_text', { rule: n.rule, version: n.ruleVersion, event: n.event.type, at: at(n.event.at) }),
    )
    on.fact(say('outcome'), `${n.state}${n.reason ? `, ${say('reason', { reason: n.reason })}` : ''}`)
    const stopped = n.gates.filter((g) => g.verdict !== 'pass')
    if (stopped.length > 0)
      on.fact(
        say('gates'),
        stopped.map((g) => listed([`${g.channel}: ${g.gate}`, g.verdict, g.reason])).join(' · '),
      )
    await on.breathe()
  }
}

function beside({ on, say, at, told }: Writing): void {
  const section = (title: 'tasks' | 'consents' | 'pauses' | 'holds' | 'events', lines: readonly string[]) => {
    if (lines.length === 0) return
    on.heading(2, say(title))
    for (const line of lines) on.paragraph(line)
  }
  section(
    'tasks',
    told.tasks.map((t) => {
      const end = t.doneAt ? say('task_done', { at: at(t.doneAt), by: t.doneBy ?? '' }) : say('task_open')
      return `${at(t.createdAt)}: ${listed([t.title, t.detail, end])}`
    }),
  )
  section(
    'consents',
    told.consentChanges.map((c) => {
      const what = say(c.granted ? 'granted' : 'withdrawn', {
        purpose: c.purpose,
        how: c.how,
        by: c.by,
        at: at(c.at),
      })
      return `${c.address}: ${what}`
    }),
  )
  section(
    'pauses',
    told.pauses.map((p) => {
      const end = p.liftedAt && say('lifted', { at: at(p.liftedAt), by: p.liftedBy ?? '' })
      return listed([say('pause_text', { scope: p.scope, at: at(p.at), by: p.by, reason: p.reason }), end])
    }),
  )
  section(
    'holds',
    told.holds.map((h) => {
      const end =
        h.releasedAt &&
        say('released', { at: at(h.releasedAt), by: h.releasedBy ?? '', reason: h.releaseReason ?? '' })
      const what = { scope: `${h.scope} ${h.target}`, at: at(h.placedAt), by: h.placedBy, reason: h.reason }
      return listed([say('hold_text', what), end])
    }),
  )
  section(
    'events',
    told.events.map(({ event, status }) => {
      const change =
        status &&
        [status.raw, [status.from, status.to].filter(Boolean).join(' → ')].filter(Boolean).join(': ')
      return `${at(event.occurredAt)}: ${listed([event.type, change, event.connection, event.outcome])}`
    }),
  )
}

async function deeds({ on, say, at, told }: Writing): Promise<void> {
  on.heading(2, say('deeds'))
  on.paragraph(say('deeds_lead'))
  for (const deed of told.deeds) {
    on.paragraph(`${at(deed.at)}: ${deed.who}: ${deed.action}, ${deed.subject}`, 'small')
    await on.breathe()
  }
}
