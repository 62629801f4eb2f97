/** `tipstaff trace WHOM`: did she get it? */
import type { AskedFor } from '../../../contracts/trace.ts'
import { renderTrace, trace } from '../../modules/console/index.ts'
import { zoneOf } from '../api/deps.ts'
import {
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  type OperatingDeps,
  printJson,
  severalFit,
} from './operating.ts'

export interface TraceOptions extends CommonOptions {
  as?: AskedFor | undefined
  limit?: number | undefined
  cursor?: string | undefined
  /** Everything, not one screen. */
  all?: boolean | undefined
  /** Also events by which nothing changed. */
  quiet?: boolean | undefined
  /** Columns of the terminal. */
  width?: number | undefined
}

/** @returns 0: found, whatever the answer is · 1: nobody and nothing is known by that, or several fit */
export function traceCommand(deps: OperatingDeps, whom: string, options: TraceOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const zone = await zoneOf(deps, firmId)
    const query = {
      value: whom,
      quiet: options.quiet ?? false,
      ...(options.as === undefined ? {} : { as: options.as }),
      ...(options.limit === undefined ? {} : { limit: options.limit }),
      ...(options.cursor === undefined ? {} : { cursor: options.cursor }),
    }
    const found = await deps.db.forFirm(firmId, (tx) => trace(tx, query, { zone, now: deps.clock.now() }))
    switch (found.kind) {
      case 'found':
        if (options.json) printJson(deps.terminal, found.trace)
        else
          deps.terminal.out(
            renderTrace(found.trace, {
              width: options.width ?? 120,
              colour: deps.terminal.colour,
              all: options.all ?? false,
            }),
          )
        return 0
      case 'none':
        throw new CommandFailed(found.reason)
      case 'several':
        throw severalFit(found.candidates)
      case 'bad_cursor':
        throw new CommandFailed('--cursor is not one that a trace gave')
    }
  })
}
