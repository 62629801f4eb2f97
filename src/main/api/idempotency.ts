/** `Idempotency-Key` on POST: the same key and body get the same answer, and it is done once (ADR 30). */
import type { Context, MiddlewareHandler } from 'hono'
import { canonicalJson, type Json } from '../../modules/firms/index.ts'
import {
  answerKey,
  type Claim,
  claimKey,
  keyOf,
  type Mine,
  marksOf,
  openAnswer,
  releaseKey,
  sealAnswer,
} from '../../modules/idempotency/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import type { ApiDeps, ApiEnv } from './deps.ts'
import { wrong } from './params.ts'

/** On an answer that was given before; the name that Stripe gave it, which clients know. */
const replayedHeader = 'idempotent-replayed'

/** Such answers say that nothing was looked at yet: mended, the same key may be used again. */
const unread: ReadonlySet<number> = new Set([400, 413, 415, 429])

type IdempotencyDeps = Pick<ApiDeps, 'clock' | 'newId' | 'log'> & { keys: Pick<ApiDeps['keys'], 'repeats'> }

/**
 * @param path as the route is written, so that its parameters are part of what is asked
 * @throws ProblemError 422 for what is no key, or came with another request before; 409 while the first still runs
 */
export const idempotent =
  (path: string): MiddlewareHandler<ApiEnv> =>
  async (context, next) => {
    const given = context.req.header('idempotency-key')
    if (given === undefined) return next()
    const key = keyOf(given)
    if (key === null) throw wrong('header.idempotency-key', 'is not 1 to 255 printable characters of ASCII')
    const { deps, caller, inFirm } = context.var
    const route = `POST ${path}`
    const secret = deps.keys.repeats
    const bound = { firmId: caller.firmId, route }
    const marks = marksOf(secret, key, await askedIn(context))
    const claim = await inFirm((tx) =>
      claimKey(tx, { caller: caller.by, route, marks }, { now: deps.clock.now(), newId: deps.newId }),
    )
    if (claim.kind !== 'claimed')
      return repeat(claim, (answer) => openAnswer(answer, secret, key, bound), deps)
    const { mine } = claim
    const keep = (status: number, type: string, body: string) => ({
      status,
      answer: sealAnswer({ type, body }, secret, key, bound),
    })

    let kept: string | undefined
    context.set('answerIn', async (work) => {
      const answer = await inFirm(async (tx) => {
        const body = await work(tx)
        const text = JSON.stringify(body)
        if (!(await answerKey(tx, mine, keep(200, json, text)))) throw overtaken()
        return { body, text }
      })
      kept = answer.text
      return answer.body
    })
    await next()

    const { res } = context
    const type = res.headers.get('content-type') ?? ''
    const storable = res.status < 500 && !unread.has(res.status) && isJson(type)
    if (!storable) return release(context, mine)
    const text = await res.clone().text()
    if (res.status === 200 && text === kept) return
    await inFirm((tx) => answerKey(tx, mine, keep(res.status, type, text)))
  }

const json = 'application/json'
/** A file is made anew: it may be large, and that it was made again stands in the record. */
const isJson = (type: string) => type.startsWith(json) || type.startsWith('application/problem+json')

/** One spelling of what is asked: what a path names, what stands behind it, and the body however its fields are ordered. */
async function askedIn(context: Context<ApiEnv>): Promise<string> {
  const text = await context.req.text()
  const around = { names: context.req.param() as Json, query: context.req.queries() as Json }
  try {
    return canonicalJson({ ...around, json: text === '' ? null : (JSON.parse(text) as Json) })
  } catch {
    // No JSON, or nested deeper than can be walked: then every byte counts.
    return canonicalJson({ ...around, text })
  }
}

function repeat(
  claim: Exclude<Claim, { kind: 'claimed' }>,
  open: (answer: Buffer) => { type: string; body: string } | null,
  { clock }: IdempotencyDeps,
): Response {
  switch (claim.kind) {
    case 'answered': {
      const answer = open(claim.answer)
      if (!answer)
        throw new ProblemError({
          status: 409,
          title: 'It was done before',
          detail:
            'what was answered can not be read any more, since the deployment has another secret key by now',
        })
      return new Response(answer.body, {
        status: claim.status,
        headers: { 'content-type': answer.type, [replayedHeader]: 'true' },
      })
    }
    case 'changed':
      throw new ProblemError({
        status: 422,
        title: 'This Idempotency-Key came with another request before',
        detail: 'a key stands for one request, for 24 hours: what is new takes a new key',
        errors: [{ path: 'header.idempotency-key', message: 'was used for another request' }],
      })
    case 'running': {
      const seconds = Math.ceil(clock.now().until(claim.until).total('seconds'))
      throw new ProblemError(
        { status: 409, title: 'It is being done at this moment', detail: 'ask again, with the same key' },
        // Most are through in a second; a process that died is waited for until its claim is over.
        { 'retry-after': String(Math.min(5, Math.max(1, seconds))) },
      )
    }
  }
}

const overtaken = () =>
  new ProblemError(
    {
      status: 409,
      title: 'It took too long, and was begun anew meanwhile',
      detail: 'ask again, with the same key',
    },
    { 'retry-after': '1' },
  )

async function release(context: Context<ApiEnv>, mine: Mine): Promise<void> {
  const { deps, inFirm } = context.var
  try {
    await inFirm((tx) => releaseKey(tx, mine))
  } catch (error) {
    // Its lease ends by itself.
    deps.log.warn({ route: mine.route, err: error }, 'an idempotency key could not be released')
  }
}
