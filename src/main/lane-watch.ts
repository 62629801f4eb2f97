/** What the lanes do, seen from outside: counted, measured, and noticed when a batch does not end. */
import type { FirmId } from '../kernel/index.ts'
import type { Lane } from '../platform/jobs/lanes.ts'
import type { Metrics } from '../platform/metrics/index.ts'

export interface LaneWatch {
  /** The same lane, watched. */
  watch(lane: Lane): Lane
  /** Lanes with a batch that has been running for longer than this, in milliseconds. */
  stuck(longerThan: number): string[]
}

/**
 * @param monotonic milliseconds
 * @param ended told of each batch that ended without an error
 */
export function laneWatch(
  metrics: Pick<Metrics, 'jobs' | 'jobSeconds'>,
  monotonic: () => number,
  ended: (lane: string, firmId: FirmId) => void,
): LaneWatch {
  const running = new Map<object, { lane: string; since: number }>()
  return {
    watch: (lane) => ({
      ...lane,
      async run(firmId) {
        const since = monotonic()
        const turn = {}
        running.set(turn, { lane: lane.name, since })
        try {
          const result = await lane.run(firmId)
          metrics.jobs.inc({ lane: lane.name, outcome: 'ok' })
          ended(lane.name, firmId)
          return result
        } finally {
          running.delete(turn)
          metrics.jobSeconds.observe({ lane: lane.name }, (monotonic() - since) / 1000)
        }
      },
    }),
    stuck(longerThan) {
      const now = monotonic()
      const late = [...running.values()].filter(({ since }) => now - since > longerThan)
      return [...new Set(late.map(({ lane }) => lane))].sort()
    },
  }
}
