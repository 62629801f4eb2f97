/** Messages that staff write by a template: what may be chosen, what it would say and what would hold it, sending it. */
import { randomBytes } from 'node:crypto'
import type { OpenAPIHono } from '@hono/zod-openapi'
import {
  writableTemplates,
  writePreview,
  writePreviewRequest,
  writeRequest,
  writeResult,
} from '../../../contracts/writing.ts'
import type { ClientId, MatterId } from '../../kernel/index.ts'
import type { Caller } from '../../modules/console/index.ts'
import { factsOld, untilLifted } from '../../modules/delivery/index.ts'
import { loadClients } from '../../modules/facts/index.ts'
import { readMatters } from '../../modules/matters/index.ts'
import { choices, type Look, lookAt, saidLast, type Wish, write } from '../../modules/writing/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import type { ApiDeps, ApiEnv } from './deps.ts'
import { byId, notFound, wrong } from './params.ts'
import { answers, jsonBody, route } from './route.ts'

const tags = ['messages']

const getTemplates = route('read', {
  method: 'get',
  path: '/matters/{id}/templates',
  summary: 'Templates that may be sent by hand about this matter, and what each still lacks',
  tags,
  request: { params: byId },
  responses: answers(writableTemplates, 'By key', [404, 422]),
})
const postPreview = route('read', {
  method: 'post',
  path: '/matters/{id}/messages/preview',
  summary: 'What a message by hand would say, and which gates would hold it; nobody is told',
  tags,
  request: { params: byId, body: jsonBody(writePreviewRequest) },
  responses: answers(writePreview, 'As of now', [404, 409, 413, 415, 422]),
})
const postMessage = route('operate', {
  method: 'post',
  path: '/matters/{id}/messages',
  summary: 'Write to the client of a matter by a template, as it was looked at; the same key sends once',
  tags,
  request: { params: byId, body: jsonBody(writeRequest) },
  responses: answers(writeResult, 'Written: on its way, or held', [404, 409, 413, 415, 422]),
})

export function writingRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getTemplates, async (context) => {
    const { id } = context.req.valid('param')
    const answer = await context.var.inFirm(async (tx) => {
      const matter = await oneMatter(tx, id)
      const { program } = await deps.firms.code(tx)
      const found = await choices(tx, program, matter, deps.clock.now())
      return {
        ...found,
        client: await clientOf(tx, matter.client_id),
        mayOverride: mayOverride(context.var.caller),
      }
    })
    return context.json(answer, 200)
  })

  app.openapi(postPreview, async (context) => {
    const { id } = context.req.valid('param')
    const { template, channel, typed, overrides } = context.req.valid('json')
    const answer = await context.var.inFirm(async (tx) => {
      const matter = await oneMatter(tx, id)
      const client = await clientOf(tx, matter.client_id)
      if (!client) throw noClient()
      const wish = { template, channel, typed, overrides, by: context.var.caller.by, reason: null }
      const looking = await lookingIn(deps, tx)
      onlyItsVariables(looking, wish)
      const decided = await lookAt(tx, looking, matter, wish, deps.newId<string>())
      if (!decided) throw notByHand(template)
      const { readFirst: _, ...look } = decided.look
      const last = await saidLast(tx, client.id, template)
      return { ...asShown(look), client, channel, saidLast: last?.toString() ?? null }
    })
    return context.json(answer, 200)
  })

  app.openapi(postMessage, async (context) => {
    const { id } = context.req.valid('param')
    const { key, mark, reason, ...wanted } = context.req.valid('json')
    const { caller } = context.var
    if (wanted.overrides.length > 0 && !mayOverride(caller))
      throw new ProblemError({
        status: 403,
        title: 'You may not let it pass a gate',
        detail: 'Only an attorney or owner of the firm may, signed in as themselves',
      })
    const answer = await context.var.answerIn(async (tx) => {
      const wish: Wish = { ...wanted, by: caller.by, reason: reason ?? null }
      const looking = await lookingIn(deps, tx)
      onlyItsVariables(looking, wish)
      const sending = {
        ...looking,
        salt: () => randomBytes(16),
        nudge: (lane: string) => deps.nudge(lane, caller.firmId),
      }
      const sent = await write(tx, sending, { matterId: id as MatterId, wish, key, mark })
      switch (sent.kind) {
        case 'sent': {
          const { messageId, state, reason: why, dueAt } = sent.message
          const known = Temporal.Instant.compare(dueAt, untilLifted) < 0
          return {
            readsFirst: state === 'held' && why === factsOld,
            messageId,
            state,
            reason: why,
            dueAt: known ? dueAt.toString() : null,
            repeated: sent.repeated,
          }
        }
        case 'no_matter':
          throw notFound(`no matter ${id}`)
        case 'no_template':
          throw notByHand(wanted.template)
        case 'refused':
          throw refused(sent.look)
        case 'changed':
          throw new ProblemError({
            status: 409,
            title: 'What would be sent has changed since it was looked at',
            detail: 'The client, their address or the words are others now. Look at it once more, then send.',
          })
        case 'other':
          throw new ProblemError({
            status: 409,
            title: 'This key has sent another message',
            detail: 'Each message has a key of its own',
          })
      }
    })
    return context.json(answer, 200)
  })
}

/** A person, whose name stands for it: a key is nobody's judgement. */
const mayOverride = ({ person }: Caller): boolean =>
  person !== null && (person.role === 'attorney' || person.role === 'owner')

async function lookingIn(deps: ApiDeps, tx: FirmTx) {
  const config = await deps.firms.code(tx)
  return { now: deps.clock.now(), newId: deps.newId, firmId: tx.firmId, config }
}

async function oneMatter(tx: FirmTx, id: string) {
  const [matter] = await readMatters(tx, [id as MatterId])
  if (!matter) throw notFound(`no matter ${id}`)
  return matter
}

async function clientOf(tx: FirmTx, id: ClientId | null): Promise<{ id: string; name: string } | null> {
  const client = id === null ? undefined : (await loadClients(tx, [id])).get(id)
  return client ? { id: client.id, name: client.name } : null
}

const noClient = () =>
  new ProblemError({ status: 409, title: 'The matter has no client', detail: 'The CMS names nobody for it' })

const notByHand = (template: string) =>
  wrong(
    'body.template',
    `${template} may not be sent by hand by this channel (byHand in templates/${template}.yaml)`,
  )

/** Nothing is typed that the words do not say. */
function onlyItsVariables(looking: Awaited<ReturnType<typeof lookingIn>>, { template, typed }: Wish): void {
  const config = looking.config.program.templates.get(template)?.template.config
  const known = Object.keys(config?.variables ?? {})
  const odd = Object.keys(typed).find((path) => !known.includes(path))
  if (config && odd !== undefined)
    throw wrong(`body.typed.${odd}`, `is no variable of ${template}; it has: ${known.join(', ') || 'none'}`)
}

function refused({ verdict, reason, problems, gates }: Look): ProblemError {
  const closed = gates.filter((gate) => gate.verdict === 'suppress')
  return new ProblemError({
    status: 409,
    title: verdict === 'incomplete' ? 'Its words are not complete' : 'It may not be sent',
    ...(reason ? { detail: reason } : {}),
    errors: [
      ...closed.map((gate) => ({ path: `gate.${gate.gate}`, message: gate.reason ?? gate.gate })),
      ...problems.map((message) => ({ path: 'body.typed', message })),
    ],
  })
}

const asShown = ({ until, gates, ...look }: Omit<Look, 'readFirst'>) => ({
  ...look,
  until: untilText(until),
  gates: gates.map(({ reason = null, until: end, ...gate }) => ({ ...gate, reason, until: untilText(end) })),
})

/** Far in the future stands for "nobody knows". */
const untilText = (until: Temporal.Instant | null | undefined): string | null =>
  until && Temporal.Instant.compare(until, untilLifted) < 0 ? until.toString() : null
