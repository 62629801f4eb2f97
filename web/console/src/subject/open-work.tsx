/** Tasks, dead letters, what is held and what was not understood: with the buttons of their own pages. */
import type { Schemas } from '../api/client.ts'
import { LetterRow, useReplay } from '../pages/dead-letters.tsx'
import { HeldRow } from '../pages/held.tsx'
import { TaskRow } from '../pages/tasks.tsx'
import { Moment } from '../parts/moment.tsx'
import { useMay } from '../parts/rights.ts'
import { List } from '../parts/rows.tsx'
import { section, useWords, wordOr } from '../words/index.ts'
import { Section } from './section.tsx'

type Open = Pick<Schemas['MatterPage'], 'tasks' | 'deadLetters' | 'held' | 'quarantine' | 'cut'>

export function OpenWork({ of }: { of: Open }) {
  const { t, language } = useWords()
  const may = useMay('operate')
  const replay = useReplay()
  const { tasks, deadLetters, held, quarantine, cut } = of
  const count = tasks.length + deadLetters.length + held.length + quarantine.length
  return (
    <Section title={t('subject.open')} count={count} empty={count === 0 && t('subject.nothing_open')}>
      <List label={t('subject.open')}>
        {deadLetters.map((letter) => (
          <LetterRow key={letter.id} letter={letter} may={may} again={(ids) => replay.mutate(ids)} />
        ))}
        {tasks.map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
        {held.map((item) => (
          <HeldRow key={item.id} item={item} />
        ))}
      </List>
      {quarantine.length > 0 && (
        <ul className="lines">
          {quarantine.map((item) => (
            <li key={item.id}>
              <p className="part-head">
                <span className="strong">{wordOr(section(language, 'quarantine_kind'), item.kind)}</span>
                <Moment at={item.at} />
              </p>
              {item.rawStatus !== null && <p>{t('quarantine.raw', { raw: item.rawStatus })}</p>}
            </li>
          ))}
        </ul>
      )}
      {cut.length > 0 && <p className="dim">{t('subject.more', { lists: cut.join(', ') })}</p>}
    </Section>
  )
}
