/** What stands in the PDF and beside it, in the language that its reader wants. */
import type { ExportLanguage } from './types.ts'

const en = {
  title: 'Communication in the matter {matter}',
  subject: 'All that was said and heard, with proof',
  lead: 'All messages that {firm} sent, tried to send or received by Tipstaff in this matter; what was decided not to be said, and why; and who did what.',
  times: 'Times are those of {zone}; UTC stands in brackets.',
  proof:
    'Beside this document lie the same facts as data (communication.json), the entries of the firm’s sealed record that belong to them (record.json, seals.json), and a program that checks all of it, this document included, without any network: node verify.mjs.',
  missing_glyphs:
    'A character that this document’s typeface does not have is written as its number, such as [U+4E2D]; communication.json has it.',
  about: 'About',
  firm: 'Firm',
  matter: 'Matter',
  state: 'State',
  made: 'Made',
  made_by: 'Made by',
  export: 'Export',
  clients: 'Clients and their contact points',
  preference: 'Preference',
  language: 'Language',
  suppressed: 'not used since {at}: {reason}',
  removed: 'removed {at}',
  granted: 'consent to {purpose}: {how}, {by}, {at}',
  withdrawn: 'withdrew {purpose}: {how}, {by}, {at}',
  counts: '{said} messages sent or tried, {heard} received, {notSaid} decided not to be said',
  story: 'What was said and heard',
  none: 'Nothing.',
  said: 'to {who}',
  heard: 'from {who}',
  sms: 'Text message',
  email: 'Mail',
  address: 'Contact point',
  purpose: 'Purpose',
  urgent: 'urgent',
  why: 'Why',
  why_text: 'rule {rule}, version {version}, on {event} at {at}',
  template: 'Template',
  template_text: '{template}, version {version}, {language}',
  outcome: 'Outcome',
  reason: 'because: {reason}',
  words: 'Words',
  mail_subject: 'Subject: {subject}',
  deleted: 'The words are not here: they were deleted.',
  retained: 'The words are not here: deleted under retention on {at}, rule {rule}.',
  speaks_of_other_matters:
    'The words are not here: this message also spoke of other matters. What it said of this one stands at its items.',
  written: 'Written',
  attempt: 'Attempt {number}',
  attempt_text: '{at} by {provider}: {verdict}',
  provider_id: 'provider’s number {id}',
  receipt: 'Receipt',
  opened: 'Opened',
  machine_opened: 'Opened by a machine',
  clicked: 'Link followed',
  replied: 'Answered',
  dead_letter: 'Dead letter',
  closed: '{state} {at} by {by}: {how}',
  answer: 'Answer to the reminder',
  in_cms: 'Written into {connection}',
  gates: 'Gates',
  media: '{count} pictures or files came with it',
  not_said: 'Decided, and not said',
  tasks: 'Work for people',
  task_done: 'done {at} by {by}',
  task_open: 'open',
  consents: 'Consents and withdrawals',
  pauses: 'Pauses',
  pause_text: '{scope}, {at} by {by}: {reason}',
  lifted: 'lifted {at} by {by}',
  holds: 'Legal holds',
  hold_text: '{scope}, {at} by {by}: {reason}',
  released: 'released {at} by {by}: {reason}',
  events: 'What happened in the firm’s systems',
  deeds: 'Who did what',
  deeds_lead: 'Every entry of the record about this matter, its messages and its client, in order.',
  page: 'Page {page} of {pages}',
} as const
export type Words = Record<keyof typeof en, string>

const es: Words = {
  title: 'Comunicación en el asunto {matter}',
  subject: 'Todo lo dicho y recibido, con pruebas',
  lead: 'Todos los mensajes que {firm} envió, intentó enviar o recibió por Tipstaff en este asunto; lo que se decidió no decir, y por qué; y quién hizo qué.',
  times: 'Las horas son las de {zone}; entre paréntesis, UTC.',
  proof:
    'Junto a este documento están los mismos hechos como datos (communication.json), las entradas del registro sellado del despacho (record.json, seals.json) y un programa que lo comprueba todo, también este documento, sin red alguna: node verify.mjs.',
  missing_glyphs:
    'Un carácter que falta en la letra de este documento se escribe con su número, como [U+4E2D]; está en communication.json.',
  about: 'Datos',
  firm: 'Despacho',
  matter: 'Asunto',
  state: 'Estado',
  made: 'Hecho',
  made_by: 'Hecho por',
  export: 'Exportación',
  clients: 'Clientes y sus datos de contacto',
  preference: 'Preferencia',
  language: 'Idioma',
  suppressed: 'sin uso desde {at}: {reason}',
  removed: 'retirado {at}',
  granted: 'consintió {purpose}: {how}, {by}, {at}',
  withdrawn: 'retiró {purpose}: {how}, {by}, {at}',
  counts: '{said} mensajes enviados o intentados, {heard} recibidos, {notSaid} que se decidió no decir',
  story: 'Lo dicho y recibido',
  none: 'Nada.',
  said: 'a {who}',
  heard: 'de {who}',
  sms: 'Mensaje de texto',
  email: 'Correo',
  address: 'Dirección o número',
  purpose: 'Propósito',
  urgent: 'urgente',
  why: 'Por qué',
  why_text: 'regla {rule}, versión {version}, por {event} de {at}',
  template: 'Plantilla',
  template_text: '{template}, versión {version}, {language}',
  outcome: 'Resultado',
  reason: 'porque: {reason}',
  words: 'Texto',
  mail_subject: 'Asunto: {subject}',
  deleted: 'El texto no está: fue eliminado.',
  retained: 'El texto no está: eliminado según el plazo de conservación el {at}, regla {rule}.',
  speaks_of_other_matters:
    'El texto no está: este mensaje hablaba también de otros asuntos. Lo dicho sobre este figura en cada punto.',
  written: 'Escrito',
  attempt: 'Intento {number}',
  attempt_text: '{at} por {provider}: {verdict}',
  provider_id: 'número del proveedor {id}',
  receipt: 'Acuse',
  opened: 'Abierto',
  machine_opened: 'Abierto por una máquina',
  clicked: 'Enlace seguido',
  replied: 'Respondido',
  dead_letter: 'No entregado',
  closed: '{state} {at} por {by}: {how}',
  answer: 'Respuesta al recordatorio',
  in_cms: 'Anotado en {connection}',
  gates: 'Controles',
  media: 'vino con {count} imágenes o archivos',
  not_said: 'Decidido y no dicho',
  tasks: 'Trabajo para personas',
  task_done: 'hecho {at} por {by}',
  task_open: 'pendiente',
  consents: 'Consentimientos y retiradas',
  pauses: 'Pausas',
  pause_text: '{scope}, {at} por {by}: {reason}',
  lifted: 'levantada {at} por {by}',
  holds: 'Retenciones legales',
  hold_text: '{scope}, {at} por {by}: {reason}',
  released: 'levantada {at} por {by}: {reason}',
  events: 'Lo ocurrido en los sistemas del despacho',
  deeds: 'Quién hizo qué',
  deeds_lead: 'Cada entrada del registro sobre este asunto, sus mensajes y su cliente, en orden.',
  page: 'Página {page} de {pages}',
}

export type Say = (key: keyof Words, values?: Record<string, string | number>) => string

/** @returns words of one language, with `{names}` filled in */
export function sayIn(language: ExportLanguage): Say {
  const words: Words = language === 'es' ? es : en
  return (key, values = {}) =>
    words[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

export const readme = (about: {
  matter: string
  firm: string
  madeAt: string
  keyId: string
}): string => `${about.firm}: communication in the matter ${about.matter}
Made ${about.madeAt}

communication.pdf   what was said and heard, for people
communication.json  the same, for programs
record.json         the entries of the firm's record that belong to it, with the hashes that prove them
seals.json          the sealed batches that these entries lie in, and the public keys they are signed with
manifest.json       SHA-256 of each of these files, and of each item in communication.json
signature.txt       Ed25519 over the manifest, by the key that seals the record
verify.mjs          checks all of this; needs Node 18 or later, and nothing else

To check, in this folder:

  node verify.mjs --key ${about.keyId}

It says what was altered, if anything was. Ask the firm whether ${about.keyId} is its key, by a way that does not lead
through these files: the key is what all else hangs on. If you have the firm's anchors, add --anchors FILE.
If somebody may have altered verify.mjs itself, take it from another export, or read it: it is short.

---

${about.firm}: comunicación en el asunto ${about.matter}
Para comprobarla, en esta carpeta: node verify.mjs --key ${about.keyId}
Pregunte al despacho, por una vía ajena a estos archivos, si ${about.keyId} es su clave.
`
