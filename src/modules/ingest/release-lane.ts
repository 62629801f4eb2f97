/** The release lane: what was held is looked at again, under the same lock as new decisions. */
import type { Lane } from '../../platform/jobs/lanes.ts'
import { releaseHeld } from '../rules/index.ts'
import { type IngestDeps, takeDecideLock } from './decide-lane.ts'

export function releaseLane(deps: IngestDeps): Lane {
  return {
    name: 'release',
    parallel: 1,
    async run(firmId) {
      const done = await deps.db.forFirm(firmId, async (tx) => {
        if (!(await takeDecideLock(tx))) return null
        const { program } = await deps.program(tx)
        return releaseHeld(tx, program, {
          now: deps.now(),
          newId: deps.newId,
          salt: deps.salt,
          revision: program.revision,
          firmId,
        })
      })
      if (!done) return { next: 'wait', milliseconds: 50 }
      if (done.looked > 0) deps.nudge('deliver', firmId)
      return done.more ? { next: 'more' } : { next: 'idle' }
    },
  }
}
