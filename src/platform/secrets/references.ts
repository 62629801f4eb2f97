/** Secrets are named in a firm's configuration, never written there. */

export type SecretVerdict = { ok: true; value: string } | { ok: false; message: string }

/** Where secrets are; passed in, since only main/config.ts reads the environment. */
export interface SecretSources {
  env: Readonly<Record<string, string | undefined>>
  /** Throws when the file can't be read. */
  readFile(path: string): Promise<string>
  /** The firm's own stored secret, decrypted; null when there is none of that name. */
  stored(name: string): Promise<string | null>
}

/**
 * @param reference `env:NAME`, `file:PATH` or `stored:NAME`
 * @returns the secret without the line end that editors leave, or what is wrong, without the secret
 */
export async function resolveSecret(reference: string, sources: SecretSources): Promise<SecretVerdict> {
  const colon = reference.indexOf(':')
  const kind = reference.slice(0, Math.max(colon, 0))
  const name = reference.slice(colon + 1)
  switch (kind) {
    case 'env':
      return present(sources.env[name], `the environment variable ${name} is not set`)
    case 'file':
      return fromFile(name, sources)
    case 'stored':
      return present(await sources.stored(name), `no secret is stored under the name ${name}`)
    default:
      // What stands there may be the secret itself, so it is not repeated.
      return { ok: false, message: 'is not a reference to a secret: env:NAME, file:PATH or stored:NAME' }
  }
}

async function fromFile(path: string, sources: SecretSources): Promise<SecretVerdict> {
  try {
    return present(await sources.readFile(path), `the file ${path} is empty`)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'it failed'
    return { ok: false, message: `the file ${path} can't be read (${code})` }
  }
}

function present(value: string | null | undefined, otherwise: string): SecretVerdict {
  const secret = value?.replace(/\r?\n$/, '') ?? ''
  return secret === '' ? { ok: false, message: otherwise } : { ok: true, value: secret }
}
