/** The people, matters and moments that all examples speak of. Everybody is invented; numbers are of the range for that. */
export const ids = {
  client: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e01',
  matter: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e02',
  point: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e03',
  event: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e04',
  delivery: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e05',
  notice: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e06',
  message: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e07',
  attempt: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e08',
  receipt: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e09',
  letter: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0a',
  pause: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0b',
  task: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0c',
  quarantine: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0d',
  quality: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0e',
  appointment: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e0f',
  staff: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e10',
  key: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e11',
  hold: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e12',
  decision: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e13',
  sam: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e14',
  hearing: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e15',
  reminder: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e16',
  text: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e17',
  written: '0199e3a1-5c00-7a10-8f3e-6b1f0c9d2e18',
} as const

/** When it happened, and some time after. */
export const at = {
  came: '2026-10-15T18:31:58.204Z',
  decided: '2026-10-15T18:31:58.391Z',
  sent: '2026-10-15T18:31:59.120Z',
  arrived: '2026-10-15T18:32:03Z',
  later: '2026-10-15T19:05:00Z',
  dayAfter: '2026-10-16T14:00:00Z',
  monthBefore: '2026-09-14T13:00:00Z',
} as const

export const phone = '+12125550142'
export const person = {
  clientId: ids.client,
  client: 'Maria Santos',
  firstName: 'Maria',
  timeZone: 'America/New_York',
} as const
export const about = {
  client: 'Maria Santos',
  clientId: ids.client,
  matter: '2026-0117',
  matterId: ids.matter,
} as const
export const discovery = {
  key: 'discovery',
  label: 'Discovery',
  words: { en: 'exchanging evidence with the other side', es: 'intercambiando pruebas con la otra parte' },
} as const
export const firmName = 'Harbor & Pike'
export const dana = 'Dana Whitlock'
export const danaMail = 'dana.whitlock@harborpike.example'
export const sam = 'Sam Ortiz'
export const samMail = 'sam.ortiz@harborpike.example'
export const connection = 'harbor-pike-clio'

/** What is known of the client and of her matter. */
export const tracedClient = {
  id: ids.client,
  externalId: '11001',
  name: about.client,
  language: 'en',
  timeZone: person.timeZone,
  preference: 'SMS',
  pausedInCms: false,
  observedAt: at.came,
  contactPoints: [
    {
      id: ids.point,
      channel: 'sms',
      address: phone,
      rank: 0,
      origin: 'cms',
      suppressedAt: null,
      suppressedReason: null,
      removedAt: null,
      consents: [{ purpose: '*', granted: true, how: 'intake form', by: 'cms', at: at.monthBefore }],
    },
  ],
}
export const tracedMatter = {
  id: ids.matter,
  externalId: '21001',
  clientId: ids.client,
  number: about.matter,
  title: 'Santos v. Acme Logistics',
  rawStatus: 'Discovery',
  state: 'discovery',
  previousState: 'complaint_filed',
  stateEnteredAt: at.decided,
  settlesAt: null,
  observedAt: at.came,
}
export const pause = {
  id: ids.pause,
  scope: 'client',
  targetId: ids.client,
  reason: 'settlement talks',
  by: dana,
  at: at.later,
  endsAt: null,
}
