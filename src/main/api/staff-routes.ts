/** Who works here: who asks, invitations, roles, walls and keys. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { id } from '../../../contracts/common.ts'
import {
  apiKeys,
  inviteRequest,
  inviteResult,
  keyRequest,
  keyResult,
  me,
  named,
  roleRequest,
  staffList,
  wallRequest,
  walls,
} from '../../../contracts/staff.ts'
import type { AlertMailer } from '../../modules/alerts/index.ts'
import { type Caller, createKey, listKeys, revokeKey } from '../../modules/console/index.ts'
import {
  changeRole,
  closeMatter,
  invite,
  listStaff,
  openMatter,
  type Role,
  removeMember,
  type Scope,
  scopesOf,
  wallsOf,
} from '../../modules/staff/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'
import { type ApiDeps, type ApiEnv, acting } from './deps.ts'
import { byId, notFound } from './params.ts'
import { answers, jsonBody, route } from './route.ts'
import { wanted } from './target.ts'

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
const getWalls = route('administer', {
  method: 'get',
  path: '/walls',
  summary: 'Which matters are closed to whom',
  tags: ['staff'],
  responses: answers(walls, 'The newest first'),
})
const postWall = route('administer', {
  method: 'post',
  path: '/walls',
  summary: 'Close a matter to somebody, who then finds it nowhere',
  tags: ['staff'],
  request: { body: jsonBody(wallRequest) },
  responses: answers(named, 'Closed: the id of the matter', [404, 409, 413, 415, 422]),
})
const deleteWall = route('administer', {
  method: 'delete',
  path: '/walls/{staffId}/{matterId}',
  summary: 'Open a matter to somebody again',
  tags: ['staff'],
  request: { params: z.strictObject({ staffId: id, matterId: id }) },
  responses: answers(named, 'Open again', [404, 422]),
})
const getKeys = route('administer', {
  method: 'get',
  path: '/keys',
  summary: 'Keys for scripts, without the keys themselves',
  tags: ['keys'],
  responses: answers(apiKeys, 'The earliest first'),
})
const postKey = route('administer', {
  method: 'post',
  path: '/keys',
  summary: 'Make a key; it is shown this once',
  tags: ['keys'],
  request: { body: jsonBody(keyRequest) },
  responses: answers(keyResult, 'The key', [413, 415, 422]),
})
const deleteKey = route('administer', {
  method: 'delete',
  path: '/keys/{id}',
  summary: 'Revoke a key: the next request with it is refused',
  tags: ['keys'],
  request: { params: byId },
  responses: answers(named, 'Revoked', [404, 422]),
})

export function staffRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  app.openapi(getMe, async (context) => {
    const { firmId, name, scopes, person } = context.var.caller
    const { settings } = (await deps.firms.open(firmId)).code.program
    const firm = { name: settings.name, timeZone: settings.timeZone, languages: [...settings.languages] }
    const { email = null, role = null, twoFactor = null } = person ?? {}
    return context.json({ name, email, role, twoFactor, scopes: [...scopes], firm }, 200)
  })

  app.openapi(getStaff, async (context) => {
    const items = await context.var.inFirm((tx) => listStaff(tx, deps.clock.now()))
    return context.json({ items }, 200)
  })

  app.openapi(postStaff, async (context) => {
    const { caller, answerIn } = context.var
    const wished = context.req.valid('json')
    refuseMore(caller, scopesOf[wished.role], `the role ${wished.role}`)
    const made = await answerIn(async (tx) => {
      const invited = await invite(tx, wished, acting(deps, caller.by))
      if (!invited)
        throw new ProblemError({ status: 409, title: 'They have joined already', detail: wished.email })
      const link = `${deps.publicUrl}/join#${invited.token}`
      return { id: invited.id, link, expiresAt: invited.expiresAt.toString(), mailed: false }
    })
    const { mailer, code } = await deps.firms.open(caller.firmId)
    const { id: staffId, link } = made
    const firm = code.program.settings.name
    const mailed = await mailInvitation(mailer, { ...wished, id: staffId, link, firm })
    return context.json({ ...made, mailed }, 200)
  })

  app.openapi(putRole, async (context) => {
    const { caller, inFirm } = context.var
    const { id: staffId } = context.req.valid('param')
    const { role } = context.req.valid('json')
    refuseMore(caller, scopesOf[role], `the role ${role}`)
    const done = await inFirm(async (tx) => {
      refuseAbove(caller, (await listStaff(tx, deps.clock.now())).find((m) => m.id === staffId)?.role)
      return changeRole(tx, staffId, role, acting(deps, caller.by))
    })
    refuseUnlessChanged(done, staffId)
    return context.json({ id: staffId }, 200)
  })

  app.openapi(deleteStaff, async (context) => {
    const { caller, inFirm } = context.var
    const { id: staffId } = context.req.valid('param')
    const done = await inFirm(async (tx) => {
      refuseAbove(caller, (await listStaff(tx, deps.clock.now())).find((m) => m.id === staffId)?.role)
      return removeMember(tx, staffId, acting(deps, caller.by))
    })
    refuseUnlessChanged(done, staffId)
    return context.json({ id: staffId }, 200)
  })

  app.openapi(getWalls, async (context) => {
    const items = await context.var.inFirm(wallsOf)
    return context.json({ items }, 200)
  })

  app.openapi(postWall, async (context) => {
    const { matter, staffId, reason } = context.req.valid('json')
    const me = acting(deps, context.var.caller.by)
    const closed = await context.var.answerIn(async (tx) => {
      const { target } = await wanted(tx, 'matter', matter, 'body.matter')
      if (!(await listStaff(tx, me.now)).some((m) => m.id === staffId && m.state !== 'removed'))
        throw notFound(`nobody with the id ${staffId} works here`)
      if (!(await closeMatter(tx, { matterId: target.id as never, staffId }, reason, me)))
        throw new ProblemError({ status: 409, title: 'It is closed to them already', detail: matter })
      return { id: target.id as string }
    })
    return context.json(closed, 200)
  })

  app.openapi(deleteWall, async (context) => {
    const { staffId, matterId } = context.req.valid('param')
    const me = acting(deps, context.var.caller.by)
    const done = await context.var.inFirm((tx) =>
      openMatter(tx, { staffId, matterId: matterId as never }, me),
    )
    if (!done) throw notFound('there is no such wall')
    return context.json({ id: matterId }, 200)
  })

  app.openapi(getKeys, async (context) => {
    const items = await context.var.inFirm(listKeys)
    return context.json({ items }, 200)
  })

  app.openapi(postKey, async (context) => {
    const { caller, answerIn } = context.var
    const wished = context.req.valid('json')
    refuseMore(caller, wished.scopes, 'such a key')
    const scopes = [...new Set(wished.scopes)]
    const made = await answerIn((tx) => createKey(tx, { ...wished, scopes }, acting(deps, caller.by)))
    return context.json(made, 200)
  })

  app.openapi(deleteKey, async (context) => {
    const { id: keyId } = context.req.valid('param')
    const done = await context.var.inFirm((tx) => revokeKey(tx, keyId, acting(deps, context.var.caller.by)))
    if (!done) throw notFound(`no key ${keyId}, or it is revoked already`)
    return context.json({ id: keyId }, 200)
  })
}

/** Nobody gives away what they do not have. */
function refuseMore(caller: Caller, scopes: readonly Scope[], what: string): void {
  const more = scopes.filter((scope) => !caller.scopes.includes(scope))
  if (more.length > 0)
    throw new ProblemError({
      status: 403,
      title: 'You may not give more than you have',
      detail: `${what} may ${more.join(', ')}, and you may not`,
    })
}

/** Nor takes it from who has more. */
function refuseAbove(caller: Caller, role: Role | undefined): void {
  if (role !== undefined && scopesOf[role].some((scope) => !caller.scopes.includes(scope)))
    throw new ProblemError({
      status: 403,
      title: 'They may do more than you',
      detail: `somebody with the role ${role} is for an owner to change`,
    })
}

function refuseUnlessChanged(done: 'done' | 'missing' | 'last_owner', staffId: string): void {
  if (done === 'missing') throw notFound(`nobody with the id ${staffId} works here`)
  if (done === 'last_owner')
    throw new ProblemError({
      status: 409,
      title: 'Somebody must stay who can let people in',
      detail: 'they are the last owner: make somebody else an owner first',
    })
}

/** By the operators' mail server: the firm's own provider is for its clients. @returns whether it went */
async function mailInvitation(
  mailer: AlertMailer | null,
  {
    id: staffId,
    name,
    email,
    link,
    firm,
  }: { id: string; name: string; email: string; link: string; firm: string },
): Promise<boolean> {
  if (!mailer) return false
  const told = await mailer.send({
    id: `invitation-${staffId}-${link.slice(-8)}`,
    to: [email],
    subject: `Your sign-in to Tipstaff at ${firm}`,
    text: `Hello ${name},\n\n${firm} invites you to Tipstaff, where its messages to clients are looked after. Follow this link\nwithin a week to choose a password:\n\n${link}\n\nThe link works once and is for you alone. If you did not expect it, delete this mail: nothing happens.\n`,
  })
  return told.ok
}
