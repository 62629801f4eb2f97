/** Mail domains that look like a misspelling of one that most people have. */

/** Names of providers whose mailboxes are open to anybody, with the endings that are theirs. */
const providers: Readonly<Record<string, RegExp>> = {
  gmail: /^com$/,
  googlemail: /^com$/,
  yahoo: /^(com|co\.[a-z]{2}|com\.[a-z]{2}|[a-z]{2})$/,
  hotmail: /^(com|co\.[a-z]{2}|com\.[a-z]{2}|[a-z]{2})$/,
  outlook: /^(com|co\.[a-z]{2}|com\.[a-z]{2}|[a-z]{2})$/,
  icloud: /^com$/,
  comcast: /^net$/,
  verizon: /^net$/,
  sbcglobal: /^net$/,
  bellsouth: /^net$/,
  earthlink: /^net$/,
  protonmail: /^(com|ch)$/,
  aol: /^(com|co\.uk|de|fr)$/,
  msn: /^com$/,
}

/** Exist, and are one letter from a provider. */
const real = new Set(['mail', 'email', 'ymail', 'rmail', 'gmx', 'cloud', 'outlooks', 'gmailer'])

/** Endings that nobody can register and that fingers make of common ones. */
const endings: Readonly<Record<string, string>> = {
  con: 'com',
  cmo: 'com',
  ocm: 'com',
  comm: 'com',
  coom: 'com',
  vom: 'com',
  xom: 'com',
  cim: 'com',
  cpm: 'com',
  clm: 'com',
  copm: 'com',
  dom: 'com',
  ent: 'net',
  nte: 'net',
  ney: 'net',
  nett: 'net',
  ogr: 'org',
  orgg: 'org',
  rog: 'org',
  eduu: 'edu',
}

/** What looks like the ending of another country and is hardly meant, behind these names. */
const slips = new Set(['co', 'cm', 'om', 'cn', 'ne', 'et'])

/**
 * @param domain of an address that is otherwise good, in lower case
 * @returns the domain that was probably meant; null when nothing speaks for a slip
 */
export function meantDomain(domain: string): string | null {
  const [name = '', ...rest] = domain.split('.')
  const ending = rest.join('.')
  const last = rest.at(-1) ?? ''
  const mended = endings[last]
  const endingMeant = mended === undefined ? ending : [...rest.slice(0, -1), mended].join('.')
  const provider = providers[name] ? name : nearProvider(name, endingMeant)
  if (provider !== null) {
    const theirs = providers[provider]!
    // The endings of other countries are theirs, except those that are one slip from com or net.
    if (theirs.test(endingMeant) && !slips.has(endingMeant))
      return provider === name && endingMeant === ending ? null : `${provider}.${endingMeant}`
    if (provider === name || slips.has(endingMeant) || mended !== undefined)
      return `${provider}.${/^net/.test(theirs.source.slice(1)) ? 'net' : 'com'}`
  }
  return mended === undefined ? null : `${name}.${endingMeant}`
}

function nearProvider(name: string, ending: string): string | null {
  if (real.has(name)) return null
  for (const [provider, theirs] of Object.entries(providers)) {
    // Short names are one letter from anything.
    if (provider.length < 5 || !(theirs.test(ending) || slips.has(ending))) continue
    if (distance(name, provider) === 1) return provider
    if (provider.length >= 7 && distance(name, provider) === 2) return provider
  }
  return null
}

/** Optimal string alignment: insertions, deletions, other letters and neighbours changed places count one each. */
export function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return 4
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, before[j - 2]! + 1)
      row.push(best)
    }
    before = last
    last = row
  }
  return last[b.length]!
}
