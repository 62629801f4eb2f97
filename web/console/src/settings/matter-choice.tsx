/** A matter, found while somebody types its number, its title or the name of its client. */
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { searchQuery } from '../api/queries.ts'
import { useWords } from '../words/index.ts'

/** Between two keys of somebody who types, in milliseconds. */
const pause = 150

interface Choice {
  value: string
  label: string
}

export function MatterChoice(props: { value: string | null; choose: (id: string | null) => void }) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Choice | null>(null)
  const [asked] = useDebouncedValue(typed === chosen?.label ? '' : typed.trim(), pause)
  const { data } = useQuery(searchQuery(asked))
  const found = asked.length > 1 ? (data?.items ?? []).flatMap(mattersIn) : []
  const others = found.filter(({ value }) => value !== chosen?.value)
  return (
    <Select
      label={t('settings.walls.matter')}
      description={t('settings.walls.matter_hint')}
      required
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('app.close') }}
      data-autofocus
      data={[...(chosen ? [chosen] : []), ...unique(others)]}
      // What was found fits already, though its label need not hold what was typed.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={props.value}
      onChange={(value, option) => {
        setChosen(value === null || !option ? null : { value, label: option.label })
        props.choose(value)
      }}
      nothingFoundMessage={asked.length > 1 ? t('settings.walls.no_matter') : undefined}
    />
  )
}

function mattersIn(found: Schemas['Found']): Choice[] {
  const label = (...parts: (string | null)[]) => parts.filter(Boolean).join(' · ')
  switch (found.kind) {
    case 'matter':
      return [{ value: found.id, label: label(found.number, found.title, found.client) }]
    case 'client':
      return found.matters.map(({ id, number, title }) => ({
        value: id,
        label: label(number, title, found.name),
      }))
    case 'message':
      return []
  }
}

const unique = (choices: readonly Choice[]): Choice[] => [
  ...new Map(choices.map((choice) => [choice.value, choice])).values(),
]
