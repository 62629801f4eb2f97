/** "Did she get it?": the answer first, then how it came about, then all that was said before. */
import { Checkbox } from '@mantine/core'
import { IconMessageSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ApiProblem, type Schemas } from '../api/client.ts'
import { type AskedAs, traceQuery } from '../api/queries.ts'
import { Calm } from '../parts/calm.tsx'
import { HoldBand } from '../parts/holds.tsx'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { More, Waiting } from '../parts/rows.tsx'
import { type StopTarget, useTellStopTargets } from '../shell/stop-target.tsx'
import { BigAnswer } from '../trace/answer.tsx'
import { Beside } from '../trace/beside.tsx'
import { ClientCard, MatterCard } from '../trace/people.tsx'
import { StoryCard } from '../trace/story.tsx'
import { useWords } from '../words/index.ts'

type Trace = Schemas['Trace']
const route = getRouteApi('/inside/trace')

export function TracePage() {
  const { t } = useWords()
  const { q, as, quiet } = route.useSearch()
  if (q === undefined)
    return (
      <Page title={t('trace.title')} narrow>
        <Calm
          title={t('trace.lead')}
          hint={t('search.hint')}
          icon={<IconMessageSearch size={44} stroke={1.3} />}
        />
      </Page>
    )
  return <Asked key={`${as} ${q}`} q={q} as={as} quiet={quiet === true} />
}

function Asked({ q, as, quiet }: { q: string; as: AskedAs | undefined; quiet: boolean }) {
  const { t } = useWords()
  const go = route.useNavigate()
  const query = useInfiniteQuery({ ...traceQuery(q, as, quiet), placeholderData: (before) => before })
  const first = query.data?.pages[0]
  useTellStopTargets(first ? targetsOf(first) : [])
  if (query.isPending)
    return (
      <Page title={t('trace.title')} narrow>
        <Waiting />
      </Page>
    )
  if (query.isError && !first)
    return <NotFound q={q} error={query.error} again={() => void query.refetch()} />
  if (!first) return null

  const pages = query.data?.pages ?? []
  const stories = pages.flatMap((page) => page.stories)
  const answers = pages.flatMap((page) => page.answers)
  const latest = answers[0]
  const messages = new Map(
    stories.flatMap((story) => story.notices.flatMap((n) => n.messages.map((m) => [m.id, m] as const))),
  )
  const zoneOf = new Map(first.clients.map((client) => [client.id, client.timeZone]))
  const only = first.clients.length === 1 ? (first.clients[0]?.timeZone ?? null) : null
  const message = latest?.messageId ? messages.get(latest.messageId) : undefined
  return (
    <Page title={titleOf(first, q)} narrow>
      {latest ? (
        <BigAnswer
          answer={latest}
          message={message}
          clientZone={(message && zoneOf.get(message.clientId)) ?? only}
        />
      ) : (
        <Calm title={t('trace.nothing')} />
      )}
      <HoldBand holds={first.holds} />
      <div className="cards">
        {first.clients.map((client) => (
          <ClientCard key={client.id} client={client} />
        ))}
        {first.matters.map((matter) => (
          <MatterCard key={matter.id} matter={matter} />
        ))}
      </div>
      {stories.length > 0 && (
        <section aria-label={t('trace.earlier')}>
          <div className="stories-head">
            <h2>{t('trace.earlier')}</h2>
            <Checkbox
              size="xs"
              label={t('trace.quiet')}
              checked={quiet}
              onChange={(event) =>
                void go({
                  search: (before) => ({ ...before, quiet: event.currentTarget.checked ? true : undefined }),
                  replace: true,
                  resetScroll: false,
                })
              }
            />
          </div>
          <ul className="stories">
            {stories.map((story, index) => (
              <StoryCard
                key={story.event.id}
                story={story}
                answers={answers.filter(({ eventId }) => eventId === story.event.id)}
                clientZone={(story.event.clientId && zoneOf.get(story.event.clientId)) || only}
                open={index === 0}
              />
            ))}
          </ul>
          <More query={query} label={t('trace.older')} />
        </section>
      )}
      <Beside trace={first} clientZone={only} />
    </Page>
  )
}

function titleOf(trace: Trace, q: string): string {
  const { as } = trace.asked
  const matter = trace.matters[0]
  if (as === 'matter' && matter) return matter.title ?? matter.number ?? matter.externalId
  const names = [...new Set(trace.clients.map(({ name }) => name))]
  return names.length > 0 ? names.slice(0, 3).join(', ') : q
}

/** What was asked for comes first: the red button stops that one. */
function targetsOf(trace: Trace): StopTarget[] {
  const clients = trace.clients.slice(0, 3).map(({ id, name }): StopTarget => ({ scope: 'client', id, name }))
  const matters = trace.matters.slice(0, 3).map(
    ({ id, title, number, externalId }): StopTarget => ({
      scope: 'matter',
      id,
      name: title ?? number ?? externalId,
    }),
  )
  return trace.asked.as === 'matter' ? [...matters, ...clients] : [...clients, ...matters]
}

/** Nobody, or several: then each that fits is a link. */
function NotFound({ q, error, again }: { q: string; error: unknown; again: () => void }) {
  const { t } = useWords()
  const several = error instanceof ApiProblem ? error.candidates : []
  if (several.length > 0)
    return (
      <Page title={t('trace.title')} lead={t('trace.several')} narrow>
        <ul className="candidates">
          {several.map(({ as, id, label }) => (
            <li key={id}>
              <Link to="/trace" search={{ q: id, as }} data-row>
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </Page>
    )
  if (error instanceof ApiProblem && error.status === 404)
    return (
      <Page title={t('trace.title')} narrow>
        <Calm
          title={t('trace.nobody', { q })}
          hint={t('trace.nobody_hint')}
          icon={<IconMessageSearch size={44} stroke={1.3} />}
        />
      </Page>
    )
  return (
    <Page title={t('trace.title')} narrow>
      <Problem error={error} again={again} />
    </Page>
  )
}
