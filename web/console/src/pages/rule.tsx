/** One rule: its sentence, its YAML, what a draft of it would have said, and how it came to be so. */
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiProblem, type Schemas } from '../api/client.ts'
import { publishRule, removeRule, ruleCheckQuery, rulesQuery } from '../api/rules.ts'
import { Ask } from '../parts/ask.tsx'
import { useDeed } from '../parts/deed.ts'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { Remove } from '../parts/remove.tsx'
import { useMay } from '../parts/rights.ts'
import { Waiting } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { Editor, goTo } from '../rules/editor.tsx'
import { Editions, LineDiff } from '../rules/history.tsx'
import { TrialPart } from '../rules/trial.tsx'
import { useWords } from '../words/index.ts'

/** What somebody was about to write is there when they come back, as long as the page is open. */
const drafts = new Map<string, Draft>()

interface Draft {
  text: string
  /** The edition that it was made from. */
  basedOn: number
}

export function RulePage() {
  const { t } = useWords()
  const { key } = useParams({ from: '/inside/rules/$key' })
  const query = useQuery(rulesQuery)
  if (query.isPending)
    return (
      <Page title={key}>
        <Waiting />
      </Page>
    )
  if (query.isError)
    return (
      <Page title={key}>
        <Problem error={query.error} again={() => void query.refetch()} />
      </Page>
    )
  const rule = query.data.items.find((one) => one.key === key)
  return (
    <Page
      title={key}
      lead={rule?.describe ?? (rule ? undefined : t('rules.not_there'))}
      actions={<Link to="/rules">{t('rules.back')}</Link>}
    >
      <Rule key={key} id={key} rule={rule} vocabulary={query.data.vocabulary} />
    </Page>
  )
}

/** Where a new one begins. */
const blank = (key: string): string =>
  `key: ${key}\non: matter.status_changed\nthen:\n  - tell: client\n    template: \n`

function Rule(props: {
  id: string
  rule: Schemas['Rule'] | undefined
  vocabulary: Schemas['RuleVocabulary']
}) {
  const { id, rule } = props
  const { t, language } = useWords()
  const may = useMay('configure')
  const holds = rule?.yaml ?? ''
  const edition = rule?.edition ?? 0
  const untouched = { text: rule ? holds : blank(id), basedOn: edition }
  /** Null: nobody has touched it, and it follows what holds. */
  const [draft, setDraft] = useState<Draft | null>(drafts.get(id) ?? null)
  const [asking, setAsking] = useState<string | null>(null)
  const shown = draft ?? untouched
  const touched = draft !== null
  const keep = (next: Draft | null) => {
    setDraft(next)
    if (next) drafts.set(id, next)
    else drafts.delete(id)
  }
  const write = (text: string, basedOn = shown.basedOn) =>
    keep(text === untouched.text ? null : { text, basedOn })
  const [looked] = useDebouncedValue(shown.text, 300)
  const check = useQuery(ruleCheckQuery(id, looked))
  const problems = check.data?.problems ?? none
  const warnings = check.data?.warnings ?? none
  const fit = check.isSuccess && !check.isPlaceholderData && looked === shown.text && problems.length === 0
  const publish = useDeed({
    act: (reason: string) => publishRule(id, { yaml: shown.text, reason, basedOn: shown.basedOn }),
    touches: [rulesQuery.queryKey],
    said: (done) => ({ title: t('rules.published', { edition: done.edition }) }),
  })
  // While one's own is on its way, the edition that comes is no news.
  const overtaken = touched && shown.basedOn !== edition && !publish.isPending
  const send = (reason: string) =>
    publish.mutate(reason, {
      onSuccess: () => {
        // What holds may be written otherwise than the draft was.
        keep(null)
        setAsking(null)
      },
      onError: (error) => {
        if (error instanceof ApiProblem) setAsking(null)
      },
    })
  return (
    <>
      <section className="part" aria-label={t('rules.says')}>
        <p className="sentence" aria-live="polite">
          {check.data?.sentence?.[language] ?? rule?.sentence[language] ?? t('rules.no_sentence')}
        </p>
        {rule && !touched && (
          <p className="row-low dim">
            {rule.off && <Tag tone="warn">{t('rules.off')}</Tag>}
            {rule.ahead && <Tag tone="info">{t('rules.ahead')}</Tag>}
            {t('rules.changed', { edition: rule.edition, who: rule.changedBy })}
            {rule.ahead && <> · {t('rules.ahead_hint')}</>}
          </p>
        )}
      </section>

      {overtaken && rule && (
        <div className="problem" role="alert">
          <div>
            <p className="strong">{t('rules.overtaken', { who: rule.changedBy, edition })}</p>
            {rule.reason !== null && <p>{rule.reason}</p>}
            <p>{t('rules.overtaken_hint')}</p>
            <LineDiff before={holds} after={shown.text} label={t('rules.theirs_and_mine')} />
          </div>
          <Button variant="default" size="xs" onClick={() => write(shown.text, edition)}>
            {t('rules.rebase', { edition })}
          </Button>
        </div>
      )}

      <section className="part">
        <div className="part-head">
          <h2>{t('rules.yaml')}</h2>
          <span className="dim">{t('rules.editor.hint')}</span>
        </div>
        <Editor
          label={t('rules.editor.label', { key: id })}
          value={shown.text}
          change={write}
          vocabulary={props.vocabulary}
          problems={problems}
          warnings={warnings}
        />
        <div role="status" className="mistakes">
          <Mistakes items={problems} word="wrong" />
          <Mistakes items={warnings} word="warned" />
          {check.isError && <Problem error={check.error} again={() => void check.refetch()} />}
          {fit && touched && problems.length === 0 && <p className="dim">{t('rules.fit')}</p>}
        </div>
        <div className="deeds">
          {may && (
            <Button disabled={!fit || !touched || overtaken} onClick={() => setAsking('')}>
              {t('rules.publish')}
            </Button>
          )}
          {touched && (
            <Button variant="default" onClick={() => keep(null)}>
              {t('rules.discard')}
            </Button>
          )}
          {!may && <p className="dim">{t('rules.may_not')}</p>}
        </div>
        {publish.error && <Problem error={publish.error} />}
      </section>

      <TrialPart id={id} yaml={shown.text} fit={fit} />

      <Editions
        id={id}
        edition={edition}
        restore={
          may
            ? (text, from) => {
                write(text)
                setAsking(t('rules.restored', { edition: from }))
              }
            : null
        }
      />
      {rule && may && (
        <Remove
          name={id}
          usedBy={none}
          act={(reason) => removeRule(id, { reason, basedOn: edition })}
          touches={[rulesQuery.queryKey]}
          to="/rules"
          done={() => keep(null)}
        />
      )}
      {asking !== null && (
        <Ask
          title={t('rules.publish_title', { key: id })}
          label={t('rules.reason')}
          hint={t('rules.reason_hint')}
          submit={t('rules.publish_now')}
          initial={asking}
          busy={publish.isPending}
          close={() => setAsking(null)}
          answer={send}
        />
      )}
    </>
  )
}

const none: readonly never[] = []

function Mistakes({ items, word }: { items: readonly Schemas['DraftProblem'][]; word: 'wrong' | 'warned' }) {
  const { t } = useWords()
  if (items.length === 0) return null
  return (
    <ul className={word === 'wrong' ? 'wrong' : 'warned'}>
      {items.map((one) => (
        <li key={`${one.line} ${one.column} ${one.message}`}>
          <button type="button" className="plain-button" onClick={() => goTo(one.line, one.column)}>
            {t('rules.line', { line: one.line, column: one.column })}
          </button>{' '}
          {one.path !== '' && <code>{one.path}</code>} {one.message}
        </li>
      ))}
    </ul>
  )
}
