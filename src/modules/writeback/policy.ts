/** What is written, when it is tried again, and what a refusal means. Pure. */
import type { CmsTrouble, CmsWriting } from '../connections/index.ts'
import { mailText } from '../templates/index.ts'
import type { ClaimedWrite, WriteSource } from './types.ts'

/** Stands where the words were: the record in the CMS must not look as if nothing had been said. */
export const wordsGone = '(The words of this message are no longer kept.)'

/** @returns what to write; null when there is nothing left to be said of it */
export function writingOf(write: ClaimedWrite, source: WriteSource): CmsWriting | null {
  const common = { key: write.key, matterExternalId: write.matter_external_id, at: source.at }
  const subject = source.title ?? (source.channel === 'email' ? 'Email' : 'Text message')
  const said = source.words === null ? wordsGone : plain(source.words, source.channel)
  switch (write.kind) {
    case 'communication':
      return {
        ...common,
        kind: 'communication',
        clientExternalId: source.client_external_id,
        channel: source.channel ?? 'sms',
        subject,
        body: said,
      }
    case 'note':
      return { ...common, kind: 'note', subject, detail: said }
    case 'task':
      // One that may have been written already is looked for, so that its row ends with the CMS's own id.
      if (source.over && write.tries === 0 && !write.doubtful) return null
      return {
        ...common,
        kind: 'task',
        name: source.title ?? 'Task',
        description: source.words ?? '',
        dueAt: source.due_at,
      }
  }
}

/** Mails are stored as Markdown with everything in them escaped; a CMS shows it as it comes. */
const plain = (words: string, channel: WriteSource['channel']): string =>
  channel === 'email' ? mailText(words) : words

/** Seconds; a person connects again in minutes at best. */
const whileUnauthorised = 300
const first = 15
const longest = 3_600

export type WriteStep =
  | { state: 'dead' }
  | {
      state: 'queued'
      inSeconds: number
      /** The connection's other writes wait so long: shorter where this one alone may be to blame. */
      othersInSeconds: number
      /** It may have arrived, and waits longer each time; else it was as if it had not been tried. */
      counts: boolean
    }

/** @param tries how often it was tried before this time */
export function afterTrouble(trouble: CmsTrouble, tries: number): WriteStep {
  switch (trouble.kind) {
    case 'refused':
    case 'not_found':
      return { state: 'dead' }
    case 'rate_limited': {
      const inSeconds = Math.max(1, trouble.retryAfter ?? 60)
      return { state: 'queued', inSeconds, othersInSeconds: inSeconds, counts: false }
    }
    case 'unauthorised':
      return {
        state: 'queued',
        inSeconds: whileUnauthorised,
        othersInSeconds: whileUnauthorised,
        counts: false,
      }
    case 'unavailable': {
      const asked = trouble.retryAfter ?? 0
      const inSeconds = Math.max(asked, Math.min(first * 2 ** Math.min(tries, 10), longest))
      return { state: 'queued', inSeconds, othersInSeconds: Math.max(asked, first), counts: true }
    }
  }
}
