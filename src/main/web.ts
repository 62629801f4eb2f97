/** The HTTP doors of this process. */
import { type Context, Hono } from 'hono'
import { paces } from '../modules/moments/index.ts'
import { answerProblem, ProblemError } from '../platform/http/problems.ts'
import { readRaw } from '../platform/http/requests.ts'
import { limits, type PlainAnswer, plainAnswers } from './answers.ts'
import { api } from './api/index.ts'
import type { CallbackAnswer } from './callbacks.ts'
import { type ConnectPage, connectHeaders, connectPage } from './connect-page.ts'
import { consolePages, consolePaths } from './console-page.ts'
import type { DigestPage } from './digest-lane.ts'
import { digestHeaders, digestPage } from './digest-page.ts'
import { fillGauges } from './gauges.ts'
import type { Runtime } from './runtime.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { unsubscribePage } from './unsubscribe-page.ts'

export interface Readiness {
  ready: boolean
  checks: Record<string, { ok: boolean; detail?: string }>
}

/** How a door knows who knocks. */
export type Asks =
  /** Anybody may; `why` says what makes that harmless. */
  | { asks: 'nothing'; why: string }
  /** The sender signs the raw body (or, where a system can do no better, shows a shared secret). */
  | { asks: 'signature' }
  /** The address holds a token that only we can have made. */
  | { asks: 'token' }
  /** What came with the address was made by us a moment ago, and serves once. */
  | { asks: 'state' }
  /** A key, or the session of somebody who is signed in. */
  | { asks: 'api key' }
  /** What a person knows or holds: a password, a passkey, a session. The library behind it asks, and slows down who guesses. */
  | { asks: 'credentials' }

/** Every door. A route that is not listed here, or does not ask what it says, fails test/architecture/doors.test.ts. */
export const doors: Readonly<Record<string, Asks>> = {
  'GET /healthz': { asks: 'nothing', why: 'says that the process lives, and no more' },
  'GET /readyz': {
    asks: 'nothing',
    why: 'names checks and whether they hold; load balancers have no secrets',
  },
  'GET /metrics': { asks: 'nothing', why: 'figures only; no label names a firm, a person or a case' },
  'POST /hooks/:connection': { asks: 'signature' },
  'POST /receipts/:connection': { asks: 'signature' },
  'POST /texts/:connection': { asks: 'signature' },
  'GET /unsubscribe/:token': { asks: 'token' },
  'POST /unsubscribe/:token': { asks: 'token' },
  'GET /digests/:token': { asks: 'token' },
  'POST /digests/:token': { asks: 'token' },
  'GET /connect/callback': { asks: 'state' },
  'GET /connect/:token': { asks: 'token' },
  'GET /api/v1/openapi.json': {
    asks: 'nothing',
    why: 'the description of the API is public in the repository too',
  },
  '/api/v1/*': { asks: 'api key' },
  'GET /auth/invitations/:token': { asks: 'token' },
  'POST /auth/invitations/:token': { asks: 'token' },
  'GET /auth/ways': {
    asks: 'nothing',
    why: 'says what the button of a firm’s own sign-in is called, to who knows the firm’s key',
  },
  'POST /auth/firm-sign-in': { asks: 'credentials' },
  'GET /auth/callback/:firm': { asks: 'state' },
  '/auth/*': { asks: 'credentials' },
  ...Object.fromEntries(
    [...consolePaths, '/assets/:file'].map((path) => [
      `GET ${path}`,
      {
        asks: 'nothing',
        why: 'the page of the console and its files hold no data; it asks the API',
      } as const,
    ]),
  ),
}

export function webApp(runtime: Runtime, readiness: () => Promise<Readiness>): Hono {
  const { metrics, log, publicUrl } = runtime
  const app = new Hono()
  fillGauges(runtime)

  app.use(async (context, next) => {
    const started = performance.now()
    await next()
    const route = routeOf(context.req.path)
    metrics.httpRequests.inc({ route, method: context.req.method, status: String(context.res.status) })
    metrics.httpSeconds.observe({ route }, (performance.now() - started) / 1000)
  })
  app.onError((error, context) => {
    if (error instanceof ProblemError) return answerProblem(context, error.problem)
    // Our own fault: the sender should try again (safety.md: never 403 for it).
    log.error({ route: routeOf(context.req.path), err: error }, 'a request failed')
    return answerProblem(context, { status: 503, title: 'Tipstaff could not do this now; try again' })
  })
  app.notFound((context) => answerProblem(context, { status: 404, title: 'There is nothing here' }))

  app.get('/healthz', (context) => context.json({ alive: true }))
  app.get('/readyz', async (context) => {
    const state = await readiness()
    return context.json(state, state.ready ? 200 : 503)
  })
  app.get('/metrics', async (context) => {
    const { body, contentType } = await metrics.expose()
    return context.body(body, 200, { 'content-type': contentType })
  })

  // Behind webListener (busy-doors.ts) only what is oddly spelt comes here.
  const answers = plainAnswers(runtime)
  app.post('/hooks/:connection', async (context) => {
    const raw = await readRaw(context, publicUrl, limits.hook)
    return toResponse(
      await answers.hook(context.req.param('connection'), raw, context.req.query('model') ?? null),
    )
  })
  app.post('/receipts/:connection', async (context) => {
    const raw = await readRaw(context, publicUrl, limits.callback)
    return toResponse(await answers.receipts(context.req.param('connection'), raw))
  })
  app.post('/texts/:connection', async (context) => {
    const raw = await readRaw(context, publicUrl, limits.hook)
    if (!raw) return answerProblem(context, { status: 413, title: 'too large' })
    const answer = await runtime.callbacks.texts(context.req.param('connection'), raw)
    return answerCallback(context, answer)
  })

  // RFC 8058: a mail reader posts and is done; a person who follows the link is asked first, since scanners follow links.
  app.get('/unsubscribe/:token', async (context) => {
    const seen = await runtime.callbacks.unsubscribe(context.req.param('token'), runtime.keys, false)
    return context.html(unsubscribePage(seen), seen === 'refused' ? 404 : 200)
  })
  app.post('/unsubscribe/:token', async (context) => {
    const done = await runtime.callbacks.unsubscribe(context.req.param('token'), runtime.keys, true)
    return context.html(unsubscribePage(done), done === 'refused' ? 404 : 200)
  })
  app.get('/digests/:token', async (context) =>
    toDigest(await runtime.digest(context.req.param('token'), null)),
  )
  app.post('/digests/:token', async (context) => {
    const { updates } = await context.req.parseBody()
    const choice = paces.find((pace) => pace === updates) ?? null
    const page = await runtime.digest(context.req.param('token'), choice)
    if (page.kind === 'shown' && choice === null)
      return answerProblem(context, { status: 400, title: `updates is not one of: ${paces.join(', ')}` })
    return toDigest(page)
  })
  // A person comes back from the CMS's page; before the other, whose token it would be.
  app.get('/connect/callback', async (context) => {
    const { state, code, error } = context.req.query()
    return toPage(await runtime.connecting.back({ state, code, error }))
  })
  app.get('/connect/:token', async (context) => {
    const led = await runtime.connecting.follow(context.req.param('token'))
    if ('to' in led)
      return new Response(null, { status: 303, headers: { ...connectHeaders, location: led.to } })
    return toPage(led)
  })
  signInRoutes(app, runtime)
  app.route('/api/v1', api(runtime))
  consolePages(app)
  return app
}

function toDigest(page: DigestPage): Response {
  const { status, html } = digestPage(page)
  return new Response(html, {
    status,
    headers: { ...digestHeaders, 'content-type': 'text/html; charset=utf-8' },
  })
}

function toPage(page: ConnectPage): Response {
  const { status, html } = connectPage(page)
  return new Response(html, {
    status,
    headers: { ...connectHeaders, 'content-type': 'text/html; charset=utf-8' },
  })
}

const toResponse = ({ status, headers, body }: PlainAnswer): Response =>
  new Response(body ?? null, { status, ...(headers ? { headers } : {}) })

function answerCallback(context: Context, answer: CallbackAnswer): Response {
  if (answer.status === 204) return context.body(null, 204)
  if (answer.status !== 200)
    return answerProblem(context, { status: answer.status, title: answer.detail ?? 'refused' })
  return context.body(answer.body ?? '', 200, { 'content-type': answer.contentType ?? 'text/plain' })
}

/** Few labels, and no names in them. */
function routeOf(path: string): string {
  const [, first = '', second = '', third = ''] = path.split('/')
  if (first === 'api') return `/api/${second}/${third}`
  if (first === 'assets' || first === 'rules' || (consolePaths as readonly string[]).includes(path))
    return '/console'
  return [
    'hooks',
    'receipts',
    'texts',
    'unsubscribe',
    'connect',
    'digests',
    'auth',
    'healthz',
    'readyz',
    'metrics',
    'portal',
  ].includes(first)
    ? `/${first}`
    : 'other'
}
