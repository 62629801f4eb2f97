/** What a client's text asks of us, beyond being read. Pure. */

export type Meaning = 'stop' | 'start' | 'help' | 'text'
/** As it is kept: a text may turn out to answer a reminder that asked. */
export type KeptMeaning = Meaning | 'confirm' | 'reschedule'

export interface Reading {
  meaning: Meaning
  /** False: only a part of the text says so, and a person must look at once whether it was meant. */
  sure: boolean
}

/*
 * Revocation counts "by any reasonable means", and the words stop, quit, end, revoke, opt out, cancel and unsubscribe
 * always do (47 CFR 64.1200(a)(10)). So: a whole message that says it in its usual forms is a withdrawal; a phrase in
 * the middle of others is one too, since silence does less harm than going on, but a person looks whether it was
 * meant. Everything below is matched against plain words: see `plain`.
 */

const texts =
  '(?:texts?|text messages?|sms|msgs?|messages?|messaging|texting|notifications?|updates?|alerts?|reminders?|mensajes?|textos?|notificaciones|avisos|recordatorios)'
/** What may stand between "stop" and "texts". */
const which =
  '(?:all|any|more|the|these|those|this|your|of|so many|me|us|my|automated|automatic|auto|annoying|further|future|such|other|with|mas|los|las|estos|esos|sus|tus|todos|tantos) '
const addressed =
  '(?:me|us|this number|this phone|my phone|my number|my cell|this cell|to me|to us|to this number)'
const writing = '(?:texting|messaging|contacting|writing|bothering|spamming|harassing)'
const write = '(?:text|message|contact|write|write to|sms|bother|msg)'

/** Single words and fixed forms. The first line is Twilio's own (providers.md §1). */
const stopWords = [
  'stop|stopall|unsubscribe|cancel|end|quit|revoke|optout',
  'stop all|opt (?:me )?out|remove(?: me)?|(?:remove|delete|lose) my number|leave (?:me|us) alone|no more|enough',
  'alto|parar|pare|paren|basta|cancelar|detener|detengan|detenganse|no mas|ya basta|(?:dar(?:me)?|den?me) de baja|baja',
]

/** Said of texts: "stop all messages", "no more texts". Whole messages and sentences by themselves. */
const stopForms = [
  `(?:(?:stop|quit|cease|no more|enough|end|cancel|no mas|basta de|cancelar|cancelen) (?:${which})*${texts}|no (?:texts|sms|mensajes|textos))`,
  `(?:stop|quit)(?: (?:it|this|that|now|already|doing this|doing that))`,
  `(?:stop|quit) (?:${writing}|sending)(?: ${addressed})?(?: (?:${which})*${texts})?`,
  `(?:do not|dont|never) ${write} ${addressed}`,
  `(?:i )?(?:want to |wish to |would like to |id like to )?opt out(?: of (?:${which})*${texts})?`,
]

const lead =
  '(?:(?:please|pls|plz|kindly|hi|hello|hey|ok|okay|yes|no|sorry|just|i said|i told you to|i asked you to|can you|could you|would you|will you|you can|i want you to|i need you to|por favor|porfavor|hola|favor de|quiero) )*'
const trail =
  '(?: (?:please|pls|plz|thanks|thank you|thx|now|already|immediately|ok|forever|again|anymore|any more|more|right now|today|asap|to me|to this number|from you|por favor|porfavor|gracias|ya|ahora|mas))*'
const whole = (forms: readonly string[]) => new RegExp(`^${lead}(?:${forms.join('|')})${trail}$`)

const wholeStop = whole([...stopWords, ...stopForms])
/** "Cancel. I can't come on Tuesday" is about Tuesday; "Stop. I can't stand it" is about us. */
const sentenceStop = whole(['stop', 'unsubscribe', 'alto', 'basta', ...stopForms])

/** Before "stop": that it should not stop, or that others should. */
const notUs =
  '(?<!\\b(?:dont|do not|never|not|didnt|cant|cannot|wouldnt|them|him|her|they|he|she|it|who|people|company|insurance|insurer|adjuster|collectors?|agency|hospital|clinic|doctor|attorney|lawyer|lawyers|side|ex|husband|wife|boss|employer|landlord)(?: to| just| ever| please| finally| will| would| should)? )(?<!\\b(?:they|he|she|it|who|people|company|insurance|insurer|adjuster|collectors?|agency|ex|husband|wife|boss|employer|landlord) (?:wont|will not|does not|doesnt|do not|dont|cant) )(?<!\\b(?:did|does|has|have|had|when do|when will|if) (?:you|they|he|she|it|we|i|the \\w+)(?: ever| already| just| all)? )(?<!\\bno )'

const stopPhrases = [
  `${notUs}\\b(?:stop|quit|cease) (?:(?:calling|emailing|mailing) (?:and|or) )?${writing}\\b(?! (?:and driving|while driving|my|him|her|them|the (?!firm|phone)))`,
  `${notUs}\\b(?:stop|quit|cease|no more) (?:sending )?(?:me |us )?(?:${which})*${texts}\\b(?! (?:from|to|between) (?:the|my|his|her|their|them|him) )`,
  `(?<!\\bwhy )\\b(?:do not|dont|never) (?:ever )?(?:call or |email or )?${write} (?:me|us|this number|my phone|my cell)\\b`,
  `(?<!\\bwhy )\\b(?:do not|dont|never|no longer) (?:ever )?send (?:me |us )?(?:${which})*${texts}\\b`,
  `\\b(?:do not|dont|no longer|never) (?:want|wish|need|like|agree|consent)(?: for you)?(?: to)? (?:(?:receive|get|have|see|be getting|be receiving) )?(?:${which})*${texts}\\b(?! (?:from|to|between) (?:the|my|his|her|their|them|him) )`,
  `\\b(?:do not|dont|no longer|never) (?:want|wish|like|agree|consent) (?:you )?(?:to )?(?:be |being |getting )?(?:texted|messaged|contacted by text|to text me|texting me)\\b`,
  '\\b(?:take|remove|get|delete) (?:me|my number|my phone|my name|this number) (?:off|from|out)(?: of)? (?:(?:the|your|this|that|all|any|of|these|mailing|text|texting|contact|sms|phone|calling) )*(?:lists?|texts?|system|database|messages?)\\b',
  `\\bopt (?:me )?out of (?:${which})*${texts}\\b`,
  '\\b(?:opt me out|(?:i|to|please) opt out(?! of)|opting out(?! of))\\b',
  '\\bunsubscribe\\b',
  '\\b(?:revoke|withdraw|take back) my (?:consent|permission)\\b(?! (?:to|for) (?!(?:be |being |receive |get |your |these |any |the )*(?:text|messag|contact|sms)))',
  '(?<!\\bno )\\b(?:dejen?|dejar|dejes|pare|paren|parar) de (?:(?:enviar|mandar)(?:me|nos)?(?= (?:(?:mas|los|estos|esos|sus|tus|tantos) )*(?:mensajes?|textos?|notificaciones|avisos|sms)\\b|$)|(?:escribir|textear|contactar|molestar|mensajear)(?:me|nos)?)\\b',
  '\\bno (?:me |nos )?(?:envien?|envies|manden?|mandes) (?:(?:mas|los|estos|esos|sus|tus|tantos|ningun|otro) )*(?:mensajes?|textos?|notificaciones|avisos|sms)\\b',
  '\\bno (?:me |nos )(?:escriban?|escribas|texteen?|textees|contacten?|contactes|molesten?|molestes)\\b',
  '\\bno (?:quiero|deseo|queremos) (?:(?:que me (?:manden?|envien?)|recibir|tener) )?(?:(?:mas|los|estos|esos|sus|tus) )*(?:mensajes?|textos?|notificaciones|avisos|sms)\\b',
  '\\b(?:quiten?me|saquen?me|borren?me|elimin?en?me) de (?:la|su|esta|tu) lista\\b',
  '\\b(?:darme|den?me|dar) de baja\\b(?= (?:de )?(?:los |estos |sus )?(?:mensajes|textos|avisos|la lista|su lista)|$)',
].map((source) => new RegExp(source))

const startWords = new Set(['start', 'unstop', 'yes', 'opt in', 'optin', 'si', 'comenzar', 'empezar'])
const helpWords = new Set(['help', 'info', 'ayuda'])

/** Longer than any text message (1,600 characters at Twilio). */
const longest = 5_000

/**
 * @param carrierAction what the carrier did already: then that is what it means
 */
export function meaningOf(body: string, carrierAction?: 'stop' | 'start' | 'help'): Reading {
  if (carrierAction) return { meaning: carrierAction, sure: true }
  const given = body.slice(0, longest)
  const text = plain(given)
  if (wholeStop.test(text)) return { meaning: 'stop', sure: true }
  if (startWords.has(text)) return { meaning: 'start', sure: true }
  if (helpWords.has(text)) return { meaning: 'help', sure: true }
  const asked =
    stopPhrases.some((phrase) => phrase.test(text)) ||
    given.split(/[.!?]+/).some((sentence) => sentenceStop.test(plain(sentence)))
  return asked ? { meaning: 'stop', sure: false } : { meaning: 'text', sure: true }
}

/** Small letters and single blanks; no accents, apostrophes, other marks or pictures. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’‘`´]+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Whether the carrier answers this by itself; then we say nothing, since a second answer is one too many. */
const carrierStops =
  /^\s*(stop|stopall|unsubscribe|cancel|end|quit|revoke|optout|start|yes|unstop|help|info)\s*$/i
export const carrierAnswers = (body: string): boolean => carrierStops.test(body)
