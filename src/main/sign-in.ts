/** The door for people: invitations, signing in, and who it is that asks. */

import type { Act, SignIn, Standing } from '../adapters/better-auth/index.ts'
import type { Clock, FirmId, NewId } from '../kernel/index.ts'
import { record } from '../modules/audit/index.ts'
import {
  admission,
  type Invitation,
  invitationOf,
  join,
  memberAt,
  memberOf,
  type Proof,
  type SignedIn,
  sessionCookie,
} from '../modules/staff/index.ts'
import type { Database } from '../platform/db/firm-tx.ts'
import { together } from '../platform/http/together.ts'
import type { Log } from '../platform/log/index.ts'
import { hashPassword } from '../platform/secrets/index.ts'
import { firmSignInDoor, type OpenSignIn } from './firm-sign-in.ts'
import { forgotten, type MailingFirm } from './forgotten.ts'

export interface SignInDoorOptions {
  db: Database
  databaseUrl: string
  clock: Clock
  newId: NewId
  log: Pick<Log, 'warn'>
  key: Buffer
  publicUrl: string
  trustedProxies: readonly string[]
  firms: { open(firmId: FirmId): Promise<MailingFirm & { signIn?: OpenSignIn | null }> }
}

export type SignInDoor = ReturnType<typeof signInDoor>

export interface Asking extends SignedIn {
  sessionId: string
  twoFactor: boolean
  /** What their firm asks for, and must be set up before anything else. */
  needs: 'second_factor' | null
}

export function signInDoor(options: SignInDoorOptions) {
  const { db, clock, newId, log, publicUrl } = options
  const origins = originsOf(publicUrl)
  /** Into the record of the firm where they work. */
  const note = async (userId: string, act: Act) => {
    const member = await memberOf(db, userId)
    if (!member) return
    const who = `staff:${member.staffId}`
    const entry = { actor: who, action: `staff.${act}`, subject: who, data: {} }
    await db.forFirm(member.firmId, (tx) => record(tx, [entry], clock.now()))
  }
  const standing = async (userId: string, proof: Proof): Promise<Standing> => {
    const member = await memberOf(db, userId)
    if (!member) return 'nobody'
    const how = admission(member, { proof, twoFactor: false })
    return how === 'firm_only' ? { firm_only: await own.wayOf(member.firmId) } : 'member'
  }
  let made: Promise<SignIn> | undefined
  // A second of loading and some 60 MB that a worker, and a firm that nobody looks at, does without.
  const library = (): Promise<SignIn> => {
    made ??= import('../adapters/better-auth/index.ts').then(({ createSignIn }) =>
      createSignIn({
        databaseUrl: options.databaseUrl,
        key: options.key,
        publicUrl,
        origins,
        trustedProxies: options.trustedProxies,
        newId: () => newId<string>(),
        standing,
        acted: note,
        gate: own.gate,
        forgot(email) {
          const mailing: Promise<void> = reset
            .mail(email)
            .catch((error) => log.warn({ err: error }, 'a link for a new password could not be made'))
            .finally(() => underWay.delete(mailing))
          underWay.add(mailing)
        },
        issuerFails: (firm, reason) => log.warn({ firm, reason }, 'a firm’s own sign-in does not work'),
        warn: (message) => log.warn({ detail: message }, 'sign-in'),
      }),
    )
    return made
  }
  const own = firmSignInDoor({ db, clock, newId, firms: options.firms, library })
  const reset = forgotten({ db, clock, log, publicUrl, firms: options.firms, library })
  const underWay = new Set<Promise<void>>()
  const atOnce = together()
  /** Whose a cookie is, by its signature; whether that still holds is asked each time. */
  const known = new Map<string, Pick<Asking, 'firmId' | 'staffId' | 'sessionId'> & { at: number }>()

  return {
    /** Everything below /auth but invitations. @param peer the address of who is on the line */
    answer: async (request: Request, peer: string): Promise<Response> =>
      (await library()).answer(request, peer),

    /** @returns null for who is not signed in, or has no place at a firm any more */
    async asking(headers: Headers): Promise<Asking | null> {
      const cookie = sessionIn(headers)
      if (cookie === null) return null
      // A page asks for several things at once.
      return atOnce(cookie, async () => {
        const { still, sessionOf } = await library()
        const before = known.get(cookie)
        if (before && performance.now() - before.at < knownFor) {
          const [session, member] = await Promise.all([still(before.sessionId), memberAt(db, before)])
          if (session && member) return admitted(member, { ...session, sessionId: before.sessionId })
        }
        known.delete(cookie)
        const session = await sessionOf(headers)
        const member = session && (await memberOf(db, session.userId))
        if (!member) return null
        const { firmId, staffId } = member
        if (known.size >= mostKnown) known.clear()
        known.set(cookie, { firmId, staffId, sessionId: session.sessionId, at: performance.now() })
        return admitted(member, session)
      })
    },

    /** Whether a request that changes something was made by a page of ours: browsers say where it comes from. */
    ours(headers: Headers): boolean {
      const origin = headers.get('origin')
      return origin !== null && origins.includes(origin)
    },

    invitation: (token: string): Promise<Invitation | null> => invitationOf(db, token, clock.now()),

    /** Follows an invitation and signs in. @returns the answer with the cookie, or why not */
    async join(
      token: string,
      given: { name: string; email: string; password: string },
    ): Promise<Response | 'void' | 'taken' | 'other_address' | 'firm_only'> {
      const invited = await invitationOf(db, token, clock.now())
      if (!invited) return 'void'
      if (invited.ownSignIn) return 'firm_only'
      if (invited.email !== null && invited.email.toLowerCase() !== given.email.toLowerCase())
        return 'other_address'
      const passwordHash = await hashPassword(given.password)
      const done = await join(db, invited, { ...given, passwordHash }, token, { now: clock.now(), newId })
      if (done !== 'joined') return done
      return (await library()).enter(given.email.toLowerCase(), given.password)
    },

    /** The firm's own sign-in. */
    own: { way: own.way, wayOf: own.wayOf, begin: own.begin, arrive: own.arrive },

    /** A link by which whoever holds it chooses somebody's password anew. @param by who made it, as the record names them */
    resetLink: (firmId: FirmId, email: string, by: string) => reset.link(firmId, email, by),

    /** Resolves when no mail is under way any more. */
    async drain(): Promise<void> {
      await Promise.all(underWay)
    },

    async close(): Promise<void> {
      await this.drain()
      await (await made)?.close()
    },
  }
}

/** @returns null where the firm lets them in by another way alone: they are not signed in, from this request on */
function admitted(
  member: SignedIn,
  session: { sessionId: string; twoFactor: boolean; proof: Proof },
): Asking | null {
  const { sessionId, twoFactor } = session
  const how = admission(member, session)
  if (how === 'firm_only') return null
  return { ...member, sessionId, twoFactor, needs: how === 'second_factor' ? how : null }
}

/** Milliseconds; the library looks itself as often, and has a session that is used last longer. */
const knownFor = 60_000
const mostKnown = 5_000

/** @returns the signed value of the cookie, or null */
const sessionIn = (headers: Headers): string | null => {
  const name = `${sessionCookie}=`
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(name))?.slice(name.length) || null
}

/** On one machine a page may be opened by name or by number. */
function originsOf(publicUrl: string): string[] {
  const url = new URL(publicUrl)
  const twin: Readonly<Record<string, string>> = { '127.0.0.1': 'localhost', localhost: '127.0.0.1' }
  const other = twin[url.hostname]
  if (other === undefined) return [url.origin]
  const second = new URL(url)
  second.hostname = other
  return [url.origin, second.origin]
}
