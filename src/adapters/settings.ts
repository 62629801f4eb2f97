/** Reading a connection's settings: references to secrets stand where their values will be. */
import { z } from 'zod'

const reference = /^(env|file|stored):/

/** A text of a certain form, or a reference that will be replaced by one. */
export const textOrReference = (ok: (text: string) => boolean, message: string) =>
  z.string().refine((text) => reference.test(text) || ok(text), { error: message })

export const secret = textOrReference((text) => text.length > 0, 'must not be empty')

/** Where the provider is reached; another than its own only for the sandbox or a proxy. Without a slash at the end. */
export const baseUrl = textOrReference(
  (text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''),
  'is not an http(s) address',
).transform((url) => url.replace(/\/+$/, ''))

/** How long one call may take, in milliseconds. */
export const timeoutMs = z.int().min(100).max(60_000).default(10_000)

/** Each problem with its path, as `Provider.parse` answers. */
export function check(schema: z.ZodType, settings: unknown) {
  const parsed = schema.safeParse(settings)
  if (parsed.success) return { ok: true } as const
  const problems = parsed.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }))
  return { ok: false, problems } as const
}

/** The settings with their secrets in place. Throws when they are wrong or a reference was left unresolved. */
export function resolved<T>(kind: string, schema: z.ZodType<T>, settings: unknown): T {
  const parsed = schema.safeParse(settings)
  if (!parsed.success) throw new Error(`${kind}: ${z.prettifyError(parsed.error)}`)
  for (const [name, value] of Object.entries(parsed.data as object)) {
    const left = [value].flat().some((item) => typeof item === 'string' && reference.test(item))
    if (left) throw new Error(`${kind}: ${name} is still a reference to a secret`)
  }
  return parsed.data
}
