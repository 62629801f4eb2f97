/** Reports on messages: as JSON, and as files to be handed on. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { z } from 'zod'
import { channel } from '../../../contracts/common.ts'
import {
  reportChoices as choicesSchema,
  messageReport as messageSchema,
  questionReport as questionSchema,
  type ReportFilter,
  reportGrouping,
  reportPurposes,
  responseReport as responseSchema,
} from '../../../contracts/message-reports.ts'
import {
  messageCsv,
  messageReport,
  questionCsv,
  questionReport,
  type ReportRange,
  reportChoices,
  reportDocument,
  reportRange,
  responseCsv,
  responseReport,
  writeReport,
} from '../../modules/reports/index.ts'
import { type ApiDeps, type ApiEnv, zoneOf } from './deps.ts'
import { wrong } from './params.ts'
import { answers, refusals, route } from './route.ts'

const day = (description: string) => z.string().optional().meta({ format: 'date', description })
const asked = z.strictObject({
  from: day('The first day of the firm’s calendar; absent: 30 days to `to`'),
  to: day('The last day, included; absent: today'),
  by: reportGrouping.optional().meta({ description: 'Absent: by what fits the length of the period' }),
  channel: channel.optional(),
  purpose: z.enum(reportPurposes).optional(),
  template: z.string().max(200).optional().meta({ description: 'Key of a template' }),
  practiceArea: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'As the case management system names it, of the matter as it is now' }),
})
/** Of some reports only the days and the practice area. */
type Asked = z.infer<typeof asked>

const file = (type: string, description: string) => ({
  200: { description, content: { [type]: { schema: z.string().meta({ format: 'binary' }) } } },
  ...refusals([422]),
})
const csvType = 'text/csv; charset=utf-8'

const getMessages = route('read', {
  method: 'get',
  path: '/reports/messages',
  summary: 'Messages written in a period and what became of them',
  description:
    'Each message is counted once, by the day on which it was written, in exactly one outcome. docs/guides/reports.md defines every figure.',
  tags: ['reports'],
  request: { query: asked },
  responses: answers(messageSchema, 'By period, template, channel and purpose', [422]),
})
const getMessagesCsv = route('read', {
  method: 'get',
  path: '/reports/messages.csv',
  summary: 'The same as a table for spreadsheets',
  description:
    'One line for each period, channel, purpose and template. UTF-8 with a byte order mark, CRLF (RFC 4180); a cell that a spreadsheet would run as a formula begins with an apostrophe.',
  tags: ['reports'],
  request: { query: asked },
  responses: file('text/csv', 'The table'),
})
const getPdf = route('read', {
  method: 'get',
  path: '/reports/messages.pdf',
  summary: 'All reports as one document to be printed',
  description: 'Definitions, tables and charts, legible in black and white.',
  tags: ['reports'],
  request: { query: asked.extend({ language: z.enum(['en', 'es']).default('en') }) },
  responses: file('application/pdf', 'The document'),
})
const wholeAsked = asked.pick({ from: true, to: true, practiceArea: true })
const getQuestions = route('read', {
  method: 'get',
  path: '/reports/questions',
  summary: 'Texts from clients after a change, of those who were told and those who were not',
  description: 'A comparison, no proof; docs/guides/reports.md says what is counted and what is not.',
  tags: ['reports'],
  request: { query: wholeAsked },
  responses: answers(questionSchema, 'By whether the client was told', [422]),
})
const getQuestionsCsv = route('read', {
  method: 'get',
  path: '/reports/questions.csv',
  summary: 'The same as a table for spreadsheets',
  tags: ['reports'],
  request: { query: wholeAsked },
  responses: file('text/csv', 'The table'),
})
const getResponses = route('read', {
  method: 'get',
  path: '/reports/response-times',
  summary: 'How fast staff answered, and how fast a change became a delivered message',
  description:
    'Seconds by the clock: medians, and within how many nine of ten were. Null: not so many are done yet.',
  tags: ['reports'],
  request: { query: wholeAsked },
  responses: answers(responseSchema, 'By kind of task, and by channel', [422]),
})
const getResponsesCsv = route('read', {
  method: 'get',
  path: '/reports/response-times.csv',
  summary: 'The same as a table for spreadsheets',
  tags: ['reports'],
  request: { query: wholeAsked },
  responses: file('text/csv', 'The table'),
})
const getChoices = route('read', {
  method: 'get',
  path: '/reports/choices',
  summary: 'What a report can be narrowed to: templates, practice areas',
  tags: ['reports'],
  request: { query: z.strictObject({}) },
  responses: answers(choicesSchema, 'In order of the alphabet', [422]),
})

const filterOf = ({ channel, purpose, template, practiceArea }: Asked): ReportFilter => ({
  channel: channel ?? null,
  purpose: purpose ?? null,
  template: template ?? null,
  practiceArea: practiceArea ?? null,
})

export function messageReportRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const rangeOf = async (given: Asked, context: Context<ApiEnv>): Promise<ReportRange> => {
    const zone = await zoneOf(deps, context.var.caller.firmId)
    const found = reportRange(given, deps.clock.now(), zone)
    if (!found.ok) throw wrong(`query.${found.path}`, found.message)
    return found.range
  }
  app.openapi(getMessages, async (context) => {
    const given = context.req.valid('query')
    const range = await rangeOf(given, context)
    return context.json(await context.var.inFirm((tx) => messageReport(tx, range, filterOf(given))), 200)
  })
  app.openapi(getMessagesCsv, async (context) => {
    const given = context.req.valid('query')
    const range = await rangeOf(given, context)
    const text = await context.var.inFirm((tx) => messageCsv(tx, range, filterOf(given)))
    return download(csvType, fileName('messages', range, 'csv'), bytesOf(text)) as never
  })
  app.openapi(getPdf, async (context) => {
    const { language, ...given } = context.req.valid('query')
    const range = await rangeOf(given, context)
    const told = await context.var.inFirm((tx) => reportDocument(tx, range, filterOf(given), language))
    const pdf = Buffer.from(await writeReport(told))
    return download('application/pdf', fileName('messages', range, 'pdf'), pdf) as never
  })
  const questions = async (given: Asked, context: Context<ApiEnv>) => {
    const range = await rangeOf(given, context)
    return { range, report: await context.var.inFirm((tx) => questionReport(tx, range, filterOf(given))) }
  }
  app.openapi(getQuestions, async (context) =>
    context.json((await questions(context.req.valid('query'), context)).report, 200),
  )
  app.openapi(getQuestionsCsv, async (context) => {
    const { range, report } = await questions(context.req.valid('query'), context)
    return download(csvType, fileName('questions', range, 'csv'), bytesOf(questionCsv(report))) as never
  })
  const responses = async (given: Asked, context: Context<ApiEnv>) => {
    const range = await rangeOf(given, context)
    return { range, report: await context.var.inFirm((tx) => responseReport(tx, range, filterOf(given))) }
  }
  app.openapi(getResponses, async (context) =>
    context.json((await responses(context.req.valid('query'), context)).report, 200),
  )
  app.openapi(getResponsesCsv, async (context) => {
    const { range, report } = await responses(context.req.valid('query'), context)
    return download(csvType, fileName('response-times', range, 'csv'), bytesOf(responseCsv(report))) as never
  })
  app.openapi(getChoices, async (context) =>
    context.json(await context.var.inFirm((tx) => reportChoices(tx)), 200),
  )
}

const fileName = (report: string, { days }: ReportRange, ending: string): string =>
  `tipstaff-${report}-${days.from}-to-${days.to}.${ending}`

/** A piece is made when the one before has left. */
function bytesOf(pieces: Generator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull(controller) {
      const next = pieces.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
  })
}

const download = (type: string, name: string, body: ReadableStream | Uint8Array<ArrayBuffer>): Response =>
  new Response(body, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  })
