/** One box that finds a client, a matter, a number or a message while somebody types, and shows the whole story. */
import { Combobox, Kbd, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { searchQuery } from '../api/queries.ts'
import { useWords } from '../words/index.ts'

export const searchBoxId = 'search'

/** Between two keys of somebody who types; less would ask for each. */
const pause = 120

type Found = Schemas['SearchResult']['items'][number]

export function SearchBox() {
  const { t } = useWords()
  const go = useNavigate()
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })
  // On the story itself the box shows what was asked for, unless that is an id that nobody types.
  const asked = useRouterState({
    select: ({ location }) => {
      const { q, as } = location.search as { q?: string; as?: string }
      return location.pathname === '/trace' && as === undefined ? (q ?? '') : ''
    },
  })
  const [text, setText] = useState(asked)
  useEffect(() => setText(asked), [asked])
  const [typed] = useDebouncedValue(text.trim(), pause)
  const { data } = useQuery(searchQuery(typed))
  const items = typed.length > 1 && typed === text.trim() ? (data?.items ?? []) : []

  const find = (event: FormEvent) => {
    event.preventDefault()
    box.closeDropdown()
    if (text.trim() !== '') void go({ to: '/trace', search: { q: text.trim() } })
  }
  const choose = (id: string) => {
    const chosen = items.find((one) => one.id === id)
    box.closeDropdown()
    if (!chosen) return
    setText('')
    const { kind, id: found } = chosen
    if (kind === 'client') void go({ to: '/clients/$id', params: { id: found } })
    else if (kind === 'matter') void go({ to: '/matters/$id', params: { id: found } })
    else void go({ to: '/trace', search: { q: found, as: kind } })
  }
  return (
    <search className="search">
      <form onSubmit={find}>
        <Combobox store={box} onOptionSubmit={choose} shadow="md" offset={6}>
          <Combobox.Target>
            <TextInput
              id={searchBoxId}
              type="search"
              aria-label={t('search.label')}
              size="sm"
              radius="xl"
              placeholder={t('search.placeholder')}
              value={text}
              maxLength={100}
              autoComplete="off"
              onChange={(event) => {
                setText(event.currentTarget.value)
                box.openDropdown()
              }}
              onFocus={() => text !== asked && box.openDropdown()}
              onBlur={() => box.closeDropdown()}
              leftSection={<IconSearch size={16} aria-hidden />}
              rightSection={
                <Kbd size="xs" aria-hidden className="search-key">
                  /
                </Kbd>
              }
            />
          </Combobox.Target>
          <Combobox.Dropdown hidden={items.length === 0}>
            {data?.alike && <Combobox.Header>{t('search.alike')}</Combobox.Header>}
            <Combobox.Options aria-label={t('search.found')} className="found">
              {items.map((one) => (
                <Combobox.Option key={one.id} value={one.id}>
                  <FoundRow found={one} />
                </Combobox.Option>
              ))}
            </Combobox.Options>
          </Combobox.Dropdown>
        </Combobox>
      </form>
    </search>
  )
}

function FoundRow({ found }: { found: Found }) {
  const { t } = useWords()
  switch (found.kind) {
    case 'client':
      return (
        <>
          <span className="strong">{found.name}</span>
          <span className="dim found-more">
            {[found.matters.map((m) => m.number ?? m.title).join(', '), found.addresses[0]]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </>
      )
    case 'matter':
      return (
        <>
          <span className="strong">{found.number ?? found.title}</span>
          <span className="dim found-more">
            {[found.number === null ? null : found.title, found.client].filter(Boolean).join(' · ')}
          </span>
        </>
      )
    case 'message':
      return (
        <>
          <span className="strong">{t('search.message')}</span>
          <span className="dim found-more">{found.client}</span>
        </>
      )
  }
}
