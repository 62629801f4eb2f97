/** How a rule came to be so: every edition, who made it and why, what it changed, and the way back to it. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ApiProblem, type Schemas } from '../api/client.ts'
import { ruleHistoryQuery } from '../api/rules.ts'
import { Details } from '../parts/details.tsx'
import { Moment } from '../parts/moment.tsx'
import { Problem } from '../parts/problem.tsx'
import { List, Row, Waiting } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { useWords } from '../words/index.ts'
import { lineDiff } from './lines.ts'

type Edition = Schemas['ItemHistory']['items'][number]

export function Editions(props: {
  id: string
  edition: number
  restore: ((text: string, edition: number) => void) | null
}) {
  const { t } = useWords()
  const query = useQuery(ruleHistoryQuery(props.id))
  const items = query.data?.items ?? []
  // One that never was has none; one that was removed has, and the way back.
  if (props.edition === 0 && isUnknown(query.error)) return null
  return (
    <section className="part">
      <div className="part-head">
        <h2>{t('rules.history')}</h2>
      </div>
      {query.isPending && <Waiting />}
      {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
      <div className="editions">
        <List label={t('rules.history')}>
          {items.map((one, index) => (
            <EditionRow
              key={one.edition}
              one={one}
              before={items[index + 1]}
              holds={one.edition === props.edition}
              restore={props.restore}
            />
          ))}
        </List>
      </div>
    </section>
  )
}

const isUnknown = (error: unknown): boolean => error instanceof ApiProblem && error.status === 404

function EditionRow(props: {
  one: Edition
  before: Edition | undefined
  holds: boolean
  restore: ((text: string, edition: number) => void) | null
}) {
  const { t } = useWords()
  const { one, before, holds, restore } = props
  const { yaml } = one
  return (
    <Row name={t('rules.edition', { edition: one.edition })}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <span className="row-title">
              {t('rules.edition', { edition: one.edition })}{' '}
              {holds && <Tag tone="good">{t('rules.holds')}</Tag>}
              {yaml === null && <Tag tone="bad">{t('rules.removed')}</Tag>}
            </span>
            <span className="row-when">
              <Moment at={one.changedAt} />
            </span>
          </p>
          <p className="row-mid">{one.reason ?? t(`rules.origin.${one.origin}`)}</p>
          <p className="row-low dim">{t('rules.by', { who: one.changedBy })}</p>
          <Details label={before ? t('rules.what_changed') : t('rules.what_it_said')}>
            <LineDiff
              before={before?.yaml ?? ''}
              after={yaml ?? ''}
              label={t('rules.edition', { edition: one.edition })}
            />
          </Details>
        </div>
        {restore && !holds && yaml !== null && (
          <div className="row-deeds">
            <Button variant="default" size="xs" data-key="r" onClick={() => restore(yaml, one.edition)}>
              {t('rules.restore')}
            </Button>
          </div>
        )}
      </div>
    </Row>
  )
}

/** Marked by signs as well as by colour; for screen readers, by deletion and insertion. */
export function LineDiff(props: { before: string; after: string; label: string }) {
  const { t } = useWords()
  const lines = lineDiff(props.before, props.after)
  if (lines.every(({ kind }) => kind === 'same')) return <p className="dim">{t('rules.nothing_changed')}</p>
  return (
    <figure className="diff-of" aria-label={props.label}>
      <pre className="diff">
        {lines.map(({ kind, text }, index) => {
          const words = `${kind === 'in' ? '+' : kind === 'out' ? '−' : ' '} ${text}\n`
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name, and are never moved
          if (kind === 'in') return <ins key={index}>{words}</ins>
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          if (kind === 'out') return <del key={index}>{words}</del>
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          return <span key={index}>{words}</span>
        })}
      </pre>
    </figure>
  )
}
