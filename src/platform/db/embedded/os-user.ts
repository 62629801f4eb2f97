import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartupError } from '../startup-error.ts'

/** The unprivileged user that PostgreSQL runs under when Tipstaff itself runs as root. */
export interface OsUser {
  name: string
  uid: number
  gid: number
}

/** Tried in this order: `postgres` is made for databases, the rest are there on any Linux. */
const CANDIDATES = ['postgres', 'nobody', 'daemon', 'bin']

function passwd(): OsUser[] {
  const users: OsUser[] = []
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':')
    if (name && Number(uid) > 0) users.push({ name, uid: Number(uid), gid: Number(gid) })
  }
  return users
}

/**
 * Under whom PostgreSQL must run: undefined for "as we are". As root it refuses to, so an existing user is
 * taken (none is created; initdb looks its name up, so it needs an entry). `owner` is the uid that already
 * owns the cluster, which then decides.
 */
export function serverUser(owner?: number): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = passwd()
  const found =
    owner === undefined
      ? CANDIDATES.map((name) => users.find((user) => user.name === name)).find((user) => user !== undefined)
      : users.find((user) => user.uid === owner)
  if (found) return found
  throw new StartupError(
    owner === undefined
      ? 'PostgreSQL does not run as root, and /etc/passwd names no user to run it under (postgres, nobody). Start Tipstaff as an ordinary user, or set DATABASE_URL.'
      : `The database belongs to user id ${owner}, which /etc/passwd does not name. Give its files to an existing user (chown -R nobody), or set DATABASE_URL.`,
  )
}

/** True when `user` may enter every directory down to `path` and read it. Mode bits only: root can't ask for another. */
export function canReach(path: string, user: OsUser): boolean {
  for (let at = path; ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at)
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0
    const need = at === path ? 5 : 1
    if (((mode >> shift) & need) !== need) return false
    if (at === dirname(at)) return true
  }
}
