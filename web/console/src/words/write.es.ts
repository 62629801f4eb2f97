/** Palabras para escribir un mensaje con una plantilla. */
import type { Same } from './same.ts'
import type { writeEn } from './write.en.ts'

export const writeEs: Same<typeof writeEn> = {
  open: 'Escribir un mensaje',
  title: 'Escribir a {{name}}',
  matter: 'Sobre qué asunto',
  template: 'Plantilla',
  choose: 'Elija una plantilla',
  channel: 'Por',
  no_templates: 'Ninguna plantilla se puede enviar a mano. Puede la que diga byHand.',
  preview: 'Como llegaría',
  goes: 'Sale enseguida',
  waits: 'Quedará retenido',
  refused: 'No se puede enviar',
  incomplete: 'Todavía incompleto',
  until: 'hasta {{when}}',
  said_last: 'Ya se le dijo esto {{when}}.',
  gates: 'Qué lo retiene',
  override: 'Dejarlo pasar: {{gate}}',
  why: '¿Por qué puede pasar?',
  why_hint: 'Queda en el registro con su nombre. Vale durante una hora.',
  lacks: 'Todavía falta:',
  send: 'Enviar',
  send_held: 'Escribirlo; queda retenido',
  sent: 'Escrito a {{name}}',
  sent_on_its_way: 'Está en camino.',
  reads_first: 'Antes se pregunta al CMS si sigue siendo así; son segundos.',
  sent_reading: 'Sale en cuanto el CMS diga que sigue siendo así.',
  sent_held: 'Queda retenido hasta que lo suelte lo que lo retiene, una semana como máximo.',
  sent_held_until: 'Queda retenido hasta {{when}}.',
}
