/** Words that the report's forms share. Pure. */
import type { ReminderReport, ReminderReportAnswer } from '../../../contracts/reports.ts'
import { percent } from '../../platform/page/index.ts'

export const answerWords: Readonly<Record<ReminderReportAnswer['answer'], string>> = {
  confirmed: 'confirmed',
  another_date: 'asked for another date',
  none: 'reminded, no answer',
  not_reminded: 'not reminded',
}

/** `12 % (3 of 25)`; where nothing is known it says so. */
export const shareWords = ({ kept, missed }: { kept: number; missed: number }): string =>
  kept + missed === 0 ? 'not known' : `${percent(missed, kept + missed)} (${missed} of ${kept + missed})`

export const typeWords = (type: string | null): string => type ?? '(no type)'

/** Everybody may read a small number as a large truth. */
export const unknownWords = ({ total }: ReminderReport): string | null =>
  total.unknown === 0
    ? null
    : `Of ${total.unknown} of ${total.kept + total.missed + total.unknown} appointments that are over nobody said whether the client came; they count as neither.`
