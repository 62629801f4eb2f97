/** Palabras de las páginas donde se decide qué se dice a los clientes. */
import type { saidEn } from './said.en.ts'
import type { Same } from './same.ts'

export const saidEs: Same<typeof saidEn> = {
  states: {
    title: 'Estados',
    lead: 'Dónde puede estar un asunto, cuántos hay en cada estado y qué dice el CMS que no corresponde a ninguno.',
    unknown: 'Estados del CMS sin asignar',
    unknown_none: 'Todo lo que llegó corresponde a un estado.',
    unknown_hint:
      'Lo que espera se vuelve a mirar en cuanto se asigna; a los clientes se les dice lo que entonces sea cierto.',
    waits_one: '{{count}} espera',
    waits_other: '{{count}} esperan',
    since: 'desde {{when}}',
    means: 'significa',
    choose: '¿Qué estado significa «{{raw}}»?',
    choose_placeholder: 'Elija un estado',
    map: 'Asignar',
    mapped: '«{{raw}}» significa {{state}} desde ahora',
    mapped_hint: 'Lo que lo esperaba se mira de nuevo ahora.',
    may_not: 'Pueden asignarlo los abogados y propietarios.',
    diagram: 'Los estados del despacho y cuál puede seguir a cuál',
    matters_one: '{{count}} asunto',
    matters_other: '{{count}} asuntos',
    begins: 'empieza aquí',
    ends: 'nada sigue',
    follows: 'después: {{states}}',
    names: 'En el CMS: {{names}}',
    without_one: '{{count}} asunto no está aún en ningún estado.',
    without_other: '{{count}} asuntos no están aún en ningún estado.',
    none: 'No hay estados configurados.',
    none_hint: 'Están en statuses.yaml del directorio del despacho.',
  },
}
