/** Who works here: who asks, invitations, roles. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { inviteRequest, inviteResult, me, named, roleRequest, staffList } from '../../../contracts/staff.ts'
import type { AlertMailer } from '../../modules/alerts/index.ts'
import { type Caller, namesOfActors } from '../../modules/console/index.ts'
import {
  type Changed,
  changeRole,
  invite,
  inviteAgain,
  invitedAs,
  listStaff,
  type Role,
  reinstateMember,
  removeMember,
  scopesOf,
  signOutMember,
  suspendMember,
} from '../../modules/staff/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import { staffMail } from '../staff-mails.ts'
import { type ApiDeps, type ApiEnv, acting } from './deps.ts'
import { refuseMore } from './giving.ts'
import { byId, notFound } from './params.ts'
import { answers, jsonBody, route } from './route.ts'

const getMe = route('read', {
  method: 'get',
  path: '/me',
  summary: 'Who asks, and what they may do',
  tags: ['staff'],
  responses: answers(me, 'You'),
})
const getStaff = route('administer', {
  method: 'get',
  path: '/staff',
  summary: 'Who works here, who is invited, and who has left',
  tags: ['staff'],
  responses: answers(staffList, 'The earliest first'),
})
const postStaff = route('administer', {
  method: 'post',
  path: '/staff',
  summary: 'Invite somebody, or invite them anew; the link of before is void then',
  tags: ['staff'],
  request: { body: jsonBody(inviteRequest) },
  responses: answers(inviteResult, 'The link, shown this once', [409, 413, 415, 422]),
})
const putRole = route('administer', {
  method: 'put',
  path: '/staff/{id}/role',
  summary: 'Give somebody another role, from their next request on',
  tags: ['staff'],
  request: { params: byId, body: jsonBody(roleRequest) },
  responses: answers(named, 'Given', [404, 409, 413, 415, 422]),
})
const deleteStaff = route('administer', {
  method: 'delete',
  path: '/staff/{id}',
  summary: 'Somebody has left: their sessions, password and passkeys are gone at once',
  tags: ['staff'],
  request: { params: byId },
  responses: answers(named, 'Gone', [404, 409, 422]),
})
const postInvitation = route('administer', {
  method: 'post',
  path: '/staff/{id}/invitation',
  summary:
    'Another link for somebody who has not joined; the one of before is void. Withdraw it: delete them',
  tags: ['staff'],
  request: { params: byId },
  responses: answers(inviteResult, 'The link, shown this once', [404, 409, 422]),
})
const postSuspend = route('administer', {
  method: 'post',
  path: '/staff/{id}/suspend',
  summary: 'Their sessions end at once, and they sign in nowhere until they are let in again',
  tags: ['staff'],
  request: { params: byId },
  responses: answers(named, 'Suspended', [404, 409, 422]),
})
const postReinstate = route('administer', {
  method: 'post',
  path: '/staff/{id}/reinstate',
  summary: 'Let somebody in again who was suspended',
  tags: ['staff'],
  request: { params: byId },
  responses: answers(named, 'Let in again', [404, 409, 422]),
})
const postSignOut = route('administer', {
  method: 'post',
  path: '/staff/{id}/sign-out',
  summary: 'Sign somebody out everywhere, at once; they may sign in again',
  tags: ['staff'],
  request: { params: byId },
  responses: answers(named, 'Signed out', [404, 409, 422]),
})
export function staffRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getMe, async (context) => {
    const { firmId, name, scopes, person } = context.var.caller
    const { settings } = (await deps.firms.open(firmId)).code.program
    const firm = { name: settings.name, timeZone: settings.timeZone, languages: [...settings.languages] }
    const { email = null, role = null, twoFactor = null, needs = null } = person ?? {}
    return context.json({ name, email, role, twoFactor, needs, scopes: [...scopes], firm }, 200)
  })

  app.openapi(getStaff, async (context) => {
    const items = await context.var.inFirm(async (tx) => {
      const members = await listStaff(tx, deps.clock.now())
      const name = await namesOfActors(
        tx,
        members.map(({ invitedBy }) => invitedBy),
      )
      return members.map((member) => ({ ...member, invitedBy: name(member.invitedBy) }))
    })
    return context.json({ items }, 200)
  })

  const asAnswered = (id: string, made: { token: string; expiresAt: Temporal.Instant }) => ({
    id,
    link: `${deps.publicUrl}/join#${made.token}`,
    expiresAt: made.expiresAt.toString(),
    mailed: false,
  })
  const mail = async (
    firmId: Caller['firmId'],
    to: { id: string; name: string; email: string | null; link: string },
  ): Promise<boolean> => {
    const { mailer, code } = await deps.firms.open(firmId)
    const { name: firm, languages } = code.program.settings
    const { email } = to
    return email !== null && (await mailInvitation(mailer, languages, { ...to, email, firm }))
  }
  const joinedAlready = (detail: string) =>
    new ProblemError({ status: 409, title: 'They have joined already', detail })

  app.openapi(postStaff, async (context) => {
    const { caller, answerIn } = context.var
    const wished = context.req.valid('json')
    refuseMore(caller, scopesOf[wished.role], `the role ${wished.role}`)
    const made = await answerIn(async (tx) => {
      // Inviting anew replaces an invitation: not that of somebody who is to do more.
      refuseAbove(caller, await invitedAs(tx, wished.email))
      const invited = await invite(tx, wished, acting(deps, caller.by))
      if (!invited) throw joinedAlready(wished.email)
      return asAnswered(invited.id, invited)
    })
    const { name, email } = wished
    const mailed = await mail(caller.firmId, { id: made.id, name, email, link: made.link })
    return context.json({ ...made, mailed }, 200)
  })

  app.openapi(postInvitation, async (context) => {
    const { caller, answerIn } = context.var
    const { id: staffId } = context.req.valid('param')
    let whom: { name: string; email: string | null } | undefined
    const made = await answerIn(async (tx) => {
      const again = await inviteAgain(tx, staffId, changing(deps, caller))
      if (again === 'joined') throw joinedAlready(staffId)
      if (typeof again === 'string') return refuseUnlessChanged(again, staffId)
      whom = { name: again.name, email: again.email }
      return asAnswered(staffId, again)
    })
    const mailed = whom ? await mail(caller.firmId, { id: staffId, ...whom, link: made.link }) : false
    return context.json({ ...made, mailed }, 200)
  })

  app.openapi(putRole, async (context) => {
    const { caller, inFirm } = context.var
    const { id: staffId } = context.req.valid('param')
    const { role } = context.req.valid('json')
    refuseMore(caller, scopesOf[role], `the role ${role}`)
    refuseUnlessChanged(await inFirm((tx) => changeRole(tx, staffId, role, changing(deps, caller))), staffId)
    return context.json({ id: staffId }, 200)
  })

  const deeds = [
    [deleteStaff, removeMember],
    [postSuspend, suspendMember],
    [postReinstate, reinstateMember],
    [postSignOut, signOutMember],
  ] as const
  for (const [door, deed] of deeds)
    app.openapi(door, async (context) => {
      const { caller, answerIn } = context.var
      const { id: staffId } = context.req.valid('param')
      const done = await answerIn(async (tx) => {
        refuseUnlessChanged(await deed(tx, staffId, changing(deps, caller)), staffId)
        return { id: staffId as string }
      })
      return context.json(done, 200)
    })
}

/** Nor takes it from who has more. */
const mayChange = (caller: Caller, role: Role): boolean =>
  scopesOf[role].every((scope) => caller.scopes.includes(scope))

const changing = (deps: ApiDeps, caller: Caller) => ({
  ...acting(deps, caller.by),
  mayChange: (role: Role) => mayChange(caller, role),
})

function refuseAbove(caller: Caller, role: Role | null): void {
  if (role !== null && !mayChange(caller, role)) throw above()
}

const above = () =>
  new ProblemError({
    status: 403,
    title: 'They may do more than you',
    detail: 'somebody who may do what you may not is for an owner to change',
  })

function refuseUnlessChanged(done: Exclude<Changed, 'done'>, staffId: string): never
function refuseUnlessChanged(done: Changed, staffId: string): void
function refuseUnlessChanged(done: Changed, staffId: string): void {
  switch (done) {
    case 'done':
      return
    case 'missing':
      throw notFound(`nobody with the id ${staffId} works here`)
    case 'above':
      throw above()
    case 'not_joined':
      throw new ProblemError({
        status: 409,
        title: 'They have not joined yet',
        detail: 'there is nothing to end: withdraw their invitation',
      })
    case 'last_owner':
      throw new ProblemError({
        status: 409,
        title: 'Somebody must stay who can let people in',
        detail: 'they are the last owner: make somebody else an owner first',
      })
  }
}

/** By the operators' mail server: the firm's own provider is for its clients. @returns whether it went */
async function mailInvitation(
  mailer: AlertMailer | null,
  languages: readonly string[],
  { id: staffId, email, ...given }: { id: string; name: string; email: string; link: string; firm: string },
): Promise<boolean> {
  if (!mailer) return false
  const told = await mailer.send({
    id: `invitation-${staffId}-${given.link.slice(-8)}`,
    to: [email],
    ...staffMail('invitation', languages, given),
  })
  return told.ok
}
