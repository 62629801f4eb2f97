/** `tipstaff wishes CLIENT`: hours of quiet that a client asked for, and how often they want to hear. */
import type { WishesResult } from '../../../contracts/wishes.ts'
import { changeClientWishes, clientWishesOf, findTarget } from '../../modules/console/index.ts'
import { clientWishes, paces } from '../../modules/moments/index.ts'
import {
  actingAs,
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  type OperatingDeps,
  printJson,
  severalFit,
} from './operating.ts'

export interface WishesOptions extends CommonOptions {
  /** Each like `sat,sun`, `13:00-15:00` or `mon,fri 18:00-24:00`; `none` takes all back. */
  quiet?: string[] | undefined
  /** at-once, daily, weekly; `usual` takes it back. */
  updates?: string | undefined
}

export function wishesCommand(deps: OperatingDeps, client: string, options: WishesOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const change = {
      ...(options.quiet === undefined ? {} : { quiet: quietFrom(options.quiet) }),
      ...(options.updates === undefined ? {} : { updates: paceFrom(options.updates) }),
    }
    const done = await deps.db.forFirm(firmId, async (tx) => {
      const found = await findTarget(tx, 'client', client)
      if (found.kind === 'several') throw severalFit(found.candidates)
      if (found.kind === 'none') throw new CommandFailed(found.reason)
      const one = { id: found.target.id, name: found.name }
      return Object.keys(change).length > 0
        ? changeClientWishes(tx, one, change, actingAs(deps))
        : clientWishesOf(tx, one)
    })
    if (!done) throw new CommandFailed('there is no such client')
    if (options.json) printJson(deps.terminal, done)
    else deps.terminal.out(inWords(done))
    return 0
  })
}

function quietFrom(texts: readonly string[]) {
  if (texts.length === 1 && texts[0] === 'none') return null
  return texts.map((text) => {
    const match = /^(?:([a-z]{3}(?:,[a-z]{3})*))?\s*(?:(\d\d:\d\d)-(\d\d:\d\d))?$/.exec(text.trim())
    const [, days, from, until] = match ?? []
    const read = clientWishes.safeParse({
      quiet: [
        {
          ...(days === undefined ? {} : { days: days.split(',') }),
          ...(from === undefined ? {} : { from, until }),
        },
      ],
    })
    if (match === null || !read.success)
      throw new CommandFailed(
        `--quiet "${text}" is neither days (sat,sun) nor hours (13:00-15:00) nor both (mon,fri 18:00-24:00)`,
      )
    return read.data.quiet![0]!
  })
}

function paceFrom(text: string) {
  if (text === 'usual') return null
  const pace = paces.find((one) => one.replace('_', '-') === text)
  if (pace === undefined)
    throw new CommandFailed(`--updates ${text} is not one of: at-once, daily, weekly, usual`)
  return pace
}

function inWords({ client, wishes }: WishesResult): string {
  const quiet = (wishes.quiet ?? []).map(({ days, from = '00:00', until = '24:00' }) => {
    const hours = from === '00:00' && until === '24:00' ? '' : ` ${from}-${until}`
    return `  not on ${days?.join(', ') ?? 'any day'}${hours}\n`
  })
  const often = wishes.updates ? `  updates ${wishes.updates.replace('_', ' ')}\n` : ''
  const all = [...quiet, often].join('')
  return `${client}\n${all === '' ? '  has asked for nothing\n' : all}`
}
