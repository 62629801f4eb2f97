/** A trace for people at a terminal: one screen, or with `all` everything there is. Pure. */
import type { Trace, TraceAnswer, TraceClient, TraceStory } from '../../../contracts/trace.ts'
import { deletedWords, renderStory, writingLine } from './render-story.ts'
import { channelWord, harmless, momentIn } from './words.ts'

export interface RenderOptions {
  /** Columns; lines are cut to it, unless `all`. */
  width: number
  colour: boolean
  /** Everything: each story in full, every list. */
  all?: boolean
}

/** Rows of the smallest usual terminal, without the prompt. */
const rows = 23
/** What the summary column gets at most; the lists below it share the rest. */
const most = { clients: 2, contactPoints: 2, matters: 2, pauses: 2, texts: 2, tasks: 2 }

const colours: Readonly<Record<TraceAnswer['verdict'], number>> = {
  yes: 32,
  sent: 36,
  not_yet: 33,
  no: 31,
  unknown: 35,
  nothing: 90,
}

export function renderTrace(trace: Trace, options: RenderOptions): string {
  const paint = (code: number, text: string) => (options.colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const line = (text: string) => clip(harmless(text), options.all ? Number.POSITIVE_INFINITY : options.width)
  const at = (instant: string) => momentIn(trace.zone, instant, Temporal.Instant.from(trace.at))
  const few = <T>(list: readonly T[], n: number, show: (item: T) => string[], what: string): string[] => {
    const shown = options.all ? list : list.slice(0, n)
    const rest = list.length - shown.length
    return [...shown.flatMap(show), ...(rest > 0 ? [line(`  … ${rest} more ${what}`)] : [])]
  }

  const head = [
    line(`${trace.asked.as} ${trace.asked.value} · times in ${trace.zone}`),
    ...few(trace.clients, most.clients, (c) => clientLines(c, at, options.all ?? false).map(line), 'clients'),
    ...few(trace.matters, most.matters, (m) => [line(matterLine(m))], 'matters'),
    ...few(
      trace.pauses,
      most.pauses,
      (p) => [paint(33, line(`PAUSED (${p.scope}) by ${p.by} since ${at(p.at)}: ${p.reason}`))],
      'pauses',
    ),
    ...few(
      trace.holds,
      most.pauses,
      (h) => [line(`LEGAL HOLD (${h.scope}) by ${h.placedBy} since ${at(h.placedAt)}: ${h.reason}`)],
      'legal holds',
    ),
    '',
  ]
  const openTasks = trace.tasks.filter((t) => t.state === 'open')
  const tail = [
    ...few(
      trace.texts,
      most.texts,
      (t) => [
        line(
          `text in, ${at(t.receivedAt)}: ${t.meaning === 'text' ? '' : `[${t.meaning.toUpperCase()}] `}${oneLine(t.body ?? `(${deletedWords(t.wordsDeleted, at)})`)}`,
        ),
      ],
      'texts',
    ),
    ...few(
      options.all ? trace.tasks : openTasks,
      most.tasks,
      (t) => [
        line(`task, ${t.state}: ${oneLine(t.title)}`),
        ...(options.all ? t.writings.map((w) => line(`  ${writingLine(w, at)}`)) : []),
      ],
      'tasks',
    ),
    ...(trace.next ? [line(`older: --cursor ${trace.next}`)] : []),
  ]
  const room = options.all ? trace.answers.length : Math.max(3, rows - head.length - tail.length - 3)
  const answers = few(
    trace.answers,
    room,
    (a) => [paint(colours[a.verdict], line(answerLine(a, at)))],
    'lines; --all shows them',
  )
  const body = answers.length > 0 ? answers : ['Nothing was said, and nothing was to be said.']
  const more = options.all
    ? [...trace.stories.flatMap((s: TraceStory) => ['', ...renderStory(s, at)]), ...lists(trace, at)]
    : []
  return `${[...head, ...body, ...(tail.length > 0 ? ['', ...tail] : []), ...more].join('\n')}\n`
}

const answerLine = (a: TraceAnswer, at: (instant: string) => string): string =>
  `${at(a.at).padEnd(17)} ${a.text}  [${[a.about, a.matter, a.client].filter(Boolean).join(', ')}]`

function clientLines(client: TraceClient, at: (instant: string) => string, all: boolean): string[] {
  const facts = [
    `prefers ${client.preference?.trim() || 'nothing (no preference on file)'}`,
    client.language,
    client.timeZone,
    client.pausedInCms ? 'PAUSED IN THE CMS' : null,
  ]
  const points = all
    ? client.contactPoints
    : client.contactPoints.filter((p) => !p.removedAt).slice(0, most.contactPoints)
  return [
    `${client.name} · ${facts.filter(Boolean).join(' · ')}`,
    ...points.map((p) => {
      const out = p.consents.filter((c) => !c.granted)
      const notes = [
        ...(p.removedAt ? [`gone since ${at(p.removedAt)}`] : []),
        ...(p.suppressedAt ? [`does not work since ${at(p.suppressedAt)}: ${p.suppressedReason}`] : []),
        ...out.map(
          (c) => `opted out of ${c.purpose === '*' ? 'everything' : c.purpose} ${at(c.at)}: ${c.how}`,
        ),
      ]
      return `  ${channelWord(p.channel)} ${p.address}${notes.length > 0 ? ` · ${notes.join(' · ')}` : ''}`
    }),
  ]
}

const matterLine = (m: Trace['matters'][number]): string =>
  `matter ${m.number ?? m.externalId}${m.title ? ` ${m.title}` : ''} · ${m.state ?? 'no state yet'}${m.rawStatus ? ` ("${m.rawStatus}")` : ''}`

/** What the summary leaves out and no story holds. */
function lists(trace: Trace, at: (instant: string) => string): string[] {
  const list = (title: string, lines: string[]) =>
    lines.length > 0 ? ['', title, ...lines.map((l) => harmless(`  ${l}`))] : []
  return [
    ...list(
      'Consent',
      trace.consentChanges.map(
        (c) =>
          `${at(c.at)}  ${c.channel} ${c.address}: ${c.granted ? 'may' : 'may NOT'} be written to for ${c.purpose}; ${c.how}, by ${c.by}`,
      ),
    ),
    ...list(
      'Quarantine',
      trace.quarantine.map(
        (q) =>
          `${at(q.at)}  ${q.kind}, ${q.state}${q.rawStatus ? `: "${q.rawStatus}"` : ''}, delivery ${q.deliveryId}`,
      ),
    ),
    ...list(
      'Calls to the CMS',
      trace.cmsCalls.map(
        (c) =>
          `${at(c.at)}  ${c.method} ${c.path}: ${c.status ?? c.error ?? 'no answer'}, ${c.milliseconds} ms`,
      ),
    ),
    ...list('Longer than shown (--limit)', trace.cut),
  ]
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

function clip(text: string, width: number): string {
  const characters = [...text]
  return characters.length <= width ? text : `${characters.slice(0, Math.max(1, width - 1)).join('')}…`
}
