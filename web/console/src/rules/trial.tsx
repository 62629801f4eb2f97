/** A draft on the last 30 days: message by message what it would have said, and what holds did. */
import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { tryRule } from '../api/rules.ts'
import { About } from '../parts/about.tsx'
import { Details } from '../parts/details.tsx'
import { Moment } from '../parts/moment.tsx'
import { Problem } from '../parts/problem.tsx'
import { List, Row } from '../parts/rows.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import { readable, section, useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { useReasons } from '../words/reasons.ts'
import { LineDiff } from './history.tsx'

type Trial = Schemas['RuleTrial']
type Item = Schemas['TriedItem']
type Difference = Item['difference']

const tones: Readonly<Record<Difference, Tone>> = {
  sent: 'good',
  unsent: 'bad',
  changed: 'warn',
  same: 'plain',
  problem: 'bad',
}
/** Parts that are asked for one after the other before somebody is asked whether to go on. */
const partsAtOnce = 10
const shownAtOnce = 100

interface Tried {
  yaml: string
  same: boolean
  items: Item[]
  totals: Trial['totals']
  looked: number
  passedOver: number
  until: string | null
  next: string | null
}

const sum = (before: Tried, part: Trial): Tried => ({
  ...before,
  items: [...before.items, ...part.items],
  totals: Object.fromEntries(
    Object.entries(part.totals).map(([name, count]) => [name, count + before.totals[name as Difference]]),
  ) as Trial['totals'],
  looked: before.looked + part.looked,
  passedOver: before.passedOver + part.passedOver,
  until: part.lookedUntil ?? before.until,
  next: part.next,
})

export function TrialPart({ id, yaml, fit }: { id: string; yaml: string; fit: boolean }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const [tried, setTried] = useState<Tried | null>(null)
  const [same, setSame] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async (from: Tried | null) => {
    setBusy(true)
    setError(null)
    let all: Tried = from ?? {
      yaml,
      same,
      items: [],
      totals: { sent: 0, unsent: 0, changed: 0, same: 0, problem: 0 },
      looked: 0,
      passedOver: 0,
      until: null,
      next: null,
    }
    const enough = all.items.length + shownAtOnce
    try {
      for (let part = 0; part < partsAtOnce; part++) {
        const body = { yaml: all.yaml, same: all.same, limit: shownAtOnce }
        all = sum(all, await tryRule(id, all.next === null ? body : { ...body, cursor: all.next }))
        setTried(all)
        if (all.next === null || all.items.length >= enough) break
      }
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="part" aria-label={t('rules.trial.title')}>
      <div className="part-head">
        <h2>{t('rules.trial.title')}</h2>
      </div>
      <p className="dim">{t('rules.trial.lead')}</p>
      <div className="deeds">
        <Button variant="default" loading={busy} disabled={!fit} onClick={() => void run(null)}>
          {t('rules.trial.run')}
        </Button>
        <Checkbox
          label={t('rules.trial.with_same')}
          checked={same}
          onChange={(event) => setSame(event.currentTarget.checked)}
        />
      </div>
      {error !== null && <Problem error={error} />}
      <div role="status">
        {tried && (
          <>
            <p className="totals">
              {(['sent', 'unsent', 'changed', 'same', 'problem'] as const)
                .filter((name) => tried.totals[name] > 0 || name === 'same')
                .map((name) => (
                  <Tag key={name} tone={tones[name]}>
                    {t(`rules.trial.total.${name}`, { count: tried.totals[name] })}
                  </Tag>
                ))}
            </p>
            <p className="dim">
              {t('rules.trial.looked', { count: tried.looked })}
              {tried.until !== null && <> {t('rules.trial.until', { when: moment(tried.until) })}</>}
              {tried.passedOver > 0 && <> {t('rules.trial.passed_over', { count: tried.passedOver })}</>}
            </p>
            {tried.yaml !== yaml && <p className="warned">{t('rules.trial.outdated')}</p>}
          </>
        )}
      </div>
      {tried && tried.items.length > 0 && (
        <div className="editions">
          <List label={t('rules.trial.title')}>
            {tried.items.map((item, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one event may bring several on one channel; they only grow
              <TriedRow key={`${item.event.id} ${index}`} item={item} />
            ))}
          </List>
        </div>
      )}
      {tried && tried.next !== null && (
        <div className="more">
          <Button variant="default" loading={busy} onClick={() => void run(tried)}>
            {t('rules.trial.more')}
          </Button>
        </div>
      )}
    </section>
  )
}

function TriedRow({ item }: { item: Item }) {
  const { t, language } = useWords()
  const why = useReasons()
  const said = item.after ?? item.before
  const outcome = (name: string) => section(language, 'outcome')[name] ?? readable(name)
  const what = t(`rules.trial.difference.${item.difference}`)
  const text = (words: Item['before']) =>
    words === null ? '' : [words.subject, words.text].filter((part) => part !== null).join('\n\n')
  return (
    <Row name={`${what}: ${item.client?.name ?? item.matter.number ?? ''}`}>
      <p className="row-top">
        <span className="about">
          <Tag tone={tones[item.difference]}>{what}</Tag>
          <About
            client={item.client?.name ?? null}
            clientId={item.client?.id ?? null}
            matter={item.matter.number ?? item.matter.title}
            matterId={item.matter.id}
          />
        </span>
        <span className="row-when">
          <Moment at={item.event.occurredAt} />
        </span>
      </p>
      <p className="row-low dim">
        {said && <Tag>{said.channel === 'task' ? t('rules.trial.task') : t(`channel.${said.channel}`)}</Tag>}
        {said?.urgent && <Tag tone="warn">{t('rules.trial.urgent')}</Tag>}
        {item.why && (
          <span>
            {t('rules.trial.why', { outcome: outcome(item.why.outcome) })}
            {item.why.reason !== null && <>: {why(item.why.reason)}</>}
          </span>
        )}
        {said?.held && <span>{t('rules.trial.held', { why: why(said.held) })}</span>}
      </p>
      {item.standIns.length > 0 && (
        <p className="row-low dim">{t('rules.trial.stand_ins', { names: item.standIns.join(', ') })}</p>
      )}
      {said && (
        <Details label={t('rules.trial.show')}>
          {item.difference === 'same' ? (
            <p className="words">{text(said)}</p>
          ) : (
            <LineDiff before={text(item.before)} after={text(item.after)} label={what} />
          )}
        </Details>
      )}
    </Row>
  )
}
