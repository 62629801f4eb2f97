/** The words that a rule's sentence is made of, in each language of the console. */
import type { Channel, Purpose } from '../../kernel/index.ts'

export interface SentenceWords {
  locale: string
  quote(text: string): string
  /** "a date is set"; the type itself for one that only the firm knows. */
  event(type: string): string
  /** "a matter enters …", "a matter goes from … to …" */
  change(from: string | null, to: string | null): string
  /** `matter.state` in plain words. */
  path(path: string): string
  is(what: string, value: string): string
  isNot(what: string, value: string): string
  known(what: string): string
  unknown(what: string): string
  toCome(what: string): string
  past(what: string): string
  after(what: string, then: string): string
  before(what: string, then: string): string
  more(what: string, than: string, orEqual: boolean): string
  less(what: string, than: string, orEqual: boolean): string
  among(what: string, values: string): string
  notAmong(what: string, values: string): string
  text: Readonly<Record<'startsWith' | 'endsWith' | 'contains', (what: string, value: string) => string>>
  happened(type: string, within: string): string
  didNotHappen(type: string, within: string): string
  holds(source: string): string
  not(what: string): string
  group(what: string): string
  truth: Readonly<Record<'true' | 'false', string>>
  when(event: string): string
  if(condition: string): string
  once(evidence: string): string
  tell(channels: readonly Channel[], oneOfThem: boolean, template: string): string
  purpose: Readonly<Record<Purpose, string>>
  urgent: string
  calendar: string
  digest(key: string): string
  task(who: 'attorney' | 'paralegal' | 'staff', title: string, due: string | null): string
  and: string
  waiting(wait: string, task: string | null): string
  cap(perDay: number, digest: string): string
  off: string
}

const named = (path: string, fields: Readonly<Record<string, string>>) => {
  const field = path.slice(path.indexOf('.') + 1)
  return fields[field] ?? field.replace(/[._]/g, ' ')
}

const enFields: Readonly<Record<string, string>> = { start_at: 'beginning', event_type: 'kind' }
const esFields: Readonly<Record<string, string>> = {
  start_at: 'comienzo',
  event_type: 'tipo',
  category: 'categoría',
  name: 'nombre',
  subject: 'asunto',
  title: 'título',
  language: 'idioma',
}

const enEvents: Readonly<Record<string, string>> = {
  'matter.status_changed': 'a matter changes its state',
  'matter.removed': 'a matter is removed',
  'hearing.scheduled': 'a date is set',
  'hearing.moved': 'a date is moved',
  'hearing.cancelled': 'a date is called off',
  'document.filed': 'a document is filed',
  'document.changed': 'a document is changed',
  'document.removed': 'a document is removed',
  'invoice.issued': 'an invoice is issued',
  'invoice.paid': 'an invoice is paid',
  'invoice.voided': 'an invoice is withdrawn',
  'comment.added': 'a note is added',
}
const enPaths: Readonly<Record<string, string>> = {
  'matter.state': 'the matter’s state',
  'matter.previous_state': 'the matter’s state before',
  'event.from': 'the state it comes from',
  'event.to': 'the state it goes to',
  'event.at': 'the moment itself',
}
const enOwners: Readonly<Record<string, string>> = {
  event: 'its',
  matter: 'the matter’s',
  client: 'the client’s',
}
const enChannels: Readonly<Record<Channel, string>> = { sms: 'text', email: 'mail' }
const enPeople = { attorney: 'the attorney', paralegal: 'the paralegal', staff: 'staff' }

const en: SentenceWords = {
  locale: 'en',
  quote: (text) => `“${text}”`,
  event: (type) => enEvents[type] ?? `“${type}” happens`,
  change: (from, to) =>
    to === null
      ? `a matter leaves ${from}`
      : from === null
        ? `a matter enters ${to}`
        : `a matter goes from ${from} to ${to}`,
  path: (path) =>
    enPaths[path] ?? `${enOwners[path.split('.')[0]!] ?? path.split('.')[0]} ${named(path, enFields)}`,
  is: (what, value) => `${what} is ${value}`,
  isNot: (what, value) => `${what} is not ${value}`,
  known: (what) => `${what} is known`,
  unknown: (what) => `${what} is not known`,
  toCome: (what) => `${what} is still to come`,
  past: (what) => `${what} is past`,
  after: (what, then) => `${what} is later than ${then}`,
  before: (what, then) => `${what} is earlier than ${then}`,
  more: (what, than, orEqual) => `${what} is ${orEqual ? 'at least' : 'more than'} ${than}`,
  less: (what, than, orEqual) => `${what} is ${orEqual ? 'at most' : 'less than'} ${than}`,
  among: (what, values) => `${what} is ${values}`,
  notAmong: (what, values) => `${what} is none of ${values}`,
  text: {
    startsWith: (what, value) => `${what} begins with ${value}`,
    endsWith: (what, value) => `${what} ends with ${value}`,
    contains: (what, value) => `${what} contains ${value}`,
  },
  happened: (type, within) => `${type} came in the ${within} before`,
  didNotHappen: (type, within) => `no ${type} came in the ${within} before`,
  holds: (source) => `this holds: ${source}`,
  not: (what) => `it is not so that ${what}`,
  group: (what) => `(${what})`,
  truth: { true: 'true', false: 'false' },
  when: (event) => `When ${event}`,
  if: (condition) => `, if ${condition}`,
  once: (evidence) => `, once this is in hand: ${evidence}`,
  tell: (channels, oneOfThem, template) =>
    `tell the client ${
      channels.length === 1
        ? `by ${enChannels[channels[0]!]} alone`
        : oneOfThem
          ? `by ${channels.map((c) => enChannels[c]).join(', else by ')}`
          : `by ${channels.map((c) => enChannels[c]).join(' or ')}, as they prefer,`
    } in the words of ${template}`,
  purpose: {
    status: 'as news of their case',
    reminder: 'as a reminder',
    conversation: 'as part of the conversation',
    billing: 'as billing',
    intake: 'as part of intake',
    marketing: 'as marketing',
  },
  urgent: 'ahead of what is not urgent',
  calendar: 'with an entry for their calendar in the mail',
  digest: (key) => `together with others in the digest ${key}, since it can wait`,
  task: (who, title, due) =>
    `${enPeople[who]} ${who === 'staff' ? 'get' : 'gets'} the task ${title}${due === null ? '' : `, due in ${due}`}`,
  and: 'and',
  waiting: (wait, task) =>
    `Evidence is waited for ${wait}; after that ${task ?? 'staff get a task that names what is missing'}.`,
  cap: (perDay, digest) =>
    `After ${perDay} such messages on one day, the next wait for the digest ${digest}.`,
  off: 'Switched off:',
}

const esEvents: Readonly<Record<string, string>> = {
  'matter.status_changed': 'un asunto cambia de estado',
  'matter.removed': 'se elimina un asunto',
  'hearing.scheduled': 'se fija una fecha',
  'hearing.moved': 'se cambia una fecha',
  'hearing.cancelled': 'se cancela una fecha',
  'document.filed': 'se archiva un documento',
  'document.changed': 'se modifica un documento',
  'document.removed': 'se elimina un documento',
  'invoice.issued': 'se emite una factura',
  'invoice.paid': 'se paga una factura',
  'invoice.voided': 'se anula una factura',
  'comment.added': 'se añade una nota',
}
const esPaths: Readonly<Record<string, string>> = {
  'matter.state': 'el estado del asunto',
  'matter.previous_state': 'el estado anterior del asunto',
  'event.from': 'el estado del que viene',
  'event.to': 'el estado al que pasa',
  'event.at': 'ese momento',
}
const esOwners: Readonly<Record<string, string>> = {
  event: 'del evento',
  matter: 'del asunto',
  client: 'del cliente',
}
const esChannels: Readonly<Record<Channel, string>> = { sms: 'SMS', email: 'correo' }
const esPeople = { attorney: 'el abogado', paralegal: 'el asistente legal', staff: 'el personal' }

const es: SentenceWords = {
  locale: 'es',
  quote: (text) => `«${text}»`,
  event: (type) => esEvents[type] ?? `ocurre «${type}»`,
  change: (from, to) =>
    to === null
      ? `un asunto sale de ${from}`
      : from === null
        ? `un asunto entra en ${to}`
        : `un asunto pasa de ${from} a ${to}`,
  path: (path) =>
    esPaths[path] ??
    `el dato «${named(path, esFields)}» ${esOwners[path.split('.')[0]!] ?? path.split('.')[0]}`,
  is: (what, value) => `${what} es ${value}`,
  isNot: (what, value) => `${what} no es ${value}`,
  known: (what) => `se conoce ${what}`,
  unknown: (what) => `no se conoce ${what}`,
  toCome: (what) => `${what} está por llegar`,
  past: (what) => `${what} ya ha pasado`,
  after: (what, then) => `${what} es posterior a ${then}`,
  before: (what, then) => `${what} es anterior a ${then}`,
  more: (what, than, orEqual) => `${what} es ${orEqual ? 'al menos' : 'más de'} ${than}`,
  less: (what, than, orEqual) => `${what} es ${orEqual ? 'como mucho' : 'menos de'} ${than}`,
  among: (what, values) => `${what} es ${values}`,
  notAmong: (what, values) => `${what} no es ninguno de estos: ${values}`,
  text: {
    startsWith: (what, value) => `${what} empieza por ${value}`,
    endsWith: (what, value) => `${what} termina en ${value}`,
    contains: (what, value) => `${what} contiene ${value}`,
  },
  happened: (type, within) => `llegó ${type} en los ${within} anteriores`,
  didNotHappen: (type, within) => `no llegó ningún ${type} en los ${within} anteriores`,
  holds: (source) => `se cumple esto: ${source}`,
  not: (what) => `no ocurre que ${what}`,
  group: (what) => `(${what})`,
  truth: { true: 'verdadero', false: 'falso' },
  when: (event) => `Cuando ${event}`,
  if: (condition) => `, si ${condition}`,
  once: (evidence) => `, en cuanto se tenga esto: ${evidence}`,
  tell: (channels, oneOfThem, template) =>
    `se avisa al cliente ${
      channels.length === 1
        ? `solo por ${esChannels[channels[0]!]}`
        : oneOfThem
          ? `por ${channels.map((c) => esChannels[c]).join(' y, si no, por ')}`
          : `por ${channels.map((c) => esChannels[c]).join(' o ')}, según prefiera,`
    } con las palabras de ${template}`,
  purpose: {
    status: 'como noticia de su asunto',
    reminder: 'como recordatorio',
    conversation: 'como parte de la conversación',
    billing: 'como facturación',
    intake: 'como parte de la admisión',
    marketing: 'como publicidad',
  },
  urgent: 'antes que lo que no es urgente',
  calendar: 'con una entrada para su calendario en el correo',
  digest: (key) => `junto con otros en el resumen ${key}, pues puede esperar`,
  task: (who, title, due) =>
    `${esPeople[who]} recibe la tarea ${title}${due === null ? '' : `, con plazo de ${due}`}`,
  and: 'y',
  waiting: (wait, task) =>
    `Se espera ${wait}; después, ${task ?? 'el personal recibe una tarea que dice lo que falta'}.`,
  cap: (perDay, digest) =>
    `Tras ${perDay} mensajes así en un día, los siguientes esperan al resumen ${digest}.`,
  off: 'Desactivada:',
}

export const sentenceWords = { en, es } as const
export type SentenceLanguage = keyof typeof sentenceWords
