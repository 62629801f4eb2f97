/** The ways to go: a side bar at a desk, a bar at the bottom on a phone. */
import { Menu, UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Schemas } from '../api/client.ts'
import { countsQuery } from '../api/queries.ts'
import markUrl from '../mark.svg'
import { useWords } from '../words/index.ts'
import { onPhones, type Place, places } from './navigation.ts'

/** How many wait there. */
function Count({ of }: { of: keyof Schemas['Counts'] }) {
  const { t } = useWords()
  const { data } = useQuery(countsQuery)
  const { count, more } = data?.[of] ?? { count: 0, more: false }
  if (count === 0) return null
  return <span className="nav-count">{more ? t('list.count_more', { count }) : count}</span>
}

function Item({ place }: { place: Place }) {
  const { t } = useWords()
  const Icon = place.icon
  return (
    <Link
      to={place.to}
      className="nav-item"
      activeProps={{ 'aria-current': 'page' }}
      // The pages of the settings are all one place.
      activeOptions={{ includeSearch: false, exact: place.to !== '/settings' }}
    >
      <Icon size={18} stroke={1.7} aria-hidden />
      <span className="nav-word">{t(`nav.${place.word}`)}</span>
      {place.count !== null && <Count of={place.count} />}
    </Link>
  )
}

export function SideBar({ firm }: { firm: string | undefined }) {
  const { t } = useWords()
  return (
    <nav className="side" aria-label={t('app.main')}>
      <div className="brand">
        <img src={markUrl} alt="" width={26} height={26} />
        <span>{firm ?? t('app.name')}</span>
      </div>
      {(['work', 'firm'] as const).map((group) => (
        <div key={group} className="nav-group">
          {group === 'firm' && <p className="nav-head">{t('nav.firm')}</p>}
          {places
            .filter((place) => place.group === group)
            .map((place) => (
              <Item key={place.to} place={place} />
            ))}
        </div>
      ))}
    </nav>
  )
}

export function BottomBar() {
  const { t } = useWords()
  const go = useNavigate()
  const shown = places.filter((place) => (onPhones as readonly string[]).includes(place.to))
  const rest = places.filter((place) => !(onPhones as readonly string[]).includes(place.to))
  return (
    <nav className="bottom" aria-label={t('app.main')}>
      {shown.map((place) => (
        <Item key={place.to} place={place} />
      ))}
      <Menu position="top-end" width={230}>
        <Menu.Target>
          <UnstyledButton className="nav-item">
            <IconDots size={18} aria-hidden />
            <span className="nav-word">{t('app.more')}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {rest.map((place) => (
            <Menu.Item
              key={place.to}
              leftSection={<place.icon size={16} aria-hidden />}
              onClick={() => void go({ to: place.to })}
            >
              {t(`nav.${place.word}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  )
}
