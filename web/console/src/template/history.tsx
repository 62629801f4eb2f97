/** Editions of a template: who, when, why, what differs from today's, and the way back. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { ApiProblem, type Schemas } from '../api/client.ts'
import { historyQuery } from '../api/queries.ts'
import { Moment } from '../parts/moment.tsx'
import { Problem } from '../parts/problem.tsx'
import { Tag } from '../parts/tag.tsx'
import { useWords } from '../words/index.ts'

type Body = Schemas['TemplateBody']
type Edition = Schemas['TemplateHistory']['items'][number]
// Most who come here compare nothing.
const Difference = lazy(async () => ({ default: (await import('../parts/difference.tsx')).Difference }))

export function TemplateHistory(props: {
  found: Pick<Schemas['TemplateDetail'], 'key' | 'edition' | 'body'>
  /** Null: whoever reads may not write. */
  restore: ((body: Body, version: number) => void) | null
}) {
  const { t } = useWords()
  const query = useQuery(historyQuery(props.found.key))
  // One that never was has none; one that was removed has, and the way back.
  if (props.found.edition === 0 && query.error instanceof ApiProblem && query.error.status === 404)
    return null
  return (
    <section className="editor-history" aria-label={t('templates.history')}>
      <h2>{t('templates.history')}</h2>
      {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
      <ol className="editions">
        {query.data?.items.map((edition) => (
          <EditionItem key={edition.edition} edition={edition} {...props} />
        ))}
      </ol>
    </section>
  )
}

function EditionItem(props: { edition: Edition } & Parameters<typeof TemplateHistory>[0]) {
  const { t } = useWords()
  const { edition, found, restore } = props
  const { body, edition: version } = edition
  const [open, setOpen] = useState(false)
  const present = version === found.edition
  return (
    <li>
      <p>
        <strong>{t('templates.version', { version })}</strong>{' '}
        {present && <Tag tone="good">{t('templates.present')}</Tag>}{' '}
        <span className="dim">
          {edition.origin === 'git' ? t('templates.from_git') : edition.changedBy} ·{' '}
          <Moment at={edition.changedAt} />
        </span>
      </p>
      {edition.reason !== null && <p>“{edition.reason}”</p>}
      {body === null && <p className="dim">{t('templates.removed')}</p>}
      {body !== null && !present && (
        <p className="edition-deeds">
          <Button size="compact-xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('templates.compare')}
          </Button>
          {restore && (
            <Button size="compact-xs" variant="default" onClick={() => restore(body, version)}>
              {t('templates.restore', { version })}
            </Button>
          )}
        </p>
      )}
      {open && body !== null && (
        <Suspense>
          <Compared from={found.body} to={body} />
        </Suspense>
      )}
    </li>
  )
}

type Texts = Body['languages'][string]

/** In every language that differs. */
function Compared({ from, to }: { from: Body; to: Body }) {
  const { t } = useWords()
  const parts = ({ sms, email, digest }: Texts) => [
    [t('templates.sms'), sms],
    [t('templates.subject'), email?.subject],
    [t('templates.mail'), email?.body],
    [t('templates.digest'), digest],
  ]
  const languages = [...new Set([...Object.keys(from.languages), ...Object.keys(to.languages)])]
  const differing = languages.flatMap((language) => {
    const [before, after] = [parts(from.languages[language] ?? {}), parts(to.languages[language] ?? {})]
    return before.flatMap(([name, text], index) => {
      const other = after[index]![1]
      return text === other
        ? []
        : [{ name: `${language.toUpperCase()} · ${name}`, from: text ?? '', to: other ?? '' }]
    })
  })
  if (differing.length === 0) return <p className="dim">{t('templates.same')}</p>
  return (
    <dl className="compared">
      {differing.map(({ name, ...texts }) => (
        <div key={name}>
          <dt className="dim">{name}</dt>
          <dd>
            <Difference {...texts} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
