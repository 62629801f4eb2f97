/** Twilio's default opt-out words: the whole message, in any case (Twilio's documentation of default handling). */
const words: Record<string, OptOutWord> = {
  ...all('STOP', ['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout']),
  ...all('START', ['start', 'yes', 'unstop']),
  ...all('HELP', ['help', 'info']),
}

export type OptOutWord = 'STOP' | 'START' | 'HELP'

function all(meaning: OptOutWord, list: readonly string[]): Record<string, OptOutWord> {
  return Object.fromEntries(list.map((word) => [word, meaning]))
}

/** The meaning of an incoming text as a whole, or undefined. */
export function optOutWord(body: string): OptOutWord | undefined {
  const word = body.trim().toLowerCase()
  return Object.hasOwn(words, word) ? words[word] : undefined
}

/** What Twilio answers to the phone by itself. */
export const optOutReplies: Record<OptOutWord, string> = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
}

/** Who has opted out from which sender; a Messaging Service counts as one sender. */
export type OptOuts = {
  has(client: string, sender: string): boolean
  /** True when this changed something. */
  set(client: string, sender: string, out: boolean): boolean
  clear(): void
}

export function createOptOuts(): OptOuts {
  const pairs = new Set<string>()
  return {
    has: (client, sender) => pairs.size > 0 && pairs.has(`${client}|${sender}`),
    set(client, sender, out) {
      const pair = `${client}|${sender}`
      if (pairs.has(pair) === out) return false
      if (out) pairs.add(pair)
      else pairs.delete(pair)
      return true
    },
    clear: () => pairs.clear(),
  }
}
