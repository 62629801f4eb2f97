/** Which ways a template goes, and in which languages: every language has the same ways, so that nobody misses a text. */
import { Checkbox, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Schemas } from '../api/client.ts'
import { meQuery } from '../api/session.ts'
import { useWords } from '../words/index.ts'

type Languages = Schemas['TemplateBody']['languages']
type Texts = Languages[string]
const ways = ['sms', 'email', 'digest'] as const
type Way = (typeof ways)[number]

const empty = {
  sms: { sms: '' },
  email: { email: { subject: '', body: '' } },
  digest: { digest: '' },
} as const
/** The ways that it goes in any language. */
export const waysOf = (languages: Languages): Way[] =>
  ways.filter((way) => Object.values(languages).some((texts) => texts[way] !== undefined))

export function Shape(props: { languages: Languages; change: (languages: Languages) => void }) {
  const { t, language: reader } = useWords()
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const { languages } = props
  // What was written is there again for who takes a way or a language away and thinks better of it.
  const written = useRef<Languages>({})
  const promised = me?.firm.languages ?? []
  const known = [...new Set([...Object.keys(languages), ...promised])]
  const having = waysOf(languages)
  const names = new Intl.DisplayNames(reader, { type: 'language' })

  const write = (wantedLanguages: readonly string[], wantedWays: readonly Way[]) => {
    for (const [name, texts] of Object.entries(languages))
      written.current[name] = { ...written.current[name], ...texts }
    const textsOf = (name: string): Texts => {
      const before = { ...written.current[name], ...languages[name] }
      return Object.assign(
        {},
        ...wantedWays.map((way) => (before[way] === undefined ? empty[way] : { [way]: before[way] })),
      )
    }
    props.change(Object.fromEntries(wantedLanguages.map((name) => [name, textsOf(name)])))
  }
  return (
    <Group gap="xl" align="flex-start">
      <Checkbox.Group
        label={t('templates.ways')}
        value={having}
        onChange={(chosen) =>
          write(
            Object.keys(languages),
            ways.filter((way) => chosen.includes(way)),
          )
        }
      >
        <Group gap="md" mt={4}>
          {ways.map((way) => (
            <Checkbox key={way} value={way} label={t(`templates.way.${way}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Checkbox.Group
        label={t('templates.languages')}
        value={Object.keys(languages)}
        onChange={(chosen) =>
          // One stays: a template without words is none.
          chosen.length > 0 &&
          write(
            known.filter((name) => chosen.includes(name)),
            having,
          )
        }
      >
        <Group gap="md" mt={4}>
          {known.map((name) => (
            <Checkbox
              key={name}
              value={name}
              label={names.of(name) ?? name}
              // What the firm promises stays.
              disabled={promised.includes(name) && name in languages}
            />
          ))}
        </Group>
      </Checkbox.Group>
    </Group>
  )
}
