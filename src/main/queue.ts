/** What waits to be sent, when it will be through, and what is due in each lane: for the API and the command line. */
import type { Queue } from '../../contracts/operations.ts'
import type { FirmId } from '../kernel/index.ts'
import { firmStats } from '../modules/console/index.ts'
import { estimateQueue } from '../modules/delivery/index.ts'
import { listConnections } from '../modules/firms/index.ts'
import type { ApiDeps, ApiEnv, Opening } from './api/deps.ts'

/** @param inFirm what whoever asks may see; all that the firm has by default */
export async function queueOf(
  deps: Pick<ApiDeps, 'db' | 'clock'> & Opening,
  firmId: FirmId,
  inFirm: ApiEnv['Variables']['inFirm'] = (work) => deps.db.forFirm(firmId, work),
): Promise<Queue> {
  const now = deps.clock.now()
  const { outlets, quiet } = (await deps.firms.open(firmId)).delivery
  const rates = new Map([...outlets].map(([id, outlet]) => [id, outlet.rate]))
  return inFirm(async (tx) => {
    const keys = new Map((await listConnections(tx)).map((c) => [c.id, c.key]))
    const estimates = await estimateQueue(tx, { rates, quiet }, now)
    const { lanes } = await firmStats(tx, now)
    return {
      estimates: estimates.map(({ connectionId, throughBy, ...rest }) => ({
        connection: keys.get(connectionId) ?? connectionId,
        ...rest,
        throughBy: throughBy?.toString({ smallestUnit: 'second' }) ?? null,
      })),
      lanes,
    }
  })
}
