/** A firm's own sign-in, as firm.yaml names it: which there is, and whom it lets in. */
import type { FirmSignIn, SignIn, Welcome } from '../adapters/better-auth/index.ts'
import type { Clock, FirmId, NewId } from '../kernel/index.ts'
import { listFirms } from '../modules/firms/index.ts'
import { memberOf, welcome } from '../modules/staff/index.ts'
import type { Database } from '../platform/db/firm-tx.ts'

/** As it was opened: the secret is in its place. */
export interface OpenSignIn extends FirmSignIn {
  /** On the button. */
  name: string
}

interface Deps {
  db: Database
  clock: Clock
  newId: NewId
  firms: { open(firmId: FirmId): Promise<{ signIn?: OpenSignIn | null }> }
  library(): Promise<Pick<SignIn, 'begin' | 'arrive'>>
}

const keyPattern = /^[a-z][a-z0-9-]{1,62}$/

export function firmSignInDoor({ db, clock, newId, firms, library }: Deps) {
  const firmOf = async (key: string): Promise<FirmId | null> => {
    if (!keyPattern.test(key)) return null
    const [found] = await db.lookup<{ firm_id: FirmId }>('select firm_id from lookup_firm($1)', [key])
    return found?.firm_id ?? null
  }
  const opened = async (firmId: FirmId | null): Promise<OpenSignIn | null> =>
    firmId === null ? null : ((await firms.open(firmId)).signIn ?? null)

  const wayOf = async (firmId: FirmId | null): Promise<{ firm: string; name: string } | null> => {
    // Where its configuration can't be opened, its people get in by password all the same.
    const found = await opened(firmId).catch(() => null)
    return found && { firm: found.key, name: found.name }
  }

  return {
    gate: {
      async welcome(key: string, email: string): Promise<Welcome> {
        const firmId = await firmOf(key)
        return firmId === null ? 'nobody' : welcome(db, firmId, email, { now: clock.now(), newId })
      },
      async belongs(userId: string, key: string): Promise<boolean> {
        const member = await memberOf(db, userId)
        return member !== null && member.firmId === (await firmOf(key))
      },
    },

    /** As `way`, for a firm that is known. */
    wayOf,

    /**
     * What the sign-in page offers beside passwords.
     *
     * @param key of the firm whose people the page is for; null: the only firm of the deployment, if it is the only one
     */
    async way(key: string | null): Promise<{ firm: string; name: string } | null> {
      const [only, ...others] = key === null ? await listFirms(db) : []
      return wayOf(key === null ? (others.length === 0 ? (only ?? null) : null) : await firmOf(key))
    },

    /** @returns null where the firm has no sign-in of its own */
    async begin(key: string, request: Request, peer: string, back: string): Promise<Response | null> {
      const found = await opened(await firmOf(key))
      return found && (await library()).begin(found, request, peer, back)
    },

    /** @returns as above */
    async arrive(key: string, request: Request, peer: string): Promise<Response | null> {
      const found = await opened(await firmOf(key))
      return found && (await library()).arrive(found, request, peer)
    },
  }
}
