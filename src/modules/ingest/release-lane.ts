/** The release lane: what was held is looked at again, under the same lock as new decisions. */
import type { FirmId, NoticeId } from '../../kernel/index.ts'
import type { Lane } from '../../platform/jobs/lanes.ts'
import { postponeHeld } from '../notices/index.ts'
import { releaseHeld } from '../rules/index.ts'
import { type IngestDeps, takeDecideLock } from './decide-lane.ts'
import { isGone } from './gone.ts'
import { factsTooOld } from './judge.ts'
import { faultName, mayPass } from './one-by-one.ts'
import { wishForFacts } from './store.ts'

const batch = 100
/** What could not be decided is tried again then: a release or another look may mend it. */
const later = { minutes: 15 }

interface Done {
  looked: number
  more: boolean
}

export function releaseLane(deps: IngestDeps): Lane {
  return {
    name: 'release',
    parallel: 1,
    async run(firmId) {
      const done = await releaseSome(deps, firmId)
      if (!done) return { next: 'wait', milliseconds: 50 }
      if (done.looked > 0) deps.nudge('deliver', firmId)
      return done.more ? { next: 'more' } : { next: 'idle' }
    },
  }
}

/** A batch in one commit; if it can't be decided as a whole, one by one, and what is at fault is put off. */
async function releaseSome(deps: IngestDeps, firmId: FirmId): Promise<Done | null> {
  try {
    return await releaseBatch(deps, firmId, batch, () => {})
  } catch (error) {
    if (mayPass(error)) throw error
  }
  const sum: Done = { looked: 0, more: true }
  for (let tries = 0; tries < batch && sum.more; tries++) {
    let taken: readonly NoticeId[] = []
    try {
      const done = await releaseBatch(deps, firmId, 1, (ids) => {
        taken = ids
      })
      if (!done) return sum
      sum.looked += done.looked
      sum.more = done.more
    } catch (error) {
      if (taken.length === 0 || mayPass(error)) throw error
      await deps.db.forFirm(firmId, async (tx) => {
        await postponeHeld(tx, taken, `could not be decided: ${faultName(error)}`, deps.now().add(later))
        await deps.stuck(tx, taken[0]!, faultName(error), error)
      })
    }
  }
  return sum
}

function releaseBatch(
  deps: IngestDeps,
  firmId: FirmId,
  limit: number,
  took: (ids: readonly NoticeId[]) => void,
): Promise<Done | null> {
  return deps.db.forFirm(firmId, async (tx) => {
    if (!(await takeDecideLock(tx))) return null
    const config = await deps.program(tx)
    const now = deps.now()
    const { wishes, ...done } = await releaseHeld(tx, config.program, {
      now,
      newId: deps.newId,
      salt: deps.salt,
      revision: config.program.revision,
      firmId,
      limit,
      outdated: (matter) => factsTooOld(matter, config, now),
      gone: (matter) => isGone(matter, now),
      took,
    })
    if (wishes.length > 0) {
      await wishForFacts(
        tx,
        wishes.map((m) => ({ connectionId: m.connection_id, externalId: m.external_id })),
        now,
      )
      tx.afterCommit(() => deps.nudge('fetch', firmId))
    }
    return done
  })
}
