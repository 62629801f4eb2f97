/** Writing back into a CMS what was said and what is to be done. */
import type { Channel } from '../../kernel/index.ts'
import type { CmsVerdict, OnCmsCall } from './verdicts.ts'

/** What may be written into a CMS. */
export type CmsWritingKind = 'communication' | 'task' | 'note'

interface Writing {
  /** The same for each try of the same writing, and for nothing else; ASCII, at most 64 characters. */
  key: string
  matterExternalId: string
  /** When what it tells of happened. */
  at: Temporal.Instant
}
export type CmsWriting =
  | (Writing & {
      kind: 'communication'
      clientExternalId: string | null
      channel: Channel
      subject: string
      body: string
    })
  | (Writing & { kind: 'task'; name: string; description: string; dueAt: Temporal.Instant | null })
  | (Writing & { kind: 'note'; subject: string; detail: string })

export interface CmsWriter {
  readonly takes: readonly CmsWritingKind[]
  /**
   * @param again an earlier try may have arrived: it is looked for by its key first, and found, is the answer
   */
  write(what: CmsWriting, again: boolean, onCall: OnCmsCall): Promise<CmsVerdict<{ externalId: string }>>
}
