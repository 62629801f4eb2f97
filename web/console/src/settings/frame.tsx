/** The frame of a page of the settings: the way to the others beside its title. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Schemas } from '../api/client.ts'
import { meQuery } from '../api/session.ts'
import { Calm } from '../parts/calm.tsx'
import { Page } from '../parts/page.tsx'
import { useMay } from '../parts/rights.ts'
import { Waiting } from '../parts/rows.tsx'
import { useWords } from '../words/index.ts'

/** @param right without which there is nothing to see */
export const settingsPlaces = [
  { to: '/settings/staff', word: 'staff', right: 'administer' },
  { to: '/settings/sign-in', word: 'sign_in', right: 'administer' },
  { to: '/settings/walls', word: 'walls', right: 'administer' },
  { to: '/settings/keys', word: 'keys', right: 'administer' },
  { to: '/connections', word: 'connections', right: 'read' },
  { to: '/settings/hours', word: 'hours', right: 'read' },
  { to: '/settings/retention', word: 'retention', right: 'read' },
] as const satisfies readonly { to: string; word: string; right: Schemas['Scope'] }[]

export function SettingsFrame(props: {
  title: string
  lead: string
  right: Schemas['Scope']
  actions?: ReactNode
  children: ReactNode
}) {
  const { t } = useWords()
  const may = useMay(props.right)
  const { isPending } = useQuery({ ...meQuery, enabled: false })
  return (
    <Page title={props.title} lead={props.lead} actions={may && props.actions}>
      <nav className="tabs" aria-label={t('settings.pages')}>
        {settingsPlaces.map(({ to, word }) => (
          <Link key={to} to={to} className="tab" activeProps={{ 'aria-current': 'page' }}>
            {t(`settings.place.${word}`)}
          </Link>
        ))}
      </nav>
      {may ? (
        props.children
      ) : isPending ? (
        <Waiting />
      ) : (
        <Calm title={t('settings.not_yours')} hint={t('settings.not_yours_hint')} />
      )}
    </Page>
  )
}
