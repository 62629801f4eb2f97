/** Secrets written out where a reference is due. Git keeps what was once committed for ever, so they are refused. */
import { isList, isObject, type Json } from './hash.ts'
import type { ConfigItem, ConfigPath, ConfigProblem } from './kinds.ts'

const reference = /^(env|file|stored):/
const secretName = /token|secret|passw|passphrase|credential|private|key$/i
const publicName = /public/i
/** `scheme://user:password@host`: a password inside an address. */
const passwordInUrl = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@]*:[^/?#@]+@/i

const advice = 'write a reference: env:NAME, file:PATH or stored:NAME'

/**
 * @returns a problem for each literal: in a connection's `settings` and the firm's `operators`, a text under a name
 * that speaks of a secret, or an address with a password in it
 */
export function literalSecrets(item: ConfigItem): ConfigProblem[] {
  const body = item.body
  if (!isObject(body)) return []
  const where = item.kind === 'connection' ? 'settings' : item.kind === 'firm' ? 'operators' : undefined
  if (where === undefined || body[where] === undefined) return []
  return scan(body[where], [where], false).map((found) => ({ kind: item.kind, key: item.key, ...found }))
}

function scan(value: Json, path: ConfigPath, secret: boolean): { path: ConfigPath; message: string }[] {
  if (isList(value)) return value.flatMap((entry, index) => scan(entry, [...path, index], secret))
  if (isObject(value)) {
    return Object.entries(value).flatMap(([name, entry]) =>
      scan(entry, [...path, name], !publicName.test(name) && (secret || secretName.test(name))),
    )
  }
  if (value === null || typeof value === 'boolean') return []
  const text = String(value)
  if (text === '' || reference.test(text)) return []
  if (secret) return [{ path, message: `holds a secret as it is; ${advice}` }]
  if (passwordInUrl.test(text)) return [{ path, message: `holds a password in an address; ${advice}` }]
  return []
}
