/** `tipstaff retention`: deletes now what the lane would delete within the hour, or only counts it. */
import {
  countRetention,
  cutoffsOf,
  type Retained,
  type RetentionCount,
  retain,
} from '../../modules/retention/index.ts'
import type { Keys } from '../../platform/secrets/index.ts'
import { retentionMac } from '../retention-lane.ts'
import {
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  type OperatingDeps,
  printJson,
  printTable,
} from './operating.ts'

export interface RetentionOptions extends CommonOptions {
  dryRun?: boolean | undefined
}

export function retentionCommand(
  deps: OperatingDeps & { keys: Keys; state: { held: string | null } },
  options: RetentionOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const { retention, timeZone } = (await deps.firms.open(firmId)).code.program.settings
    const now = deps.clock.now()
    const cutoffs = cutoffsOf(retention ?? {}, now, timeZone)
    if (cutoffs.length === 0 && !options.json) {
      deps.terminal.out('Everything is kept: firm.yaml sets no retention.\n')
      return 0
    }
    if (options.dryRun) {
      const counts = await deps.db.forFirm(firmId, (tx) => countRetention(tx, cutoffs))
      if (options.json) printJson(deps.terminal, { items: counts })
      else printCounts(deps, counts)
      return 0
    }
    if (deps.state.held !== null)
      throw new CommandFailed(
        'nothing is deleted while this deployment is held: run "tipstaff reconcile" first',
      )
    const done = await retain(firmId, retention ?? {}, timeZone, {
      db: deps.db,
      now: () => deps.clock.now(),
      mac: retentionMac(deps.keys.tokens),
    })
    if (options.json) printJson(deps.terminal, { items: done })
    else printDone(deps, done)
    return 0
  })
}

function printCounts({ terminal }: OperatingDeps, counts: readonly RetentionCount[]): void {
  printTable(terminal, [
    ['rule', 'months', 'before', 'messages', 'texts', 'webhooks', 'on hold', 'still needed'],
    ...counts.map((c) => [
      c.rule,
      ...[c.months, c.before.slice(0, 10), c.messages, c.texts, c.webhooks, c.onHold, c.stillNeeded].map(
        String,
      ),
    ]),
  ])
  terminal.out('Nothing was deleted.\n')
}

function printDone({ terminal }: OperatingDeps, done: readonly Retained[]): void {
  printTable(terminal, [
    ['rule', 'months', 'messages', 'texts', 'webhooks'],
    ...done.map((d) => [d.rule, ...[d.months, d.messages, d.texts, d.webhooks].map(String)]),
  ])
}
