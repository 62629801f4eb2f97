/** `tipstaff quality list|fix|ignore`: what is wrong with the firm's data, as work. */
import type { QualityItem } from '../../../contracts/quality.ts'
import { parseMailAddress } from '../../kernel/mail-address.ts'
import { fixQuality, ignoreQuality, qualityPage } from '../../modules/console/index.ts'
import { countries } from '../api/deps.ts'
import {
  actingAs,
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  idOf,
  type ListOptions,
  listPage,
  minute,
  type OperatingDeps,
  printJson,
} from './operating.ts'

export interface QualityListOptions extends ListOptions {
  state?: QualityItem['state'] | undefined
  kind?: string | undefined
}

export function listQualityCommand(deps: OperatingDeps, options: QualityListOptions): Promise<number> {
  const state = options.state ?? 'open'
  return listPage(deps, options, {
    load: (tx, page) => qualityPage(tx, { ...page, state, kind: options.kind }),
    row: (q) => [
      q.id,
      minute(q.lastSeenAt),
      `${q.subject} ${q.externalId}`,
      q.field,
      `${q.title}: ${q.reason}${q.suggestion === null ? '' : `, perhaps ${q.suggestion}`}`,
      q.resolution ?? q.link ?? '',
    ],
    empty: `Nothing is ${state}.`,
  })
}

export function fixQualityCommand(
  deps: OperatingDeps,
  which: string,
  value: string | undefined,
  options: CommonOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const id = idOf(which)
    const channel = value !== undefined && /@/.test(value) ? 'email' : 'sms'
    if (channel === 'email' && value !== undefined) {
      const read = parseMailAddress(value)
      if (!read.ok) throw new CommandFailed(`the address ${read.reason}`)
    }
    const countryOf = await countries(deps, firmId)
    const done = await deps.db.forFirm(firmId, (tx) =>
      fixQuality(
        tx,
        id,
        value === undefined ? {} : { address: { channel, value } },
        countryOf,
        actingAs(deps),
      ),
    )
    if (!done.ok) {
      if (done.why === 'wrong') throw new CommandFailed(done.message)
      throw new CommandFailed(done.why === 'missing' ? `no item ${id}` : `item ${id} is not open`)
    }
    if (options.json) printJson(deps.terminal, { id, woken: done.woken })
    else deps.terminal.out(`Fixed; ${done.woken} that waited are looked at again.\n`)
    return 0
  })
}

export function ignoreQualityCommand(
  deps: OperatingDeps,
  which: string,
  reason: string,
  options: CommonOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const id = idOf(which)
    const done = await deps.db.forFirm(firmId, (tx) => ignoreQuality(tx, id, reason, actingAs(deps)))
    if (done === 'missing') throw new CommandFailed(`no item ${id}`)
    if (done === 'not_open') throw new CommandFailed(`item ${id} is not open`)
    if (options.json) printJson(deps.terminal, { id, ignored: true })
    else deps.terminal.out('Ignored: it is not shown again.\n')
    return 0
  })
}
