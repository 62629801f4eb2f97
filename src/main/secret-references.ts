/**
 * Which secrets a firm may name, and where. A firm's configuration is written by the firm: it must not read the
 * deployment's own settings, nor another firm's secrets, into an address that it also writes.
 */
import { realpath } from 'node:fs/promises'
import { isAbsolute, join, sep } from 'node:path'
import type { ConnectionSettings } from '../modules/connections/index.ts'
import type { ConfigProblem, CrossCheck, FirmSettings } from '../modules/firms/index.ts'
import type { Adapters } from './adapter-kinds.ts'

/** What every firm of the deployment may read. */
const sharedPrefix = 'TIPSTAFF_SHARED_'
const sharedFolder = 'shared'

/** Ours, and those that database clients read (libpq, 34.15): never a firm's, whatever its key. */
const ours =
  /^(DATABASE_|SECRET_KEY|SECRETS_DIR|DATA_DIR|PUBLIC_URL|PORT$|SANDBOX|LOG_LEVEL|PG|POSTGRES|NODE_|NPM_|PATH$|HOME$)/
const oursOfTipstaff = /^TIPSTAFF_(?!SHARED_)/

/** `harbor-pike` → `HARBOR_PIKE_` */
export const envPrefix = (firmKey: string): string => `${firmKey.toUpperCase().replaceAll('-', '_')}_`

/**
 * @returns what is wrong with a firm's naming this secret, or null. `stored:` names are the firm's own anyway.
 */
export function referenceProblem(reference: string, firmKey: string): string | null {
  const [, kind, name = ''] = /^(env|file|stored):(.*)$/s.exec(reference) ?? []
  if (kind === 'env') {
    if (ours.test(name) || oursOfTipstaff.test(name))
      return `names ${name}, which belongs to the deployment and not to a firm`
    if (name.startsWith(envPrefix(firmKey)) || name.startsWith(sharedPrefix)) return null
    return `names ${name}: a firm may only name variables that begin with ${envPrefix(firmKey)} (its key) or ${sharedPrefix}`
  }
  if (kind === 'file') {
    if (name.split(/[\\/]/).includes('..') || name.includes('\0'))
      return 'names a file by a path with ".." in it'
    return null
  }
  return null
}

/**
 * Keys that begin with another's: `harbor` must not read what is `harbor-pike`'s.
 *
 * @returns the keys of firms that the variable could belong to rather than to this one
 */
export function otherOwners(name: string, firmKey: string): string[] {
  const mine = envPrefix(firmKey)
  if (!name.startsWith(mine)) return []
  const parts = name.slice(mine.length).toLowerCase().split('_')
  return parts.slice(0, -1).map((_, i) => [firmKey, ...parts.slice(0, i + 1)].join('-'))
}

/**
 * The file that a `file:` reference means: below SECRETS_DIR, in the firm's own folder or the shared one. Links are
 * followed first, so that none leads out.
 *
 * @param name absolute, or relative to the firm's own folder
 * @throws Error with what is wrong
 */
export async function secretFile(name: string, secretsDir: string, firmKey: string): Promise<string> {
  const folders = [firmKey, sharedFolder].map((folder) => join(secretsDir, folder))
  const wanted = isAbsolute(name) ? name : join(folders[0]!, name)
  const real = await realpath(wanted)
  for (const folder of folders) {
    const base = await realpath(folder).catch(() => null)
    if (base !== null && real.startsWith(base + sep)) return real
  }
  throw Object.assign(new Error('outside'), {
    code: `only files below ${folders.join(' and ')} may be named`,
  })
}

/** Settings in which a reference is replaced: secrets, and what differs between a deployment and its rehearsal. */
const alsoReferences = ['baseUrl', 'webhookPublicKey']

/** @returns the names of the settings of this kind in which a reference is replaced by what it stands for */
export function referenceSettings(kind: string, { providers, cms }: Adapters): readonly string[] {
  const adapter = [...providers, ...cms].find((a) => a.kind === kind)
  const more = adapter && 'references' in adapter ? (adapter.references ?? []) : []
  return [...(adapter?.secrets ?? []), ...more, ...alsoReferences].toSorted()
}

const isReference = (value: unknown): value is string =>
  typeof value === 'string' && /^(env|file|stored):/.test(value)

/** Every reference is where one is read, and is the firm's own to name. */
export function secretReferences(adapters: Adapters): CrossCheck {
  return (all) => {
    const firm = all.get('firm')!.get('firm') as FirmSettings
    const named = (at: Omit<ConfigProblem, 'message'>, value: unknown): ConfigProblem[] => {
      const problem = isReference(value) ? referenceProblem(value, firm.key) : null
      return problem === null ? [] : [{ ...at, message: problem }]
    }
    const { smtp, webhook } = firm.operators
    const { clientSecret } = firm.signIn ?? {}
    const ownOfFirm = [
      { path: ['signIn', 'clientSecret'], value: clientSecret },
      { path: ['operators', 'smtp'], value: smtp },
      { path: ['operators', 'webhook', 'url'], value: webhook?.url },
      { path: ['operators', 'webhook', 'secret'], value: webhook?.secret },
    ].flatMap(({ path, value }) => named({ kind: 'firm', key: 'firm', path }, value))

    const connections = [...(all.get('connection') as ReadonlyMap<string, ConnectionSettings>)].flatMap(
      ([key, connection]) => {
        const allowed = referenceSettings(connection.kind, adapters)
        const at = (path: (string | number)[]) => ({ kind: 'connection', key, path })
        const settings = leaves(connection.settings, []).flatMap(({ path, value }): ConfigProblem[] => {
          if (!isReference(value)) return []
          const name = String(path[0])
          if (path.length === 1 && allowed.includes(name)) return named(at(['settings', ...path]), value)
          return [
            {
              ...at(['settings', ...path]),
              message: `is a reference, but only these settings may be one: ${allowed.join(', ')}`,
            },
          ]
        })
        const verify = connection.hooks?.verify
        const secrets =
          verify?.scheme === 'header' || verify?.scheme === 'query'
            ? named(at(['hooks', 'verify', 'secret']), verify.secret)
            : verify?.scheme === 'standard-webhooks'
              ? verify.secrets.flatMap((secret, i) => named(at(['hooks', 'verify', 'secrets', i]), secret))
              : []
        return [...settings, ...secrets]
      },
    )
    return [...ownOfFirm, ...connections]
  }
}

function leaves(value: unknown, path: (string | number)[]): { path: (string | number)[]; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }]
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  return entries.flatMap(([key, inner]) => leaves(inner, [...path, key]))
}
