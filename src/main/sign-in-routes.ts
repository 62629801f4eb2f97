/** The doors of people: invitations, which are ours, and all that the sign-in library answers. */
import type { HttpBindings } from '@hono/node-server'
import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import {
  firmSignInRequest,
  type InvitationAnswer,
  joinRequest,
  type WaysAnswer,
} from '../../contracts/staff.ts'
import { answerProblem } from '../platform/http/problems.ts'
import { answerInvalid } from './api/problems.ts'
import type { Runtime } from './runtime.ts'

/** A passkey's registration is some 2 kB. */
const largestBody = 16_384

export function signInRoutes(app: Hono, { signIn }: Pick<Runtime, 'signIn'>): void {
  app.use(
    '/auth/*',
    bodyLimit({
      maxSize: largestBody,
      onError: (context) => answerProblem(context, { status: 413, title: 'The body is too large' }),
    }),
    async (context, next) => {
      // The library looks at it too, but not in tests, and not where no cookie came.
      if (context.req.method === 'POST' && !signIn.ours(context.req.raw.headers))
        return answerProblem(context, { status: 403, title: 'This did not come from a page of Tipstaff' })
      await next()
      context.res.headers.set('cache-control', 'no-store')
    },
  )

  app.get('/auth/invitations/:token', async (context) => {
    const found = await signIn.invitation(context.req.param('token'))
    if (!found) return noInvitation(context)
    const { firmId, firmName: firm, name, email, role, ownSignIn: only } = found
    // By address alone the firm's own sign-in knows who is invited.
    const own = email === null ? null : await signIn.own.wayOf(firmId)
    return context.json({ firm, name, email, role, own, only } satisfies InvitationAnswer)
  })

  app.post('/auth/invitations/:token', async (context) => {
    const token = context.req.param('token')
    if (!(await signIn.invitation(token))) return noInvitation(context)
    const given = joinRequest.safeParse(await context.req.json().catch(() => null))
    if (!given.success) return answerInvalid(context, 'json', given.error)
    const joined = await signIn.join(token, given.data)
    switch (joined) {
      case 'void':
        return noInvitation(context)
      case 'firm_only':
        return answerProblem(context, {
          status: 403,
          title: 'This firm lets its people in by its own sign-in alone',
          detail: 'no password is chosen: go to the sign-in page, and on from there',
        })
      case 'taken':
        return answerProblem(context, {
          status: 409,
          title: 'There is an account with this address already',
          errors: [{ path: 'body.email', message: 'belongs to somebody who has joined a firm already' }],
        })
      case 'other_address':
        return answerProblem(context, {
          status: 422,
          title: 'The invitation is for another address',
          errors: [{ path: 'body.email', message: 'is not the address that was invited' }],
        })
      default:
        return joined
    }
  })

  app.get('/auth/ways', async (context) => {
    const way = await signIn.own.way(context.req.query('firm') ?? null)
    return context.json({ firm: way } satisfies WaysAnswer)
  })

  app.post('/auth/firm-sign-in', async (context) => {
    const given = firmSignInRequest.safeParse(await context.req.json().catch(() => null))
    if (!given.success) return answerInvalid(context, 'json', given.error)
    const { firm, back } = given.data
    return (
      (await signIn.own.begin(firm, context.req.raw, peerOf(context), back)) ?? noFirmSignIn(context, 404)
    )
  })

  app.get(
    '/auth/callback/:firm',
    async (context) =>
      (await signIn.own.arrive(context.req.param('firm'), context.req.raw, peerOf(context))) ??
      noFirmSignIn(context, 400),
  )

  app.on(['GET', 'POST'], '/auth/*', (context) => signIn.answer(context.req.raw, peerOf(context)))
}

const noFirmSignIn = (context: Context, status: 400 | 404): Response =>
  answerProblem(context, { status, title: 'There is no firm here that signs in so' })

const noInvitation = (context: Context): Response =>
  answerProblem(context, {
    status: 404,
    title: 'This invitation is not good',
    detail: 'it was used, taken back, or is older than a week: ask for another',
  })

/** Nobody on the line (a test that asks the app itself) counts as one address, so that guessing is slowed there too. */
const peerOf = (context: Context): string =>
  (context.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? '0.0.0.0'
