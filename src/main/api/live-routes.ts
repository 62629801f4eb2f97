/** What happens, as it happens: server-sent events for pages that are open. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import { liveChanges } from '../../../contracts/live.ts'
import type { LivePosition } from '../../modules/console/index.ts'
import type { ApiDeps, ApiEnv } from './deps.ts'
import { identify, refusals, route } from './route.ts'

/** A stream that nobody ended is asked again who it is; proxies cut what is silent for a minute. */
const beatMs = 15_000
const longest = 3_600

const getLive = route('read', {
  method: 'get',
  path: '/live',
  summary: 'What happens, as it happens',
  description:
    'Server-sent events. `hello` comes first: what is read after it is no older than what follows; `changes` names what has changed (see LiveChanges), within a second; `reset` says that what was missed can’t be told, and everything is to be read anew. With `Last-Event-ID` nothing that happened since is left out.',
  tags: ['live'],
  request: {
    query: z.strictObject({
      seconds: z.coerce
        .number<string>()
        .int()
        .min(0)
        .max(longest)
        .default(longest)
        .meta({ type: 'integer', description: 'How long it stays open' }),
    }),
    headers: z.object({ 'last-event-id': z.string().max(60).optional() }),
  },
  responses: {
    200: {
      description: 'A stream of events; the data of `changes` is LiveChanges',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    ...refusals([422]),
  },
})

export function liveRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openAPIRegistry.register('LiveChanges', liveChanges)
  app.openapi(getLive, (context) => {
    const { caller } = context.var
    const { seconds } = context.req.valid('query')
    const since = positionOf(context.req.valid('header')['last-event-id'])
    const { headers } = context.req.raw
    const { walledFor } = caller
    context.header('x-accel-buffering', 'no')
    return streamSSE(context, async (stream) => {
      const { promise: over, resolve: end } = Promise.withResolvers<void>()
      stream.onAbort(end)
      const send = (event: string, position: LivePosition, data: unknown) =>
        void stream
          .writeSSE({ event, id: textOf(position), data: JSON.stringify(data), retry: 1_000 })
          .catch(() => end())
      const leave = deps.live.watch(caller.firmId, walledFor, {
        staffId: caller.person?.staffId ?? null,
        since,
        here: (position) => send('hello', position, {}),
        changed: ({ position, ...changes }) => send('changes', position, changes),
        lost: (position) => send('reset', position, {}),
        ended: end,
      })
      const beat = setInterval(async () => {
        const now = await identify(deps, headers).catch(() => caller)
        if (now === null || now.person?.needs || now.walledFor !== walledFor) end()
        else await stream.write(': still here\n\n').catch(() => end())
      }, beatMs)
      const last = setTimeout(end, seconds * 1_000)
      await over
      leave()
      clearInterval(beat)
      clearTimeout(last)
    })
  })
}

const textOf = ({ epoch, xid, seq }: LivePosition): string => `${epoch}.${xid}.${seq}`

function positionOf(text: string | undefined): LivePosition | null {
  const [, epoch, xid, seq] = /^(\d{1,9})\.(\d{1,20})\.(-?\d{1,19})$/.exec(text ?? '') ?? []
  return epoch && xid && seq ? { epoch: Number(epoch), xid, seq } : null
}
