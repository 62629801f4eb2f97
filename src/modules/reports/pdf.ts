/** The reports on messages as a document: definitions, tables, and the page's charts, for a printer without colours. */
import { bars, columns, lines } from '../../../contracts/charts.ts'
import {
  enoughChanges,
  type MessageFigures,
  type MessageReport,
  messageOutcomes,
  type QuestionReport,
  type ReportFilter,
  type ResponseReport,
} from '../../../contracts/message-reports.ts'
import {
  howLong,
  periodLabel,
  type ReportLanguage,
  type ReportWords,
  reportWords,
} from '../../../contracts/report-words.ts'
import { type Paper, paper } from '../../platform/paper/index.ts'

export interface ReportDocument {
  firm: string
  language: ReportLanguage
  messages: MessageReport
  questions: QuestionReport
  responses: ResponseReport
}

interface Writing {
  on: Paper
  words: ReportWords
  language: ReportLanguage
  count(value: number): string
  share(value: number | null): string
}

/** What a heading, its paragraph and a chart over time take, in points. */
const chart = 270
/** Longer lists of bars tell nothing; the table has them all. */
const mostBars = 12

export async function reportPdf(told: ReportDocument): Promise<Uint8Array> {
  const { firm, language, messages } = told
  const words = reportWords[language]
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  const dayOf = (text: string) => day.format(new Date(`${text}T00:00:00Z`))
  const period = say(words.period, { from: dayOf(messages.from), to: dayOf(messages.to) })
  const title = `${words.document}: ${period}`
  const on = paper({
    title: `${title} · ${firm}`,
    subject: words.lead,
    author: firm,
    language,
    made: new Date(messages.at),
    // Paper is of another size in the Americas.
    size: /^(America|Pacific\/Honolulu|US)/.test(messages.zone) ? 'LETTER' : 'A4',
  })
  const number = new Intl.NumberFormat(language)
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const writing: Writing = {
    on,
    words,
    language,
    count: (value) => number.format(value),
    share: (value) => (value === null ? '–' : percent.format(value)),
  }
  const at = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: messages.zone,
  })
  on.heading(1, title)
  on.paragraph(`${firm}. ${words.lead}`)
  on.paragraph(say(words.zone, { zone: messages.zone, at: at.format(new Date(messages.at)) }), 'small')
  const narrowed = narrowedBy(messages.filter, words)
  if (narrowed.length > 0) on.paragraph(say(words.narrowed, { what: narrowed.join(', ') }))
  if (messages.total.messages === 0) on.paragraph(words.none)
  else {
    byOutcome(writing, messages.total)
    overTime(writing, messages)
    await on.breathe()
    groups(writing, messages)
  }
  questions(writing, told.questions)
  responses(writing, told.responses)
  return on.end((page, pages) => `${firm} · ${title} · ${say(words.page, { page, pages })}`)
}

/** @param values by the names that stand in double braces */
const say = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))

/** A key of the firm's as people read it. */
const readable = (key: string): string => {
  const text = key.replaceAll(/[._-]/g, ' ')
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
const wordOr = (words: Readonly<Record<string, string>>, key: string): string => words[key] ?? readable(key)

const narrowedBy = (
  { channel, purpose, template, practiceArea }: ReportFilter,
  words: ReportWords,
): string[] => [
  ...(channel ? [`${words.channel}: ${words.channels[channel]}`] : []),
  ...(purpose ? [`${words.purpose}: ${words.purposes[purpose]}`] : []),
  ...(template ? [`${words.template}: ${readable(template)}`] : []),
  ...(practiceArea ? [`${words.practice_area}: ${practiceArea}`] : []),
]

function byOutcome({ on, words, count, share }: Writing, total: MessageFigures): void {
  on.heading(2, words.by_outcome)
  on.paragraph(words.by_outcome_about)
  on.figure(words.by_outcome, (sheet) =>
    bars(
      messageOutcomes.map((name) => ({
        label: words.outcomes[name],
        value: total.outcomes[name],
        words: count(total.outcomes[name]),
        fill: name === 'delivered' ? 'solid' : name === 'sent' ? 'hatch' : 'empty',
      })),
      sheet,
    ),
  )
  on.table(
    [words.outcome, words.messages, '%', words.meaning],
    [
      ...messageOutcomes.map((name) => [
        words.outcomes[name],
        count(total.outcomes[name]),
        share(total.outcomes[name] / total.messages),
        words.meanings[name],
      ]),
      [words.all, count(total.messages), share(1), ''],
    ],
    { widths: [0.22, 0.12, 0.1, 0.56], words: true },
  )
}

function overTime({ on, words, language, count, share }: Writing, { periods, by }: MessageReport): void {
  const labels = periods.map((period) => periodLabel(period, by, language))
  on.heading(2, words.over_time, chart)
  on.paragraph(words.over_time_about)
  on.figure(words.over_time, (sheet) =>
    columns(
      periods.map((f, i) => ({ label: labels[i]!, part: f.outcomes.delivered, all: f.messages })),
      sheet,
      { part: words.delivered, rest: words.not_delivered },
    ),
  )
  on.heading(2, words.shares, chart)
  on.paragraph(words.shares_about)
  on.figure(words.shares, (sheet) =>
    lines(
      [
        {
          name: words.delivered_share,
          dashed: false,
          shape: 'circle',
          values: periods.map((f) => f.deliveredShare),
        },
        {
          name: words.opened_share,
          dashed: true,
          shape: 'square',
          values: periods.map((f) => f.openedShare),
        },
      ],
      labels,
      sheet,
    ),
  )
  on.table(
    [
      words.from_day,
      words.messages,
      words.delivered,
      words.share_delivered,
      words.mails,
      words.opened,
      words.share_opened,
      words.replied,
    ],
    periods.map((f, i) => figuresOf(labels[i]!, f, { count, share })),
    { widths: eight },
  )
}

const eight = [0.2, 0.11, 0.12, 0.13, 0.1, 0.1, 0.12, 0.12]
const figuresOf = (label: string, f: MessageFigures, { count, share }: Pick<Writing, 'count' | 'share'>) => [
  label,
  count(f.messages),
  count(f.outcomes.delivered),
  share(f.deliveredShare),
  count(f.mails),
  count(f.opened),
  share(f.openedShare),
  count(f.replied),
]

function groups(writing: Writing, report: MessageReport): void {
  const { on, words, count } = writing
  const group = (title: string, name: string, list: readonly (MessageFigures & { label: string })[]) => {
    // With its bars, and the first lines of its table.
    on.heading(2, title, 90 + 15 * Math.min(mostBars, list.length))
    on.figure(title, (sheet) =>
      bars(
        list.slice(0, mostBars).map((f) => ({ label: f.label, value: f.messages, words: count(f.messages) })),
        sheet,
      ),
    )
    on.table(
      [
        name,
        words.messages,
        words.delivered,
        words.share_delivered,
        words.mails,
        words.opened,
        words.share_opened,
        words.replied,
      ],
      list.map((f) => figuresOf(f.label, f, writing)),
      { widths: eight },
    )
  }
  const { templates, channels, purposes } = report
  group(
    words.by_template,
    words.template,
    templates.map((f) => ({ ...f, label: readable(f.template) })),
  )
  group(
    words.by_channel,
    words.channel,
    channels.map((f) => ({ ...f, label: words.channels[f.channel] })),
  )
  group(
    words.by_purpose,
    words.purpose,
    purposes.map((f) => ({ ...f, label: wordOr(words.purposes, f.purpose) })),
  )
}

function questions({ on, words, language, count }: Writing, report: QuestionReport): void {
  const { days } = report
  const rate = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const rateOf = (value: number | null) => (value === null ? '–' : rate.format(value))
  on.heading(2, words.questions, chart)
  on.paragraph(say(words.questions_about, { days }))
  on.paragraph(words.questions_limits)
  if (report.until === null) {
    on.paragraph(say(words.no_changes, { days }))
    return
  }
  const fills = { told: 'solid', not_told: 'empty', before: 'hatch' } as const
  on.figure(words.questions, (sheet) =>
    bars(
      report.groups.map((g) => ({
        label: words.groups[g.group],
        value: g.perHundredWeeks ?? 0,
        words: rateOf(g.perHundredWeeks),
        fill: fills[g.group],
      })),
      sheet,
    ),
  )
  const { fewerTexts } = report
  on.paragraph(
    fewerTexts === null
      ? say(words.too_few, { enough: enoughChanges })
      : say(fewerTexts < 0 ? words.more : words.fewer, { count: count(Math.abs(fewerTexts)) }),
  )
  on.table(
    [words.group, words.changes, words.weeks, words.client_texts, words.rate],
    report.groups.map((g) => [
      words.groups[g.group],
      count(g.changes),
      rate.format(g.weeks),
      count(g.texts),
      rateOf(g.perHundredWeeks),
    ]),
    { widths: [0.36, 0.14, 0.18, 0.12, 0.2] },
  )
}

function responses({ on, words, count }: Writing, { tasks, changes }: ResponseReport): void {
  const time = (seconds: number | null) => {
    if (seconds === null) return words.still_open
    const { unit, n } = howLong(seconds)
    return say(words[unit], { n: count(n) })
  }
  on.heading(2, words.responses)
  on.paragraph(words.responses_about)
  if (tasks.length === 0) on.paragraph(words.no_tasks)
  else
    on.table(
      [words.task, words.tasks, words.done, words.open, words.median, words.p90],
      tasks.map((one) => [
        wordOr(words.kinds, one.kind),
        count(one.tasks),
        count(one.done),
        count(one.open),
        time(one.median),
        time(one.p90),
      ]),
      { widths: [0.34, 0.12, 0.12, 0.12, 0.14, 0.16] },
    )
  on.heading(2, words.changes_speed)
  on.paragraph(words.changes_speed_about)
  if (changes.length === 0) on.paragraph(words.no_deliveries)
  for (const { channel, messages, steps } of changes) {
    on.heading(3, `${words.channels[channel]}: ${words.messages} ${count(messages)}`)
    on.table(
      [words.step, words.median, words.p90],
      steps.map((one) => [words.steps[one.step], time(one.median), time(one.p90)]),
      { widths: [0.6, 0.2, 0.2] },
    )
  }
}
