/** Texts of other people's libraries for people to read: what a system answered may hold what we sent it. */

/** Shorter than this is no secret, and would blank out half of a sentence. */
const shortest = 6

/**
 * @param secrets values that must not be shown
 * @returns the text with a mark in their place, and in that of passwords in addresses and of bearer tokens
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const hidden = secrets
    .filter((secret) => secret.length >= shortest)
    // The longest first: one may be part of another.
    .toSorted((a, b) => b.length - a.length)
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
    .reduce((rest, secret) => rest.replaceAll(secret, mark), text)
  return hidden
    .replaceAll(/(\/\/)[^/\s@]+@/g, `$1${mark}@`)
    .replaceAll(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${mark}`)
}

const mark = '•••'
