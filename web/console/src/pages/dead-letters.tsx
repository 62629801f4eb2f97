/** Messages that need a human, grouped by what went wrong. */
import { Button, Checkbox } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { deadLettersQuery, qualityQuery } from '../api/queries.ts'
import { About } from '../parts/about.tsx'
import { Ask } from '../parts/ask.tsx'
import { useDeed } from '../parts/deed.ts'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { useMay } from '../parts/rights.ts'
import { List, Row, Rows } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { readable, section, useWords, wordOr } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { byCause, hopeless, misaddressed } from './causes.ts'

type Letter = Schemas['DeadLetter']

export function useReplay() {
  const { t } = useWords()
  return useDeed({
    act: (ids: readonly string[]) => answered(api.POST('/dead-letters/replay', { body: { ids: [...ids] } })),
    list: deadLettersQuery.queryKey,
    leaves: (ids) => ids,
    touches: [['trace'], ['queue']],
    said: ({ replayed }) => ({ title: t('dead.replayed', { count: replayed.length }) }),
  })
}

function useClose() {
  const { t } = useWords()
  return useDeed({
    act: ({ id, how }: { id: string; how: string }) =>
      answered(api.POST('/dead-letters/{id}/close', { params: { path: { id } }, body: { how } })),
    list: deadLettersQuery.queryKey,
    leaves: ({ id }) => [id],
    touches: [['trace']],
    said: () => ({ title: t('dead.closed') }),
  })
}

function useCorrect() {
  const { t } = useWords()
  return useDeed({
    act: ({ id, address }: { id: string; address: string }) =>
      answered(api.POST('/dead-letters/{id}/correct', { params: { path: { id } }, body: { address } })),
    list: deadLettersQuery.queryKey,
    leaves: ({ id }) => [id],
    touches: [['trace'], ['queue'], qualityQuery('open').queryKey],
    said: ({ address, replayed }) => ({ title: t('dead.corrected', { count: replayed.length, address }) }),
  })
}

export function DeadLettersPage() {
  const { t } = useWords()
  const query = useInfiniteQuery(deadLettersQuery)
  const may = useMay('operate')
  const replay = useReplay()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const choose = (id: string) =>
    setSelected((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set(before).add(id),
    )
  const again = (ids: readonly string[]) => {
    setSelected((before) => new Set([...before].filter((id) => !ids.includes(id))))
    replay.mutate(ids)
  }
  return (
    <Page
      title={t('dead.title')}
      lead={t('dead.lead')}
      actions={
        may &&
        selected.size > 0 && (
          <Button onClick={() => again([...selected])}>
            {t('dead.replay_selected', { count: selected.size })}
          </Button>
        )
      }
    >
      <Rows query={query} empty={t('dead.empty')} emptyHint={t('dead.empty_hint')} label={t('dead.title')}>
        {(items) =>
          byCause(items).map((group) => (
            <Group key={group.cause} {...group} may={may} selected={selected} choose={choose} again={again} />
          ))
        }
      </Rows>
    </Page>
  )
}

interface Choosing {
  may: boolean
  selected: ReadonlySet<string>
  choose: (id: string) => void
  again: (ids: readonly string[]) => void
}

function Group({ cause, letters, ...choosing }: { cause: string; letters: Letter[] } & Choosing) {
  const { t, language } = useWords()
  const title = wordOr(section(language, 'cause'), cause)
  const advice = section(language, 'advice')
  return (
    <section className="group" aria-label={title}>
      <div className="group-head">
        <div>
          <h2>
            {title} <span className="count">{letters.length}</span>
          </h2>
          <p className="dim">{advice[cause] ?? advice.other}</p>
        </div>
        {choosing.may && letters.length > 1 && (
          <Button variant="default" size="xs" onClick={() => choosing.again(letters.map(({ id }) => id))}>
            {t('dead.replay_all', { count: letters.length })}
          </Button>
        )}
      </div>
      <List label={title}>
        {letters.map((letter) => (
          <LetterRow key={letter.id} letter={letter} {...choosing} />
        ))}
      </List>
    </section>
  )
}

export function LetterRow({
  letter,
  ...choosing
}: { letter: Letter } & Partial<Choosing> & Pick<Choosing, 'may' | 'again'>) {
  const { t, language } = useWords()
  const close = useClose()
  const correct = useCorrect()
  const [asking, setAsking] = useState<'close' | 'correct' | null>(null)
  const inVain = hopeless(letter)
  // Before somebody calls them.
  const there = useMoments().elsewhere(new Date().toISOString(), letter.timeZone)
  const name = letter.client ?? t('list.unknown_client')
  return (
    <Row name={`${name}: ${readable(letter.template)}`} selected={choosing.selected?.has(letter.id)}>
      <div className="row-line">
        {choosing.may && choosing.choose && (
          <Checkbox
            size="xs"
            data-key="x"
            aria-label={t('list.select_row', { name })}
            checked={choosing.selected?.has(letter.id) ?? false}
            onChange={() => choosing.choose?.(letter.id)}
          />
        )}
        <div className="row-main">
          <p className="row-top">
            <About
              client={letter.client}
              clientId={letter.clientId}
              matter={letter.matter}
              matterId={letter.matterId}
            />
            <span className="row-when">
              <Moment at={letter.openedAt} clientZone={letter.timeZone} />
            </span>
          </p>
          <p className="row-mid">
            <Tag>{section(language, 'channel')[letter.channel]}</Tag> {readable(letter.template)}{' '}
            <span className="dim">{t('dead.to', { address: letter.address })}</span>
          </p>
          {letter.detail && (
            <p className="row-low dim">
              {t('dead.provider_says', { detail: [letter.code, letter.detail].filter(Boolean).join(': ') })}
            </p>
          )}
        </div>
        {choosing.may && (
          <div className="row-deeds">
            {misaddressed(letter) && (
              <Button size="xs" data-key="c" onClick={() => setAsking('correct')}>
                {letter.channel === 'sms' ? t('dead.correct_phone') : t('dead.correct_mail')}
              </Button>
            )}
            <Button
              size="xs"
              variant={inVain || misaddressed(letter) ? 'default' : 'filled'}
              data-key="r"
              data-leaves
              onClick={() => choosing.again([letter.id])}
            >
              {t('dead.replay')}
            </Button>
            <Button
              size="xs"
              variant={inVain && !misaddressed(letter) ? 'filled' : 'default'}
              data-key="e"
              onClick={() => setAsking('close')}
            >
              {t('dead.close')}
            </Button>
          </div>
        )}
      </div>
      {asking === 'correct' && (
        <Ask
          title={letter.channel === 'sms' ? t('dead.correct_phone') : t('dead.correct_mail')}
          label={letter.channel === 'sms' ? t('quality.correct_phone') : t('quality.correct_mail')}
          hint={t('dead.correct_hint')}
          initial={letter.address}
          line={letter.channel === 'sms' ? 'tel' : 'email'}
          submit={t('dead.correct_submit')}
          busy={correct.isPending}
          close={() => setAsking(null)}
          answer={(address) => {
            setAsking(null)
            correct.mutate({ id: letter.id, address })
          }}
        />
      )}
      {asking === 'close' && (
        <Ask
          title={t('dead.close_title')}
          label={
            letter.firstName ? t('dead.close_how_name', { name: letter.firstName }) : t('dead.close_how')
          }
          hint={there ? t('dead.their_time', there) : undefined}
          placeholder={t('dead.close_example')}
          submit={t('dead.close_submit')}
          busy={close.isPending}
          close={() => setAsking(null)}
          answer={(how) => {
            setAsking(null)
            close.mutate({ id: letter.id, how })
          }}
        />
      )}
    </Row>
  )
}
