/** The words of the reports, which the console's page and the PDF share: titles, names of figures, and what each counts. */

const en = {
  title: 'Reports',
  document: 'Messages to clients',
  lead: 'What was written to clients, what became of it, and how fast. Each message counts once.',
  period: '{{from}} to {{to}}',
  zone: 'Days as in {{zone}}. Read {{at}}.',
  narrowed: 'Only: {{what}}',
  none: 'No messages were written in these days.',
  figures: 'In short',
  messages: 'Messages',
  delivered_share: 'Delivered',
  opened_share: 'Mails opened',
  replied: 'Answered',
  by_outcome: 'What became of them',
  by_outcome_about:
    'Each message written in these days is in exactly one line, as things stand now: a receipt that comes later moves it.',
  outcome: 'Outcome',
  meaning: 'What it means',
  outcomes: {
    delivered: 'Delivered',
    sent: 'Handed over',
    undelivered: 'Not delivered',
    dead: 'Failed',
    unknown: 'Not known',
    under_way: 'On its way',
    held: 'Held',
    in_digest: 'Said in a digest',
    cancelled: 'Withdrawn',
  },
  meanings: {
    delivered: 'The provider says that it arrived.',
    sent: 'A provider took it. Nobody has said yet whether it arrived; some never say.',
    undelivered: 'A provider took it, and says that it did not arrive.',
    dead: 'No provider took it, or all tries were used up: a person had to look.',
    unknown: 'The provider went silent in the middle; it is being found out.',
    under_way: 'Waits for its turn, or is being handed over right now.',
    held: 'Waits for a pause, quiet hours or a digest to end.',
    in_digest: 'Another message said it together with others; that one is counted by itself.',
    cancelled: 'Was no longer true or allowed, and never left.',
  },
  over_time: 'Over time',
  over_time_about: 'By the day on which a message was written.',
  delivered: 'Delivered',
  not_delivered: 'Everything else',
  shares: 'Delivered and opened',
  shares_about:
    'Delivered: of messages that were tried (delivered, handed over, not delivered, failed). Opened: of mails that were delivered or handed over, by a person as far as the provider can tell; fetched by machines alone is not opened.',
  from_day: 'From',
  share_delivered: '% delivered',
  share_opened: '% opened',
  mails: 'Mails',
  opened: 'Opened',
  machine_opened: 'Machines only',
  clicked: 'Clicked',
  texts: 'Texts',
  by_template: 'By template',
  by_channel: 'By channel',
  by_purpose: 'By purpose',
  template: 'Template',
  channel: 'Channel',
  purpose: 'Purpose',
  practice_area: 'Practice area',
  channels: { sms: 'Text', email: 'Mail' },
  purposes: {
    status: 'Status',
    reminder: 'Reminder',
    conversation: 'Conversation',
    billing: 'Billing',
    intake: 'Intake',
    marketing: 'Marketing',
  },
  questions: 'Texts from clients after a change',
  questions_about:
    'When a matter changes its state, do its clients text less if they were told? Counted are texts from the client’s number in the {{days}} days after the change, or until the matter changes again. All of them count, questions and thanks alike, but for STOP, START, HELP and answers to reminders. Only matters whose client has a phone number; only changes whose {{days}} days have passed.',
  questions_limits:
    'A comparison, not a proof: clients who were not told may differ in other ways, and calls and mails to the firm are not seen here.',
  group: 'Client',
  groups: { told: 'Told of the change', not_told: 'Not told', before: 'In the days before being told' },
  changes: 'Changes',
  weeks: 'Weeks looked at',
  client_texts: 'Texts',
  rate: 'Texts per 100 weeks',
  fewer:
    'If clients who were told had texted as often as those who were not, there would have been {{count}} more texts.',
  more: 'Clients who were told texted more: {{count}} texts more than at the rate of those who were not.',
  too_few: 'Too few changes to conclude anything: it takes {{enough}} in either group.',
  no_changes: 'No change in these days is {{days}} days old yet.',
  responses: 'How fast staff answered',
  responses_about:
    'From when a task was opened until somebody completed it, by the clock, nights and weekends included. An open task counts as not answered yet: where more than half are open there is no median.',
  task: 'Task',
  kinds: {
    incoming_text: 'A client’s text',
    rule: 'A task by a rule',
    evidence_overdue: 'Evidence that is missing',
    unreachable: 'A client without an address',
  },
  tasks: 'Tasks',
  done: 'Done',
  open: 'Open',
  median: 'Median',
  p90: '9 of 10 within',
  changes_speed: 'From a change to a delivered message',
  changes_speed_about:
    'For delivered messages that came of a change in another system. Waiting by intention (quiet hours, digests, pauses) is included. Where the other system tells no time, the change counts from when it reached us.',
  no_tasks: 'No tasks were opened in these days.',
  no_deliveries: 'No message that came of a change elsewhere was delivered in these days.',
  step: 'Step',
  steps: {
    heard: 'Until we knew of it',
    said: 'Until a provider had the message',
    arrived: 'Until it arrived',
    whole: 'All together',
  },
  seconds: '{{n}} s',
  minutes: '{{n}} min',
  hours: '{{n}} h',
  days: '{{n}} d',
  still_open: 'not yet',
  not_narrowed: 'Channel, purpose and template do not narrow this part.',
  all: 'All',
  page: 'Page {{page}} of {{pages}}',
} as const

export type ReportWords = Words<typeof en>
type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

const es: ReportWords = {
  title: 'Informes',
  document: 'Mensajes a clientes',
  lead: 'Qué se escribió a los clientes, qué fue de ello y con qué rapidez. Cada mensaje cuenta una vez.',
  period: 'Del {{from}} al {{to}}',
  zone: 'Días según {{zone}}. Leído {{at}}.',
  narrowed: 'Solo: {{what}}',
  none: 'En estos días no se escribió ningún mensaje.',
  figures: 'En breve',
  messages: 'Mensajes',
  delivered_share: 'Entregados',
  opened_share: 'Correos abiertos',
  replied: 'Contestados',
  by_outcome: 'Qué fue de ellos',
  by_outcome_about:
    'Cada mensaje escrito en estos días está en una sola línea, tal como está ahora: un acuse que llegue después lo cambia de línea.',
  outcome: 'Resultado',
  meaning: 'Qué significa',
  outcomes: {
    delivered: 'Entregado',
    sent: 'Cursado',
    undelivered: 'No entregado',
    dead: 'Fallido',
    unknown: 'No se sabe',
    under_way: 'En camino',
    held: 'Retenido',
    in_digest: 'Dicho en un resumen',
    cancelled: 'Retirado',
  },
  meanings: {
    delivered: 'El proveedor dice que llegó.',
    sent: 'Un proveedor lo aceptó. Nadie ha dicho aún si llegó; algunos nunca lo dicen.',
    undelivered: 'Un proveedor lo aceptó y dice que no llegó.',
    dead: 'Ningún proveedor lo aceptó o se agotaron los intentos: tuvo que mirarlo una persona.',
    unknown: 'El proveedor calló a mitad de camino; se está averiguando.',
    under_way: 'Espera su turno o se está entregando ahora mismo.',
    held: 'Espera a que termine una pausa, las horas de silencio o un resumen.',
    in_digest: 'Otro mensaje lo dijo junto con otros; ese se cuenta aparte.',
    cancelled: 'Ya no era cierto o no estaba permitido, y no salió.',
  },
  over_time: 'A lo largo del tiempo',
  over_time_about: 'Según el día en que se escribió el mensaje.',
  delivered: 'Entregados',
  not_delivered: 'Todos los demás',
  shares: 'Entregados y abiertos',
  shares_about:
    'Entregados: de los mensajes que se intentaron (entregado, cursado, no entregado, fallido). Abiertos: de los correos entregados o cursados, por una persona hasta donde el proveedor puede saberlo; lo que solo abrieron máquinas no cuenta.',
  from_day: 'Desde',
  share_delivered: '% entregados',
  share_opened: '% abiertos',
  mails: 'Correos',
  opened: 'Abiertos',
  machine_opened: 'Solo máquinas',
  clicked: 'Con clic',
  texts: 'Mensajes de texto',
  by_template: 'Por plantilla',
  by_channel: 'Por canal',
  by_purpose: 'Por finalidad',
  template: 'Plantilla',
  channel: 'Canal',
  purpose: 'Finalidad',
  practice_area: 'Área de práctica',
  channels: { sms: 'Texto', email: 'Correo' },
  purposes: {
    status: 'Estado',
    reminder: 'Recordatorio',
    conversation: 'Conversación',
    billing: 'Facturación',
    intake: 'Admisión',
    marketing: 'Publicidad',
  },
  questions: 'Textos de clientes tras un cambio',
  questions_about:
    'Cuando un caso cambia de estado, ¿escriben menos los clientes si se les avisó? Se cuentan los textos desde el número del cliente en los {{days}} días siguientes al cambio, o hasta que el caso cambie de nuevo. Cuentan todos, preguntas y agradecimientos por igual, salvo STOP, START, HELP y las respuestas a recordatorios. Solo casos cuyo cliente tiene teléfono; solo cambios cuyos {{days}} días ya pasaron.',
  questions_limits:
    'Es una comparación, no una prueba: los clientes a quienes no se avisó pueden ser distintos en otras cosas, y las llamadas y los correos al despacho no se ven aquí.',
  group: 'Cliente',
  groups: {
    told: 'Avisado del cambio',
    not_told: 'No avisado',
    before: 'En los días previos al aviso',
  },
  changes: 'Cambios',
  weeks: 'Semanas observadas',
  client_texts: 'Textos',
  rate: 'Textos por 100 semanas',
  fewer:
    'Si los clientes avisados hubieran escrito tanto como los no avisados, habría habido {{count}} textos más.',
  more: 'Los clientes avisados escribieron más: {{count}} textos más que al ritmo de los no avisados.',
  too_few: 'Hay muy pocos cambios para concluir algo: hacen falta {{enough}} en cada grupo.',
  no_changes: 'Ningún cambio de estos días tiene ya {{days}} días.',
  responses: 'Con qué rapidez respondió el personal',
  responses_about:
    'Desde que se abrió una tarea hasta que alguien la completó, por el reloj, noches y fines de semana incluidos. Una tarea abierta cuenta como aún sin responder: donde más de la mitad sigue abierta no hay mediana.',
  task: 'Tarea',
  kinds: {
    incoming_text: 'Texto de un cliente',
    rule: 'Tarea de una regla',
    evidence_overdue: 'Prueba que falta',
    unreachable: 'Cliente sin dirección',
  },
  tasks: 'Tareas',
  done: 'Hechas',
  open: 'Abiertas',
  median: 'Mediana',
  p90: '9 de cada 10 en',
  changes_speed: 'De un cambio a un mensaje entregado',
  changes_speed_about:
    'De los mensajes entregados que vinieron de un cambio en otro sistema. La espera intencionada (horas de silencio, resúmenes, pausas) está incluida. Donde el otro sistema no dice la hora, el cambio cuenta desde que nos llegó.',
  no_tasks: 'En estos días no se abrió ninguna tarea.',
  no_deliveries: 'En estos días no se entregó ningún mensaje que viniera de un cambio en otro sistema.',
  step: 'Paso',
  steps: {
    heard: 'Hasta que lo supimos',
    said: 'Hasta que un proveedor tuvo el mensaje',
    arrived: 'Hasta que llegó',
    whole: 'En total',
  },
  seconds: '{{n}} s',
  minutes: '{{n}} min',
  hours: '{{n}} h',
  days: '{{n}} d',
  still_open: 'aún no',
  not_narrowed: 'El canal, la finalidad y la plantilla no limitan esta parte.',
  all: 'Todos',
  page: 'Página {{page}} de {{pages}}',
}

export const reportWords = { en, es }
export type ReportLanguage = keyof typeof reportWords

/** How long something took, in the largest unit that says it with two digits or so. */
export function howLong(seconds: number): { unit: 'seconds' | 'minutes' | 'hours' | 'days'; n: number } {
  const rounded = (n: number) => (n < 10 ? Math.round(n * 10) / 10 : Math.round(n))
  if (seconds < 90) return { unit: 'seconds', n: rounded(seconds) }
  if (seconds < 90 * 60) return { unit: 'minutes', n: rounded(seconds / 60) }
  if (seconds < 48 * 3_600) return { unit: 'hours', n: rounded(seconds / 3_600) }
  return { unit: 'days', n: rounded(seconds / 86_400) }
}

/** A period as it stands below a column: `Oct 3`, `Oct 3 – 9`, `Oct 2026`. @param from, to days, both included */
export function periodLabel(
  { from, to }: { from: string; to: string },
  by: 'day' | 'week' | 'month',
  language: ReportLanguage,
): string {
  // Days of no zone: said as they are.
  const at = (day: string) => new Date(`${day}T00:00:00Z`)
  const format = new Intl.DateTimeFormat(
    language,
    by === 'month'
      ? { month: 'short', year: 'numeric', timeZone: 'UTC' }
      : { month: 'short', day: 'numeric', timeZone: 'UTC' },
  )
  return by === 'week' && from !== to ? format.formatRange(at(from), at(to)) : format.format(at(from))
}
