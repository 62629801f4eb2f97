import type { World } from './world.ts'

/** Every page of the console, as tests and pictures go through them; `{…}` stands for the id of whoever is called so. */
export const consolePages = [
  { name: 'today', path: '/' },
  { name: 'messages', path: '/messages' },
  { name: 'dead-letters', path: '/dead-letters' },
  { name: 'held', path: '/held' },
  { name: 'quarantine', path: '/quarantine' },
  { name: 'states', path: '/states' },
  { name: 'templates', path: '/templates' },
  { name: 'template', path: '/templates/status-update' },
  { name: 'tasks', path: '/tasks' },
  { name: 'events', path: '/events' },
  { name: 'quality', path: '/quality' },
  { name: 'connections', path: '/connections' },
  { name: 'reminders', path: '/reminders' },
  { name: 'reports', path: '/reports' },
  { name: 'rules', path: '/rules' },
  { name: 'rule', path: '/rules/transcript-ready' },
  { name: 'rule-new', path: '/rules/offer-accepted' },
  { name: 'audit', path: '/audit' },
  { name: 'holds', path: '/holds' },
  { name: 'settings', path: '/settings' },
  { name: 'settings-staff', path: '/settings/staff' },
  { name: 'settings-sign-in', path: '/settings/sign-in' },
  { name: 'settings-walls', path: '/settings/walls' },
  { name: 'settings-keys', path: '/settings/keys' },
  { name: 'settings-hours', path: '/settings/hours' },
  { name: 'settings-retention', path: '/settings/retention' },
  { name: 'trace', path: '/trace?q=Maria%20Santos' },
  { name: 'trace-empty', path: '/trace' },
  { name: 'client', path: '/clients/{Maria Santos}' },
  { name: 'matter', path: '/matters/{Maria Santos}' },
  { name: 'account', path: '/account' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'forgot', path: '/forgot' },
  { name: 'reset', path: '/reset#a-token' },
] as const

/** @returns the address with the id in it: of the client, or of the first of their matters */
export async function addressOf(world: World, path: string): Promise<string> {
  const name = /\{(.+)\}/.exec(path)?.[1]
  if (name === undefined) return path
  const [row] = await world.rows<{ client: string; matter: string }>(
    'select c.id as client, m.id as matter from clients c join matters m on m.client_id = c.id where c.name = $1 order by m.number',
    [name],
  )
  if (!row) throw new Error(`${name} has no matter yet`)
  return path.replace(`{${name}}`, path.startsWith('/clients') ? row.client : row.matter)
}
