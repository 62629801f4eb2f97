/** Reports, and who came to an appointment that is over. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  attendanceOutcome,
  attendanceRequest,
  attendanceResult,
  pastAppointments,
  reminderReport as reportSchema,
} from '../../../contracts/reports.ts'
import { sayAttendance } from '../../modules/reminders/index.ts'
import {
  pastAppointments as loadPast,
  rangeOf,
  readPlace,
  reminderReport,
  reportDays,
} from '../../modules/reports/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import { type ApiDeps, type ApiEnv, acting, zoneOf } from './deps.ts'
import { byId, limit, notFound, wrong } from './params.ts'
import { answers, jsonBody, route } from './route.ts'

const day = z.string().optional().meta({
  format: 'date',
  description: 'A day of the firm’s calendar; absent: the last 30 days, today included',
})
const days = z.strictObject({ from: day, to: day })

const getReport = route('read', {
  method: 'get',
  path: '/reports/reminders',
  summary: 'What reminders came to: confirmed, kept, missed',
  tags: ['reports'],
  request: { query: days },
  responses: answers(reportSchema, 'By type of appointment, by answer, and by step of a plan', [422]),
})
const getAppointments = route('read', {
  method: 'get',
  path: '/appointments',
  summary: 'Appointments of reminder plans that are over, and whether the client came',
  tags: ['appointments'],
  request: {
    query: z.strictObject({
      ...days.shape,
      outcome: attendanceOutcome.optional(),
      limit: limit.default(50),
      cursor: z.string().max(80).optional().meta({ description: '`next` of the page before' }),
    }),
  },
  responses: answers(pastAppointments, 'The newest first', [422]),
})
const postAttendance = route('operate', {
  method: 'post',
  path: '/appointments/{id}/attendance',
  summary: 'The client came, or did not; this stands over what the case management system says',
  tags: ['appointments'],
  request: { params: byId, body: jsonBody(attendanceRequest) },
  responses: answers(attendanceResult, 'Said', [404, 409, 413, 415, 422]),
})

export function reportRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const read = async (given: z.infer<typeof days>, firmId: Parameters<typeof zoneOf>[1]) => {
    const [now, zone] = [deps.clock.now(), await zoneOf(deps, firmId)]
    const found = reportDays(given, now, zone)
    if (!found.ok) throw wrong(`query.${found.path}`, found.message)
    return { now, zone, days: found.days }
  }
  app.openapi(getReport, async (context) => {
    const { firmId } = context.var.caller
    const { now, zone, days } = await read(context.req.valid('query'), firmId)
    return context.json(await context.var.inFirm((tx) => reminderReport(tx, days, { now, zone })), 200)
  })
  app.openapi(getAppointments, async (context) => {
    const { firmId } = context.var.caller
    const { outcome, limit, cursor, ...given } = context.req.valid('query')
    const after = cursor === undefined ? null : readPlace(cursor)
    if (cursor !== undefined && after === null) throw wrong('query.cursor', 'is not one that a page gave')
    const { now, zone, days } = await read(given, firmId)
    const filter = { ...rangeOf(days, now, zone), outcome: outcome ?? null, limit, after }
    return context.json(await context.var.inFirm((tx) => loadPast(tx, filter)), 200)
  })
  app.openapi(postAttendance, async (context) => {
    const { id } = context.req.valid('param')
    const { outcome } = context.req.valid('json')
    const { firmId, by } = context.var.caller
    const me = { ...acting(deps, by), firmZone: await zoneOf(deps, firmId) }
    const answer = await context.var.answerIn(async (tx) => {
      const said = await sayAttendance(tx, id, outcome, me)
      if (said.kind !== 'said') throw refusedAttendance(said, id)
      return { id: said.id, startsAt: said.startsAt.toString(), outcome }
    })
    return context.json(answer, 200)
  })
}

type Unsaid = Exclude<Awaited<ReturnType<typeof sayAttendance>>, { kind: 'said' }>

function refusedAttendance(said: Unsaid, id: string): ProblemError {
  const refuse = (detail: string) =>
    new ProblemError({ status: 409, title: 'Nobody can have come to it', detail })
  switch (said.kind) {
    // By our id there is one or none.
    case 'missing':
    case 'several':
      return notFound(`no appointment ${id}`)
    case 'off':
      return refuse('the appointment is off')
    case 'no_time':
      return refuse('the appointment tells no time that can be read')
    case 'to_come':
      return refuse(`the appointment begins at ${said.startsAt}`)
  }
}
