/** One box that finds a client, a matter, a number or a message, and shows the whole story. */
import { Kbd, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { useWords } from '../words/index.ts'

export const searchBoxId = 'search'

export function SearchBox() {
  const { t } = useWords()
  const go = useNavigate()
  // On the story itself the box shows what was asked for, unless that is an id that nobody types.
  const asked = useRouterState({
    select: ({ location }) => {
      const { q, as } = location.search as { q?: string; as?: string }
      return location.pathname === '/trace' && as === undefined ? (q ?? '') : ''
    },
  })
  const [text, setText] = useState(asked)
  useEffect(() => setText(asked), [asked])
  const find = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') void go({ to: '/trace', search: { q: text.trim() } })
  }
  return (
    <search className="search">
      <form onSubmit={find}>
        <TextInput
          id={searchBoxId}
          type="search"
          aria-label={t('search.label')}
          size="sm"
          radius="xl"
          placeholder={t('search.placeholder')}
          value={text}
          maxLength={300}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={
            <Kbd size="xs" aria-hidden className="search-key">
              /
            </Kbd>
          }
        />
      </form>
    </search>
  )
}
