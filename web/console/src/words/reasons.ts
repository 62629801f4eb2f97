/** Why something waits or was not said, in the reader's language. */
import { reasonOf } from '../../../../contracts/reasons.ts'
import { readable, useWords } from './index.ts'

/** @returns says a reason of the record; what is none of ours, such as a provider's words, as it stands there */
export function useReasons(): (words: string | null | undefined) => string {
  const { t } = useWords()
  return (words) => {
    if (!words) return ''
    const found = reasonOf(words)
    if (!found) return /^[a-z_]+$/.test(words) ? readable(words) : words
    // Where nothing is named, what would have held it goes as well.
    return t(`reason.${found.reason}`, { detail: found.detail ?? '' }).replace(' ()', '')
  }
}
