/** What of the pages has to be read again after news. */

/** By the first word of their key; `me` and the like are nobody's news. */
const concerned = [
  'today',
  'list',
  'counts',
  'trace',
  'pauses',
  'queue',
  'connections',
  'reminder-report',
  'staff',
  'states',
  'search',
  'subject',
] as const

/** What is read of the configuration: only an edition of that is news for it. */
const configured = ['rules', 'settings'] as const

/**
 * What a message that goes its way leaves in the record, a hundred times a second on a busy day, and all that it can
 * change. Whatever is not named here may change anything.
 */
const flowing: Record<string, readonly string[]> = {
  'event.decided': [
    'today',
    'list held',
    'list events',
    'counts',
    'trace',
    'subject',
    'list timeline',
    'states',
    'queue',
  ],
  'message.queued': ['list messages', 'trace', 'subject', 'list timeline', 'queue'],
  'message.sent': ['list messages', 'trace', 'subject', 'list timeline', 'queue'],
  'attempt.accepted': ['list messages', 'trace', 'subject', 'list timeline', 'queue'],
  'receipt.queued': ['list messages', 'trace', 'subject', 'list timeline'],
  'receipt.sent': ['list messages', 'trace', 'subject', 'list timeline', 'queue'],
  'receipt.delivered': ['list messages', 'trace', 'subject', 'list timeline', 'queue'],
  'receipt.opened': ['list messages', 'trace', 'subject', 'list timeline'],
  'receipt.clicked': ['list messages', 'trace', 'subject', 'list timeline'],
}

export interface News {
  kinds: Record<string, number>
  actions: Record<string, number>
}

/** @returns what is to be read again: first words of keys, or the first two for one of the lists */
export function concernedBy({ kinds, actions }: News): Set<string> {
  const names = new Set<string>('revision' in kinds ? configured : [])
  for (const action of Object.keys(actions)) for (const name of flowing[action] ?? concerned) names.add(name)
  return names
}

/** After the line was down, or where it can't be told what was missed. */
export const everything: ReadonlySet<string> = new Set([...concerned, ...configured])

/** @param key of a query, as in queries.ts */
export const isAmong = (names: ReadonlySet<string>, key: readonly unknown[]): boolean =>
  names.has(String(key[0])) || names.has(`${key[0]} ${key[1]}`)
