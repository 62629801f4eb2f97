/** Where one can go, in order; the letter goes after G. `count`: what waits there, as `GET /counts` calls it. */
import {
  IconCalendarCheck,
  IconChartBar,
  IconChecklist,
  IconFileCertificate,
  IconGavel,
  IconHandStop,
  IconInbox,
  IconMailX,
  IconMessageSearch,
  IconPlugConnected,
  IconQuestionMark,
  IconRoute,
  IconScript,
  IconSend,
  IconSettings,
  IconShieldCheck,
  IconSitemap,
  IconTemplate,
} from '@tabler/icons-react'

export const places = [
  { to: '/', word: 'today', key: 't', icon: IconInbox, group: 'work', count: null },
  { to: '/trace', word: 'trace', key: 'w', icon: IconMessageSearch, group: 'work', count: null },
  { to: '/messages', word: 'messages', key: 'f', icon: IconSend, group: 'work', count: null },
  {
    to: '/dead-letters',
    word: 'dead_letters',
    key: 'd',
    icon: IconMailX,
    group: 'work',
    count: 'deadLetters',
  },
  { to: '/held', word: 'held', key: 'h', icon: IconHandStop, group: 'work', count: 'held' },
  { to: '/tasks', word: 'tasks', key: 'k', icon: IconChecklist, group: 'work', count: 'tasks' },
  {
    to: '/quarantine',
    word: 'quarantine',
    key: 'q',
    icon: IconQuestionMark,
    group: 'work',
    count: 'quarantine',
  },
  { to: '/states', word: 'states', key: 'm', icon: IconSitemap, group: 'firm', count: null },
  { to: '/rules', word: 'rules', key: 'u', icon: IconScript, group: 'firm', count: null },
  { to: '/templates', word: 'templates', key: 'p', icon: IconTemplate, group: 'firm', count: null },
  { to: '/events', word: 'events', key: 'e', icon: IconRoute, group: 'firm', count: 'events' },
  {
    to: '/quality',
    word: 'quality',
    key: 'a',
    icon: IconShieldCheck,
    group: 'firm',
    count: 'quality',
  },
  { to: '/connections', word: 'connections', key: 'c', icon: IconPlugConnected, group: 'firm', count: null },
  { to: '/reminders', word: 'reminders', key: 'r', icon: IconCalendarCheck, group: 'firm', count: null },
  { to: '/reports', word: 'reports', key: 'n', icon: IconChartBar, group: 'firm', count: null },
  { to: '/audit', word: 'audit', key: 'o', icon: IconFileCertificate, group: 'firm', count: null },
  { to: '/holds', word: 'holds', key: 'l', icon: IconGavel, group: 'firm', count: null },
  { to: '/settings', word: 'settings', key: 's', icon: IconSettings, group: 'firm', count: null },
] as const

/** Of which people on the road have most use. */
export const onPhones = ['/', '/trace', '/dead-letters', '/held'] as const
export type Place = (typeof places)[number]
