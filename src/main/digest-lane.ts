/** The lane that ends digests, and what the link in one leads to. */
import type { Clock, FirmId, NewId } from '../kernel/index.ts'
import type { NewAlert } from '../modules/alerts/index.ts'
import { type DigestLines, digestLane } from '../modules/digests/index.ts'
import { changeWishes, readWishes } from '../modules/facts/index.ts'
import type { Pace } from '../modules/moments/index.ts'
import { wakeHeld } from '../modules/notices/index.ts'
import type { Database, FirmTx } from '../platform/db/firm-tx.ts'
import type { Lane } from '../platform/jobs/lanes.ts'
import type { Log } from '../platform/log/index.ts'
import type { Metrics } from '../platform/metrics/index.ts'
import { type Keys, readIds, signIds } from '../platform/secrets/index.ts'
import type { Firms } from './firms.ts'

export interface DigestLaneDeps {
  db: Database
  clock: Clock
  newId: NewId
  salt(): Uint8Array
  firms: Firms
  metrics: Metrics
  keys: Keys
  publicUrl: string
  nudge(lane: string, firmId: FirmId): void
  alert(tx: FirmTx, alerts: readonly NewAlert[]): Promise<void>
  log: Pick<Log, 'error'>
}

/** For how long the link in a digest leads to it. */
const linkLasts = { hours: 24 * 14 }

const purpose = 'digest'

export const makeDigestLane = (deps: DigestLaneDeps): Lane =>
  digestLane({
    db: deps.db,
    now: () => deps.clock.now(),
    newId: deps.newId,
    salt: deps.salt,
    program: (tx) => deps.firms.code(tx),
    link: (firmId, digestId, now) =>
      `${deps.publicUrl}/digests/${signIds(purpose, [firmId, digestId], deps.keys.tokens, now.add(linkLasts))}`,
    nudge: deps.nudge,
    counted: (outcome) => deps.metrics.digests.inc({ outcome }),
    async stuck(tx, digestId, fault, error) {
      deps.log.error(
        { lane: 'digest', firm: tx.firmId, digest: digestId, err: error },
        'a digest could not be decided',
      )
      await deps.alert(tx, [
        {
          kind: 'digest_stuck',
          cause: digestId,
          severity: 'warning',
          title: 'A digest could not be decided and was put off',
          detail: { digest: digestId, fault },
        },
      ])
    },
  })

export type DigestPage =
  | { kind: 'shown'; firmName: string; lines: DigestLines; pace: Pace | null; chosen: boolean }
  /** Its words were deleted, or there never were such. */
  | { kind: 'gone' }
  | { kind: 'expired' }
  | { kind: 'refused' }

/** @param choice how often the client wants to hear from now on; null: they only read */
export async function readDigest(
  deps: Pick<DigestLaneDeps, 'db' | 'clock' | 'firms' | 'keys' | 'nudge'>,
  token: string,
  choice: Pace | null,
): Promise<DigestPage> {
  const now = deps.clock.now()
  const read = readIds(purpose, token, 2, deps.keys.tokens, now)
  if (!read.ok) return { kind: read.reason === 'expired' ? 'expired' : 'refused' }
  const [firmId, digestId] = read.payload as [FirmId, string]
  const page = await deps.db.forFirm(firmId, async (tx): Promise<DigestPage> => {
    const [row] = await tx.rows<{ client_id: never; lines: DigestLines | null }>(
      'select client_id, lines from digests where id = $1',
      [digestId],
    )
    if (!row?.lines) return { kind: 'gone' }
    if (choice !== null) {
      await changeWishes(tx, row.client_id, { updates: choice }, 'client', now)
      await wakeHeld(tx, { clientId: row.client_id }, now)
    }
    const { program } = await deps.firms.code(tx)
    const wishes = await readWishes(tx, row.client_id)
    return {
      kind: 'shown',
      firmName: program.settings.name,
      lines: row.lines,
      pace: wishes?.updates ?? null,
      chosen: choice !== null,
    }
  })
  if (choice !== null) deps.nudge('release', firmId)
  return page
}
