/** Where one can go, in order; the letter goes after G. */
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
  IconSettings,
  IconShieldCheck,
  IconSitemap,
  IconTemplate,
} from '@tabler/icons-react'
import { deadLettersQuery, heldQuery, qualityQuery, quarantineQuery, tasksQuery } from '../api/queries.ts'

export const places = [
  { to: '/', word: 'today', key: 't', icon: IconInbox, group: 'work', list: null },
  { to: '/trace', word: 'trace', key: 'w', icon: IconMessageSearch, group: 'work', list: null },
  {
    to: '/dead-letters',
    word: 'dead_letters',
    key: 'd',
    icon: IconMailX,
    group: 'work',
    list: deadLettersQuery,
  },
  { to: '/held', word: 'held', key: 'h', icon: IconHandStop, group: 'work', list: heldQuery() },
  { to: '/tasks', word: 'tasks', key: 'k', icon: IconChecklist, group: 'work', list: tasksQuery('open') },
  {
    to: '/quarantine',
    word: 'quarantine',
    key: 'q',
    icon: IconQuestionMark,
    group: 'work',
    list: quarantineQuery,
  },
  { to: '/states', word: 'states', key: 'm', icon: IconSitemap, group: 'firm', list: null },
  { to: '/rules', word: 'rules', key: 'u', icon: IconScript, group: 'firm', list: null },
  { to: '/templates', word: 'templates', key: 'p', icon: IconTemplate, group: 'firm', list: null },
  { to: '/events', word: 'events', key: 'e', icon: IconRoute, group: 'firm', list: null },
  {
    to: '/quality',
    word: 'quality',
    key: 'a',
    icon: IconShieldCheck,
    group: 'firm',
    list: qualityQuery('open'),
  },
  { to: '/connections', word: 'connections', key: 'c', icon: IconPlugConnected, group: 'firm', list: null },
  { to: '/reminders', word: 'reminders', key: 'r', icon: IconCalendarCheck, group: 'firm', list: null },
  { to: '/reports', word: 'reports', key: 'n', icon: IconChartBar, group: 'firm', list: null },
  { to: '/audit', word: 'audit', key: 'o', icon: IconFileCertificate, group: 'firm', list: null },
  { to: '/holds', word: 'holds', key: 'l', icon: IconGavel, group: 'firm', list: null },
  { to: '/settings', word: 'settings', key: 's', icon: IconSettings, group: 'firm', list: null },
] as const

/** Of which people on the road have most use. */
export const onPhones = ['/', '/trace', '/dead-letters', '/held'] as const
export type Place = (typeof places)[number]
