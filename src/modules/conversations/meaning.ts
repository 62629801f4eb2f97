/** What a client's text asks of us, beyond being read. Pure. */

export type Meaning = 'stop' | 'start' | 'help' | 'text'

/**
 * Whole messages. The first eight are Twilio's own (providers.md §1); the others are ours to detect:
 * "opt out" is valid per se (47 CFR 64.1200(a)(10)), and people write Spanish.
 */
const stopWords = new Set([
  'stop',
  'stopall',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'revoke',
  'optout',
  'opt out',
  'opt-out',
  'remove',
  'remove me',
  'alto',
  'parar',
  'basta',
  'cancelar',
])
const startWords = new Set(['start', 'unstop', 'yes', 'opt in', 'optin', 'si', 'sí', 'comenzar', 'empezar'])
const helpWords = new Set(['help', 'info', 'ayuda'])

/**
 * Revocation "by any reasonable means" also comes in sentences. These say it without doubt; what is only angry
 * stays a text for staff, who read every one.
 */
const stopPhrases = [
  /\b(stop|quit) (text|messag|contact|sending|writ)/,
  /\b(do not|don'?t|dont|no longer|never) (want to )?(text|message|contact|receive|get|send)\b.*\b(me|texts?|messages?)\b/,
  /\b(opt|take|remove) me (out|off)\b/,
  /\bunsubscribe me\b/,
  /\b(no|deje[ns]?|pare[ns]?) (me )?(de )?(env[ií]e[ns]?|enviar|mandar|escribir|mande[ns]?)\b.*\b(mensajes?|textos?)\b/,
]

export function meaningOf(body: string, carrierAction?: 'stop' | 'start' | 'help'): Meaning {
  if (carrierAction) return carrierAction
  const text = body
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s]+/g, ' ')
    .replace(/^[\s"'.!¡]+|[\s"'.!]+$/g, '')
  if (stopWords.has(text)) return 'stop'
  if (startWords.has(text)) return 'start'
  if (helpWords.has(text)) return 'help'
  return stopPhrases.some((phrase) => phrase.test(text)) ? 'stop' : 'text'
}

/** Whether the carrier answers this by itself; then we say nothing, since a second answer is one too many. */
const carrierStops =
  /^\s*(stop|stopall|unsubscribe|cancel|end|quit|revoke|optout|start|yes|unstop|help|info)\s*$/i
export const carrierAnswers = (body: string): boolean => carrierStops.test(body)
