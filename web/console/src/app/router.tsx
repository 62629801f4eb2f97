/** Every page and its address; the server knows the addresses too (src/main/console-page.ts). */
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import {
  type AskedAs,
  type AuditFilter,
  auditChoicesQuery,
  auditQuery,
  connectionsQuery,
  deadLettersQuery,
  eventsQuery,
  heldQuery,
  historyQuery,
  holdsQuery,
  messagesQuery,
  qualityQuery,
  quarantineQuery,
  ratesQuery,
  statesQuery,
  tasksQuery,
  templateQuery,
  templatesQuery,
} from '../api/queries.ts'
import { messageReportQuery, type ReportSearch } from '../api/reports.ts'
import { ruleHistoryQuery, rulesQuery } from '../api/rules.ts'
import { meQuery } from '../api/session.ts'
import { clientQuery, matterQuery, timelineQuery } from '../api/subjects.ts'
// Today shows rows of all of these: they come with it.
import { DeadLettersPage } from '../pages/dead-letters.tsx'
import { EventsPage } from '../pages/events.tsx'
import { HeldPage } from '../pages/held.tsx'
import { MessagesPage } from '../pages/messages.tsx'
import { QualityPage } from '../pages/quality.tsx'
import { QuarantinePage } from '../pages/quarantine.tsx'
import { TasksPage } from '../pages/tasks.tsx'
import { TodayPage } from '../pages/today.tsx'
import { NoSuchPage, PageBroke } from '../parts/broken.tsx'
import { Shell } from '../shell/shell.tsx'

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NoSuchPage,
})

const text = (value: unknown): string | undefined =>
  // The router reads what looks like a number as one: a phone number or the number of a matter stays text.
  typeof value === 'string' ? value || undefined : typeof value === 'number' ? String(value) : undefined

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { back?: string; firm?: string; error?: string } => ({
    back: text(search.back),
    firm: text(search.firm),
    error: text(search.error),
  }),
  component: lazyRouteComponent(() => import('../pages/sign-in.tsx'), 'SignInPage'),
})

const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(() => import('../pages/join.tsx'), 'JoinPage'),
})

const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: lazyRouteComponent(() => import('../pages/forgot.tsx'), 'ForgotPage'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(() => import('../pages/reset.tsx'), 'ResetPage'),
})

/**
 * Everything behind sign-in. What a page shows is asked for as somebody turns to it, while its code is on the way (`loader`).
 * Where nobody is signed in, the query client leads to the page for that.
 */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  errorComponent: PageBroke,
  beforeLoad: ({ context }) => {
    void context.queries.prefetchQuery(meQuery)
  },
})

const today = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: TodayPage,
})

export interface TraceSearch {
  q?: string
  as?: AskedAs
  quiet?: boolean
}
const kinds: readonly AskedAs[] = ['client', 'phone', 'mail', 'matter', 'message']
const trace = createRoute({
  getParentRoute: () => inside,
  path: '/trace',
  validateSearch: (search: Record<string, unknown>): TraceSearch => ({
    q: text(search.q),
    as: kinds.find((kind) => kind === search.as),
    ...(search.quiet === true ? { quiet: true } : {}),
  }),
  component: lazyRouteComponent(() => import('../pages/trace.tsx'), 'TracePage'),
})
const deadLetters = createRoute({
  getParentRoute: () => inside,
  path: '/dead-letters',
  loader: ({ context: { queries } }) => void queries.prefetchInfiniteQuery(deadLettersQuery),
  component: DeadLettersPage,
})
const messages = createRoute({
  getParentRoute: () => inside,
  path: '/messages',
  loader: ({ context: { queries } }) => void queries.prefetchInfiniteQuery(messagesQuery),
  component: MessagesPage,
})
const held = createRoute({
  getParentRoute: () => inside,
  path: '/held',
  loader: ({ context: { queries } }) => void queries.prefetchInfiniteQuery(heldQuery()),
  component: HeldPage,
})
const quarantine = createRoute({
  getParentRoute: () => inside,
  path: '/quarantine',
  loader: ({ context: { queries } }) => void queries.prefetchInfiniteQuery(quarantineQuery),
  component: QuarantinePage,
})
const states = createRoute({
  getParentRoute: () => inside,
  path: '/states',
  loader: ({ context: { queries } }) => void queries.prefetchQuery(statesQuery),
  component: lazyRouteComponent(() => import('../pages/states.tsx'), 'StatesPage'),
})
const templates = createRoute({
  getParentRoute: () => inside,
  path: '/templates',
  loader: ({ context: { queries } }) => {
    void queries.prefetchQuery(templatesQuery)
    void queries.prefetchQuery(ratesQuery)
  },
  component: lazyRouteComponent(() => import('../pages/templates.tsx'), 'TemplatesPage'),
})
const template = createRoute({
  getParentRoute: () => inside,
  path: '/templates/$key',
  loader: ({ context: { queries }, params }) => {
    void queries.prefetchQuery(templateQuery(params.key))
    void queries.prefetchQuery(historyQuery(params.key))
  },
  component: lazyRouteComponent(() => import('../pages/template.tsx'), 'TemplatePage'),
})
const tasks = createRoute({
  getParentRoute: () => inside,
  path: '/tasks',
  loader: ({ context: { queries } }) => void queries.prefetchInfiniteQuery(tasksQuery('open')),
  component: TasksPage,
})
const events = createRoute({
  getParentRoute: () => inside,
  path: '/events',
  loader: ({ context: { queries } }) => void queries.prefetchInfiniteQuery(eventsQuery),
  component: EventsPage,
})
const quality = createRoute({
  getParentRoute: () => inside,
  path: '/quality',
  loader: ({ context: { queries } }) => void queries.prefetchInfiniteQuery(qualityQuery('open')),
  component: QualityPage,
})
const connections = createRoute({
  getParentRoute: () => inside,
  path: '/connections',
  loader: ({ context: { queries } }) => void queries.prefetchQuery(connectionsQuery),
  component: lazyRouteComponent(() => import('../pages/connections.tsx'), 'ConnectionsPage'),
})
const reminders = createRoute({
  getParentRoute: () => inside,
  path: '/reminders',
  component: lazyRouteComponent(() => import('../pages/reminders.tsx'), 'RemindersPage'),
})
const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  component: lazyRouteComponent(() => import('../pages/account.tsx'), 'AccountPage'),
})

const rules = createRoute({
  getParentRoute: () => inside,
  path: '/rules',
  loader: ({ context: { queries } }) => void queries.prefetchQuery(rulesQuery),
  component: lazyRouteComponent(() => import('../pages/rules.tsx'), 'RulesPage'),
})
const rule = createRoute({
  getParentRoute: () => inside,
  path: '/rules/$key',
  loader: ({ context: { queries }, params }) => {
    void queries.prefetchQuery(rulesQuery)
    void queries.prefetchQuery(ruleHistoryQuery(params.key))
  },
  component: lazyRouteComponent(() => import('../pages/rule.tsx'), 'RulePage'),
})

const days = /^\d{4}-\d{2}-\d{2}$/
const day = (value: unknown) => (typeof value === 'string' && days.test(value) ? value : undefined)
const audit = createRoute({
  getParentRoute: () => inside,
  path: '/audit',
  validateSearch: (search: Record<string, unknown>): AuditFilter => ({
    who: text(search.who),
    act: text(search.act),
    from: day(search.from),
    to: day(search.to),
    client: text(search.client),
    matter: text(search.matter),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, deps }) => {
    void queries.prefetchInfiniteQuery(auditQuery(deps))
    void queries.prefetchQuery(auditChoicesQuery)
  },
  component: lazyRouteComponent(() => import('../pages/audit.tsx'), 'AuditPage'),
})

const holds = createRoute({
  getParentRoute: () => inside,
  path: '/holds',
  loader: ({ context: { queries } }) => void queries.prefetchInfiniteQuery(holdsQuery('live')),
  component: lazyRouteComponent(() => import('../pages/holds.tsx'), 'HoldsPage'),
})

const client = createRoute({
  getParentRoute: () => inside,
  path: '/clients/$id',
  loader: ({ context: { queries }, params }) => {
    void queries.prefetchQuery(clientQuery(params.id))
    void queries.prefetchInfiniteQuery(timelineQuery('client', params.id))
  },
  component: lazyRouteComponent(() => import('../pages/client.tsx'), 'ClientPage'),
})
const matter = createRoute({
  getParentRoute: () => inside,
  path: '/matters/$id',
  loader: ({ context: { queries }, params }) => {
    void queries.prefetchQuery(matterQuery(params.id))
    void queries.prefetchInfiniteQuery(timelineQuery('matter', params.id))
  },
  component: lazyRouteComponent(() => import('../pages/matter.tsx'), 'MatterPage'),
})

const purposes = ['status', 'reminder', 'conversation', 'billing', 'intake', 'marketing'] as const
const reports = createRoute({
  getParentRoute: () => inside,
  path: '/reports',
  validateSearch: (search: Record<string, unknown>): ReportSearch => ({
    from: day(search.from),
    to: day(search.to),
    by: (['day', 'week', 'month'] as const).find((by) => by === search.by),
    channel: (['sms', 'email'] as const).find((channel) => channel === search.channel),
    purpose: purposes.find((purpose) => purpose === search.purpose),
    template: text(search.template),
    practiceArea: text(search.practiceArea),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, deps }) => void queries.prefetchQuery(messageReportQuery(deps)),
  component: lazyRouteComponent(() => import('../pages/reports.tsx'), 'ReportsPage'),
})

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('../pages/settings.tsx'), 'SettingsPage'),
})
const settingsStaff = createRoute({
  getParentRoute: () => inside,
  path: '/settings/staff',
  component: lazyRouteComponent(() => import('../pages/settings-staff.tsx'), 'StaffPage'),
})
const settingsSignIn = createRoute({
  getParentRoute: () => inside,
  path: '/settings/sign-in',
  component: lazyRouteComponent(() => import('../pages/settings-sign-in.tsx'), 'SignInRulesPage'),
})
const settingsWalls = createRoute({
  getParentRoute: () => inside,
  path: '/settings/walls',
  component: lazyRouteComponent(() => import('../pages/settings-walls.tsx'), 'WallsPage'),
})
const settingsKeys = createRoute({
  getParentRoute: () => inside,
  path: '/settings/keys',
  component: lazyRouteComponent(() => import('../pages/settings-keys.tsx'), 'KeysPage'),
})

const settingsHours = createRoute({
  getParentRoute: () => inside,
  path: '/settings/hours',
  component: lazyRouteComponent(() => import('../pages/settings-hours.tsx'), 'HoursPage'),
})
const settingsRetention = createRoute({
  getParentRoute: () => inside,
  path: '/settings/retention',
  component: lazyRouteComponent(() => import('../pages/settings-retention.tsx'), 'RetentionPage'),
})

export const tree = root.addChildren([
  signIn,
  join,
  forgot,
  reset,
  inside.addChildren([
    today,
    trace,
    messages,
    deadLetters,
    held,
    quarantine,
    states,
    templates,
    template,
    tasks,
    events,
    quality,
    connections,
    reminders,
    reports,
    rules,
    rule,
    account,
    audit,
    holds,
    client,
    matter,
    settings,
    settingsStaff,
    settingsSignIn,
    settingsWalls,
    settingsKeys,
    settingsHours,
    settingsRetention,
  ]),
])

export const makeRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: PageBroke,
    defaultNotFoundComponent: NoSuchPage,
  })
export type ConsoleRouter = ReturnType<typeof makeRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: ConsoleRouter
  }
}
