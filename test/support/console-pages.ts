/** Every page of the console, as tests and pictures go through them. */
export const consolePages = [
  { name: 'today', path: '/' },
  { name: 'dead-letters', path: '/dead-letters' },
  { name: 'held', path: '/held' },
  { name: 'quarantine', path: '/quarantine' },
  { name: 'tasks', path: '/tasks' },
  { name: 'events', path: '/events' },
  { name: 'quality', path: '/quality' },
  { name: 'connections', path: '/connections' },
  { name: 'reminders', path: '/reminders' },
  { name: 'audit', path: '/audit' },
  { name: 'holds', path: '/holds' },
  { name: 'trace', path: '/trace?q=Maria%20Santos' },
  { name: 'trace-empty', path: '/trace' },
  { name: 'sign-in', path: '/sign-in' },
] as const
