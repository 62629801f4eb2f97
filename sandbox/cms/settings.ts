import type { Body } from './body.ts'
import { invalid, type Refusal } from './errors.ts'
import type { Outbox, OutboxSettings } from './outbox.ts'
import type { ApiSettings, Tokens } from './tokens.ts'

export type CmsSettings = ApiSettings & OutboxSettings

/** Inclusive bounds of each number that may be set. */
const BOUNDS: Record<keyof OutboxSettings | 'expiresIn', readonly [number, number]> = {
  expiresIn: [0, 31_536_000],
  retries: [0, 20],
  retryBaseSeconds: [0, 86_400],
  timeoutMs: [1, 120_000],
  dropShare: [0, 1],
  doubleShare: [0, 1],
  shuffleMs: [0, 600_000],
  seed: [0, Number.MAX_SAFE_INTEGER],
}

export function currentSettings(tokens: Tokens, outbox: Outbox): CmsSettings {
  return { ...tokens.settings, ...outbox.settings }
}

/** Changes some settings; what is not named stays. Nothing is changed when one of them is wrong. */
export function changeSettings(body: Body, tokens: Tokens, outbox: Outbox): CmsSettings | Refusal {
  for (const [name, value] of Object.entries(body)) {
    if (name === 'rateLimit') {
      const ok = value === null || value === 'default' || (Number.isSafeInteger(value) && Number(value) > 0)
      if (!ok) return invalid(name, 'must be a whole number above 0, null, or "default"')
      continue
    }
    if (name === 'rotateRefresh') {
      if (typeof value !== 'boolean') return invalid(name, 'must be true or false')
      continue
    }
    if (name === 'redirectUris') {
      const ok = value === null || (Array.isArray(value) && value.every((uri) => typeof uri === 'string'))
      if (!ok) return invalid(name, 'must be a list of addresses, or null')
      continue
    }
    const bounds = BOUNDS[name as keyof typeof BOUNDS]
    if (bounds === undefined)
      return invalid(
        name,
        `is not a setting; there are rateLimit, rotateRefresh, redirectUris, ${Object.keys(BOUNDS).join(', ')}`,
      )
    if (typeof value !== 'number' || !(value >= bounds[0] && value <= bounds[1])) {
      return invalid(name, `must be a number from ${bounds[0]} to ${bounds[1]}`)
    }
  }
  const { rateLimit, expiresIn, rotateRefresh, redirectUris, ...rest } = body
  if (rateLimit !== undefined) tokens.settings.rateLimit = rateLimit as ApiSettings['rateLimit']
  if (expiresIn !== undefined) tokens.settings.expiresIn = Number(expiresIn)
  if (rotateRefresh !== undefined) tokens.settings.rotateRefresh = rotateRefresh === true
  if (redirectUris !== undefined) tokens.settings.redirectUris = redirectUris as string[] | null
  outbox.configure(rest as Partial<OutboxSettings>)
  return currentSettings(tokens, outbox)
}
