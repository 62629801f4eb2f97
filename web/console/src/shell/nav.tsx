/** The ways to go: a side bar at a desk, a bar at the bottom on a phone. */
import { Menu, UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { type InfiniteData, type UseInfiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import markUrl from '../mark.svg'
import { useWords } from '../words/index.ts'
import { onPhones, type Place, places } from './navigation.ts'

interface Counted {
  items: unknown[]
  next: string | null
}

/** How many wait there: of a long list, how many its first page has. */
function Count({ place }: { place: Place }) {
  return place.list === null ? null : <CountOf list={place.list as unknown as CountedList} />
}
type CountedList = UseInfiniteQueryOptions<
  Counted,
  Error,
  InfiniteData<Counted>,
  readonly unknown[],
  string | null
>

function CountOf({ list }: { list: CountedList }) {
  const { t } = useWords()
  const { data } = useInfiniteQuery(list)
  const first = data?.pages[0]
  if (!first || first.items.length === 0) return null
  const count = data.pages.reduce((sum, page) => sum + page.items.length, 0)
  const more = data.pages.at(-1)?.next != null
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
      <Count place={place} />
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
