/** What a client's text says to a question of ours: exactly what is listed, and nothing beyond. Pure. */
import { plain } from '../conversations/index.ts'
import type { Answer, AnswerWords } from '../templates/index.ts'

/**
 * What people type in place of the letter. As whole messages; they count where the template asks that question, and
 * none of them is a word that carriers take for themselves (yes, cancel, …).
 */
const usual: Readonly<Record<Answer, ReadonlySet<string>>> = {
  confirm: new Set([
    'confirm',
    'confirmed',
    'i confirm',
    'confirmo',
    'confirmar',
    'confirmado',
    'confirmada',
  ]),
  reschedule: new Set([
    'reschedule',
    'rescheduling',
    'reprogramar',
    'reprogramo',
    'reagendar',
    'cambiar fecha',
  ]),
}

/** Said out of politeness, and nothing else. */
const politeness = / (?:please|pls|thanks|thank you|thx|por favor|gracias|muchas gracias)$/

/** One or more, in any colour of skin (Unicode TR 51), and nothing else. */
const thumbsUp = /^\s*(?:\u{1F44D}[\u{1F3FB}-\u{1F3FF}\uFE0F]?\s*)+$/u

/** @returns null: it is no answer to this question, and a person reads it */
export function answerIn(body: string, words: AnswerWords): Answer | null {
  if (words.confirm.length > 0 && thumbsUp.test(body)) return 'confirm'
  const whole = plain(body)
  const said = [whole, whole.replace(politeness, '')]
  const means = (answer: Answer): boolean => {
    const listed = words[answer].map(plain)
    return listed.length > 0 && said.some((one) => listed.includes(one) || usual[answer].has(one))
  }
  const [confirms, reschedules] = [means('confirm'), means('reschedule')]
  if (confirms === reschedules) return null
  return confirms ? 'confirm' : 'reschedule'
}
