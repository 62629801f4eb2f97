/** Notes: all that the system lets others write. It takes the same one twice, so we look before we try again. */
import type { CmsVerdict, CmsWriter, CmsWriting } from '../../modules/connections/index.ts'
import { textOf } from '../answers.ts'
import { writeDate } from './dates.ts'
import { trouble } from './http.ts'
import { rawsOf } from './records.ts'
import { notNow, type Session, type SoapService } from './service.ts'
import type { SoapSettings } from './settings.ts'

/** Longest note, in characters, our key included: what the smallest text columns of such systems take. */
const longest = 2_000

/** @param mostMs how long one writing may take, waiting for turns included, in milliseconds */
export function soapWriter(settings: SoapSettings, service: SoapService, mostMs: number): CmsWriter {
  return {
    takes: ['note'],
    async write(what, again, onCall): Promise<CmsVerdict<{ externalId: string }>> {
      if (what.kind !== 'note') return trouble('refused', `it takes no ${what.kind}`)
      const session: Session = { onCall, urgency: 'now', signal: AbortSignal.timeout(mostMs) }
      if (again) {
        const before = await find(what, session)
        if (!before.ok) return before
        if (before.value !== null) return { ok: true, value: { externalId: before.value } }
      }
      const answer = await service.call(
        'AddNote',
        { CaseId: what.matterExternalId, NoteText: noteText(what, settings) },
        session,
      )
      if (!answer.ok) return answer
      // It was taken; without an id, its key names it.
      return { ok: true, value: { externalId: textOf(answer.value) ?? what.key } }
    },
  }

  /** By our key, whichever of its fields the text is in. */
  async function find(what: CmsWriting, session: Session): Promise<CmsVerdict<string | null>> {
    const answer = await service.call('ListNotes', { CaseId: what.matterExternalId }, session)
    if (!answer.ok) return notNow(answer)
    const mark = markOf(what.key)
    const note = rawsOf(answer.value).find((raw) => Object.values(raw).some((text) => text.includes(mark)))
    return { ok: true, value: note === undefined ? null : (note.NoteId ?? what.key) }
  }
}

const markOf = (key: string): string => `[tipstaff ${key}]`

function noteText(what: Extract<CmsWriting, { kind: 'note' }>, { dateFormats, zone }: SoapSettings): string {
  const head = `${writeDate(what.at, dateFormats[0] ?? '', zone)} ${what.subject}`
  const end = `\n${markOf(what.key)}`
  const text = [...`${head}\n${what.detail}`.normalize('NFC')]
  const room = longest - [...end].length
  return (text.length > room ? `${text.slice(0, room - 1).join('')}…` : text.join('')) + end
}
