/** Clocks: signatures are refused after five minutes, quiet hours are by the minute, and lists are asked by time. */
import { resolveSecret } from '../../platform/secrets/index.ts'
import { type Check, type DoctorContext, type Finding, ok, warn } from './types.ts'

/** Where providers are whose connection names no address of its own (providers.md). */
const usualAddress: Readonly<Record<string, string>> = {
  twilio: 'https://api.twilio.com',
  sendgrid: 'https://api.sendgrid.com',
  clio: 'https://app.clio.com',
}

/** @param ahead how far our clock is ahead of theirs, in milliseconds */
export function judgeClock(name: string, whose: string, ahead: number, blur: number): Finding {
  const off = Math.abs(ahead)
  const detail =
    off <= blur
      ? `agrees with ${whose}`
      : `${(off / 1000).toFixed(1)} s ${ahead > 0 ? 'ahead of' : 'behind'} ${whose}`
  return off - blur > 2_000
    ? warn(name, detail, 'set the clock by NTP (chrony, systemd-timesyncd); on both machines')
    : ok(name, detail)
}

export const clockCheck: Check = {
  name: 'clock',
  async run(context) {
    const { runtime, clock, firms } = context
    const before = clock.now().epochMilliseconds
    const [row] = await runtime.db.lookup<{ now: Temporal.Instant }>('select clock_timestamp() as now')
    const after = clock.now().epochMilliseconds
    const ahead = (before + after) / 2 - row!.now.epochMilliseconds
    const findings = [judgeClock('clock.database', 'the database', ahead, (after - before) / 2)]
    const hosts = new Map<string, string>()
    for (const { firm } of firms)
      for (const { kind, settings } of firm.connections.values()) {
        const url = await addressOf(kind, settings.settings.baseUrl, context)
        if (url !== null) hosts.set(new URL(url).origin, kind)
      }
    const told = await Promise.all([...hosts].map(([origin, kind]) => providerClock(origin, kind, context)))
    return [...findings, ...told.filter((finding) => finding !== null)]
  },
}

async function addressOf(kind: string, given: unknown, { env }: DoctorContext): Promise<string | null> {
  if (typeof given !== 'string') return usualAddress[kind] ?? null
  if (URL.canParse(given) && given.startsWith('http')) return given
  const verdict = await resolveSecret(given, { env, readFile: async () => '', stored: async () => null })
  return verdict.ok && URL.canParse(verdict.value) ? verdict.value : null
}

/** Every HTTP answer carries the server's time to the second (RFC 9110 §6.6.1), an error's as well. */
async function providerClock(
  origin: string,
  kind: string,
  { fetch, clock }: DoctorContext,
): Promise<Finding | null> {
  try {
    const before = clock.now().epochMilliseconds
    const answer = await fetch(origin, {
      method: 'HEAD',
      signal: AbortSignal.timeout(5_000),
      redirect: 'manual',
    })
    const after = clock.now().epochMilliseconds
    const date = Date.parse(answer.headers.get('date') ?? '')
    if (Number.isNaN(date)) return null
    return judgeClock(`clock.${kind}`, kind, (before + after) / 2 - (date + 500), 500 + (after - before) / 2)
  } catch {
    return null // that it can't be reached is the connection's own finding
  }
}
