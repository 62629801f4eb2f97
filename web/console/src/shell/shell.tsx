/** What stands around every page: the ways to go, search, health, the red button, and what is paused. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useLive } from '../api/live.ts'
import { meQuery } from '../api/session.ts'
import { Problem } from '../parts/problem.tsx'
import { useWords } from '../words/index.ts'
import { Account } from './account.tsx'
import { Health } from './health.tsx'
import { Keys } from './keys.tsx'
import { BottomBar, SideBar } from './nav.tsx'
import { Paused } from './paused.tsx'
import { SearchBox } from './search.tsx'
import { StopButton } from './stop.tsx'
import { StopTargets } from './stop-target.tsx'

const FirstSetUp = lazy(() => import('../account/first-set-up.tsx').then((m) => ({ default: m.FirstSetUp })))

export function Shell() {
  const { t } = useWords()
  const me = useQuery(meQuery)
  const queries = useQueryClient()
  const [help, setHelp] = useState(false)
  const needs = me.data?.needs ?? null
  // Until they go on by themselves: what they set up shows codes that are shown once.
  const [settingUp, setSettingUp] = useState(false)
  if (needs && !settingUp) setSettingUp(true)
  useLive(me.data !== undefined && !settingUp)
  if (me.data && settingUp) {
    const goOn = () => {
      setSettingUp(false)
      // What a page asked for meanwhile was refused.
      void queries.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== meQuery.queryKey[0] })
    }
    return (
      <Suspense>
        <FirstSetUp me={me.data} goOn={goOn} />
      </Suspense>
    )
  }
  return (
    <StopTargets>
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <div className="shell">
        <SideBar firm={me.data?.firm.name} />
        <div className="shell-body">
          <header className="top">
            <SearchBox />
            <Health />
            <StopButton />
            <Account me={me.data} help={() => setHelp(true)} />
          </header>
          <Paused />
          <Content>
            {me.isError && !me.data ? (
              <div className="page">
                <Problem error={me.error} again={() => void me.refetch()} />
              </div>
            ) : (
              me.data && <Outlet />
            )}
          </Content>
        </div>
        <BottomBar />
      </div>
      <Keys help={help} setHelp={setHelp} />
    </StopTargets>
  )
}

/** After going to another page, the keyboard and screen readers go on at its beginning. */
function Content(props: { children: React.ReactNode }) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the page changes
  useEffect(() => {
    if (first.current) first.current = false
    else main.current?.focus({ preventScroll: true })
  }, [path])
  return (
    <main id="content" ref={main} tabIndex={-1}>
      {props.children}
    </main>
  )
}
