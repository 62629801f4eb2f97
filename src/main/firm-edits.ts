/** The parts of `firm.yaml` that people edit in forms: read out of the stored item, and put back into it. Pure. */
import type { FirmHours, RetentionMonths, SignInRules } from '../../contracts/settings.ts'
import { firmSettings, type Json } from '../modules/firms/index.ts'

type Body = { readonly [name: string]: Json }
const isBody = (body: Json | undefined): body is Body =>
  typeof body === 'object' && body !== null && !Array.isArray(body)

/** @throws where the stored item can't be used, e.g. since a newer release made it */
export function hoursOf(body: Json): FirmHours {
  const { timeZone, quietHours, cap } = firmSettings.parse(body)
  return { timeZone, quietHours: quietHours ?? null, cap: cap ?? null }
}

const rules = ['status', 'reminder', 'conversation', 'billing', 'intake', 'marketing', 'webhooks'] as const

/** @throws as above */
export function monthsOf(body: Json): RetentionMonths {
  const { retention = {} } = firmSettings.parse(body)
  return Object.fromEntries(rules.map((rule) => [rule, retention[rule] ?? null])) as RetentionMonths
}

/** @throws as above */
export function signInRulesOf(body: Json): SignInRules {
  const { secondFactor, signIn } = firmSettings.parse(body)
  return { secondFactor: secondFactor === 'required', only: signIn?.only === true }
}

/** What a setting is where nobody wrote it: then it stays unwritten, so that saying the same changes nothing. */
const usual = { mail: false, urgent: 'wait', spread: 'PT10M' } as const

export function withHours(body: Json, { timeZone, quietHours, cap }: FirmHours): Json {
  const before = isBody(body) && isBody(body.quietHours) ? body.quietHours : {}
  const written =
    quietHours &&
    Object.fromEntries(
      Object.entries(quietHours).filter(
        ([name, value]) => name in before || usual[name as keyof typeof usual] !== value,
      ),
    )
  return patched(body, { timeZone, quietHours: written, cap: cap && { ...cap } })
}

export function withMonths(body: Json, months: RetentionMonths): Json {
  const kept = Object.entries(months).filter((entry): entry is [string, number] => entry[1] !== null)
  return patched(body, { retention: kept.length === 0 ? null : Object.fromEntries(kept) })
}

/** @param rules without `only` where the firm has no sign-in of its own */
export function withSignInRules(body: Json, { secondFactor, only }: SignInRules): Json {
  const before = signInRulesOf(body)
  const own = isBody(body) && isBody(body.signIn) ? body.signIn : null
  const { only: _, ...rest } = own ?? {}
  return patched(body, {
    // What holds already stays as it is written, or unwritten.
    ...(before.secondFactor === secondFactor ? {} : { secondFactor: secondFactor ? 'required' : null }),
    ...(own === null || before.only === only ? {} : { signIn: only ? { ...rest, only } : rest }),
  })
}

/** @param daysOff null: reminders keep no days off */
export const withDaysOff = (body: Json, daysOff: { country: string; state: string | null } | null): Json =>
  patched(body, {
    businessDays:
      daysOff &&
      (daysOff.state === null ? { country: daysOff.country } : { ...daysOff, state: daysOff.state }),
  })

/** @param changes null takes a setting away */
function patched(body: Json, changes: Readonly<Record<string, Json>>): Json {
  const given = isBody(body) ? body : {}
  const kept = Object.entries(given).filter(([name]) => !(name in changes))
  const order = [...Object.keys(given), ...Object.keys(changes)]
  const all = new Map([...kept, ...Object.entries(changes).filter(([, value]) => value !== null)])
  return Object.fromEntries(
    [...new Set(order)].flatMap((name) => (all.has(name) ? [[name, all.get(name)!]] : [])),
  )
}

/** Whether any words would go sooner than they do by the rules of before. */
export const isShorter = (before: RetentionMonths, after: RetentionMonths): boolean =>
  rules.some((rule) => {
    const [was, is] = [before[rule], after[rule]]
    return is !== null && (was === null || is < was)
  })
