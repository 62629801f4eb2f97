/**
 * Which hours are quiet for one message: the firm's own, every rule of its table that binds where the client lives, and
 * what the client wishes. Where several speak, all must allow it. Pure; compiled once per edition of the configuration.
 */
import { type Channel, isZone, type Purpose } from '../../kernel/index.ts'
import type { ClientWishes, QuietRule } from './types.ts'
import { both, lookAt, quietNext, quietSince, type Week, weekOf, weekWithout } from './week.ts'

/** `from` and `until` as wall times, over midnight or not; the same twice: none. */
export interface FirmHours {
  from: string
  until: string
  /** Mails wait as well. */
  mail: boolean
  /** Whether what is urgent waits as well. */
  urgent: 'wait' | 'send'
}

/** One message, as far as it matters here. */
export interface QuietQuestion {
  clientId: string
  /** The client's own, as the CMS has it: IANA; anything else is taken for unknown. */
  timeZone: string | null
  /** ISO 3166-2 of where the client lives: `US-TX`; null: unknown. */
  region: string | null
  wishes: ClientWishes | null
  channel: Channel
  purpose: Purpose
  urgent: boolean
}

export type Quiet =
  | { quiet: false; zone: string; zoneOf: ZoneOf }
  | {
      quiet: true
      /** The first moment that is not; null: no hour of the week is open. */
      until: Temporal.Instant | null
      /** When this message leaves: spread over the first minutes after that, but for what is urgent. */
      leaves: Temporal.Instant | null
      /** Why: rules by their sources, the firm, the client. */
      by: string[]
      zone: string
      zoneOf: ZoneOf
    }
export type ZoneOf = 'client' | 'firm'

/** As it stands in `by`: nobody but the client lets anything pass these. */
export const clientsWish = "the client's wish"

export interface QuietTable {
  look(moment: Temporal.Instant, question: QuietQuestion): Quiet
  /** @returns when it becomes quiet next, looked at while it is not; null: never */
  next(moment: Temporal.Instant, question: QuietQuestion): Temporal.Instant | null
  /** @returns when the quiet hours began in which a moment lies; null where every hour of the week is quiet */
  since(moment: Temporal.Instant, question: QuietQuestion): Temporal.Instant | null
}

export interface QuietSettings {
  firm: FirmHours | null
  rules: readonly QuietRule[]
  /** IANA: where the client's own zone is not known. */
  firmZone: string
  /** Where the firm is: for clients of whom nobody knows where they live; null: no rule of the table binds them. */
  firmRegion: string | null
  /** Over how many minutes what waited leaves. */
  spread: number
}

interface Binding {
  name: string
  week: Week
}

/** @throws RangeError for wall times that are none */
export function compileQuiet(settings: QuietSettings): QuietTable {
  const { firm, firmZone, firmRegion } = settings
  const own: Binding | null =
    firm === null || firm.from === firm.until ? null : { name: "the firm's hours", week: weekWithout([firm]) }
  const rules = settings.rules.map((rule) => ({
    ...rule,
    name: `${rule.key} (${rule.source})`,
    week: weekOf(rule.allowed),
  }))
  // Whatever a client wishes, there are few of them, and they are asked for each message.
  const known = new Map<string, { bindings: Binding[]; week: Week | null }>()

  function bindingsFor(question: QuietQuestion): { bindings: Binding[]; week: Week | null } {
    const { channel, purpose, urgent, wishes } = question
    const region = question.region ?? firmRegion
    const name = JSON.stringify([region, channel, purpose, urgent, wishes?.quiet ?? null])
    const before = known.get(name)
    if (before !== undefined) return before
    const bindings: Binding[] = []
    if (own && (channel === 'sms' || firm!.mail) && !(urgent && firm!.urgent === 'send')) bindings.push(own)
    for (const rule of rules) {
      if (!bindsIn(rule.where, region)) continue
      if (!rule.channels.includes(channel) || !(rule.purposes?.includes(purpose) ?? true)) continue
      if (urgent && rule.urgent === 'send') continue
      bindings.push(rule)
    }
    const wished = wishes?.quiet ?? []
    if (wished.length > 0 && !urgent)
      bindings.push({
        name: clientsWish,
        week: weekWithout(wished.map(({ days, from = '00:00', until = '24:00' }) => ({ days, from, until }))),
      })
    const made = {
      bindings,
      week: bindings.length === 0 ? null : bindings.map((b) => b.week).reduce(both),
    }
    if (known.size >= mostKept) known.clear()
    known.set(name, made)
    return made
  }

  const zoneOf = (timeZone: string | null): { zone: string; zoneOf: ZoneOf } =>
    timeZone !== null && isZone(timeZone)
      ? { zone: timeZone, zoneOf: 'client' }
      : { zone: firmZone, zoneOf: 'firm' }

  return {
    look(moment, question) {
      const where = zoneOf(question.timeZone)
      const { bindings, week } = bindingsFor(question)
      if (week === null) return { quiet: false, ...where }
      const span = lookAt(week, moment, where.zone)
      if (!span.quiet) return { quiet: false, ...where }
      const by = bindings.filter((b) => lookAt(b.week, moment, where.zone).quiet).map((b) => b.name)
      const { until, open } = span
      const over = question.urgent ? 0 : settings.spread
      const leaves = until && spread(until, question.clientId, Math.min(over, open / 2))
      return { quiet: true, until, leaves, by, ...where }
    },
    next(moment, question) {
      const { week } = bindingsFor(question)
      return week === null ? null : quietNext(week, moment, zoneOf(question.timeZone).zone)
    },
    since(moment, question) {
      const { week } = bindingsFor(question)
      return week === null ? moment : quietSince(week, moment, zoneOf(question.timeZone).zone)
    },
  }
}

const mostKept = 5_000

/** A country's rule binds in each of its states. */
const bindsIn = (where: string, region: string | null): boolean =>
  region !== null && (where === region || region.startsWith(`${where}-`))

/** Each client always at the same of these minutes: 08:00 is no burst, and two messages keep their order. */
function spread(opens: Temporal.Instant, clientId: string, minutes: number): Temporal.Instant {
  const seconds = Math.floor(minutes * 60)
  return seconds <= 0 ? opens : opens.add({ seconds: hashOf(clientId) % seconds })
}

/** FNV-1a: small and the same everywhere; nothing depends on its being hard to guess. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  return hash
}
