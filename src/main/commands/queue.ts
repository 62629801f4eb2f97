/** `tipstaff queue`: how long what is due will take to leave. */
import { queueOf } from '../queue.ts'
import { type CommonOptions, forChosenFirm, minute, type OperatingDeps, printJson } from './operating.ts'

export function queueCommand(deps: OperatingDeps, options: CommonOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const { estimates, lanes } = await queueOf(deps, firmId)
    const { terminal } = deps
    if (options.json) {
      printJson(terminal, { estimates, lanes })
      return 0
    }
    if (estimates.length === 0) terminal.out('Nothing waits to be sent.\n')
    for (const { connection, channel, queued, throughBy, afterQuietHours } of estimates) {
      const through = throughBy === null ? 'not through within a month' : `through by ${minute(throughBy)}`
      const later = afterQuietHours > 0 ? `; ${afterQuietHours} of them after quiet hours` : ''
      terminal.out(`${connection}  ${queued} ${channel}, ${through}${later}\n`)
    }
    for (const { lane, due, ageSeconds } of lanes)
      if (due > 0) terminal.out(`lane ${lane}: ${due} due, the oldest for ${Math.round(ageSeconds)} s\n`)
    return 0
  })
}
