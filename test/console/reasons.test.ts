import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { reasonOf } from '../../contracts/reasons.ts'
import { reasonEn } from '../../web/console/src/words/reason.en.ts'
import { reasonEs } from '../../web/console/src/words/reason.es.ts'

/** Where what holds a message, or keeps it from being said, is put into words. */
const writers = [
  'notices/gates.ts',
  'delivery/guard.ts',
  'rules/cap.ts',
  'rules/channel.ts',
  'rules/decide.ts',
  'rules/release.ts',
  'rules/standing.ts',
  'digests/judge.ts',
  'writing/look.ts',
]

/** What a template is filled with, where it matters. */
const filled: Readonly<Record<string, string>> = {
  note: 'client’s zone UTC',
  channel: 'sms',
  'live[0]!.scope': 'firm',
}

const written = writers.flatMap((file) => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'modules', file), 'utf8')
  return (
    text
      .split('\n')
      .filter((line) => /\breason\b/.test(line))
      .flatMap((line) => [
        ...line.slice(line.indexOf('reason')).matchAll(/(reason: )?(?:'([^']*)'|`([^`]*)`)/g),
      ])
      // A word alone is the name of something else, unless it is the reason itself.
      .filter(([, itself, plain]) => itself !== undefined || plain === undefined || /[a-z] [a-z]/.test(plain))
      .map(([, , plain, template]) =>
        (plain ?? template!).replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => filled[name] ?? '7'),
      )
      .map((words) => ({ file, words }))
  )
})

/** What is put behind another reason, and an error of a rule in its own words. */
const inOthers = ['7; together they leave no hour of the week', '7: 7']

describe('a reason in the record', () => {
  it('is known, whichever of ours wrote it: a new one has words in both languages before it is released', () => {
    expect(written.length).toBeGreaterThan(20)
    const unknown = written.filter(({ words }) => reasonOf(words) === null && !inOthers.includes(words))
    expect(unknown).toEqual([])
  })

  it.each([
    [
      'quiet hours, client’s zone America/New_York: 47 CFR 64.1200',
      'quiet_hours',
      'America/New_York: 47 CFR 64.1200',
    ],
    ['quiet_hours', 'quiet_hours', null],
    ['opted out of status by sms', 'opted_out', null],
    ['prefers email', 'prefers_other', 'email'],
    ['evidence: the transcript, the bill', 'waits_for_evidence', 'the transcript, the bill'],
    ['3 were sent today: waits for the digest evening', 'cap', '3'],
    ['waits for the digest evening', 'waits_for_digest', 'evening'],
    ['client paused', 'client_paused', null],
  ])('%s', (words, reason, detail) => {
    expect(reasonOf(words)).toEqual({ reason, detail })
  })

  it('that is a provider’s, or of a later release, stays as it is', () => {
    expect(reasonOf('Message filtered by the carrier')).toBeNull()
  })

  it('has words that name the same in both languages', () => {
    for (const [name, words] of Object.entries(reasonEn))
      expect({ name, detail: words.includes('{{detail}}') }).toEqual({
        name,
        detail: reasonEs[name as keyof typeof reasonEn].includes('{{detail}}'),
      })
  })
})
