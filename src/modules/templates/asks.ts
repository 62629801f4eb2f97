/** Templates that ask: which letters and words a client may answer with, and whether the text tells them so. Pure. */
import { z } from 'zod'
import { language } from '../firms/index.ts'

const answer = z.preprocess(
  // [1] is a number in YAML, and what clients are often asked to type.
  (given) => (typeof given === 'number' ? String(given) : given),
  z
    .string()
    .trim()
    .max(40)
    .regex(/[\p{L}\p{N}]/u, 'needs a letter or a digit'),
)
/** The first is the one that the text tells the client; the others are understood as well. */
const answerList = z.array(answer).min(1).max(10)
const byLanguage = z.union([answerList, z.record(language, answerList)], {
  error: 'is a list such as [C], or a list for each language, such as {en: [C], es: [S]}',
})
export const templateKey = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'is not a template key: small letters, digits and dashes')

/** What the sms asks of a client about their appointment, and which letters or words they may answer with. */
export const answersConfig = z
  .strictObject({
    confirm: byLanguage.optional(),
    reschedule: byLanguage.optional(),
    /** Templates that are said once when the answer has come; absent: nothing is. */
    thanks: z
      .strictObject({ confirm: templateKey.optional(), reschedule: templateKey.optional() })
      .optional(),
  })
  .refine((a) => a.confirm !== undefined || a.reschedule !== undefined, {
    error: 'needs confirm, reschedule or both',
  })
export type AnswersConfig = z.infer<typeof answersConfig>

export const answers = ['confirm', 'reschedule'] as const
export type Answer = (typeof answers)[number]
export type AnswerWords = Readonly<Record<Answer, readonly string[]>>

/** @param language of the message that asked; @returns empty lists for what it does not ask */
export function answerWords(config: AnswersConfig, language: string): AnswerWords {
  const of = (answer: Answer): readonly string[] => {
    const given = config[answer]
    if (given === undefined) return []
    return Array.isArray(given) ? given : (given[language] ?? [])
  }
  return { confirm: of('confirm'), reschedule: of('reschedule') }
}

interface Problem {
  path: (string | number)[]
  message: string
}

/** A client can't answer what they were not told, and one word can't mean two things. */
export function answersProblems({
  answers: config,
  languages,
}: {
  answers?: AnswersConfig | undefined
  languages: Readonly<Record<string, { sms?: string | undefined }>>
}): Problem[] {
  if (config === undefined) return []
  return Object.entries(languages).flatMap(([language, { sms }]): Problem[] => {
    if (sms === undefined) return [{ path: ['answers'], message: `asks by text, but ${language} has no sms` }]
    const words = answerWords(config, language)
    const both = words.confirm.find((word) =>
      words.reschedule.some((other) => other.toLowerCase() === word.toLowerCase()),
    )
    return [
      ...answers.flatMap((answer) => [
        ...notTold(config, answer, language),
        ...untold(words, answer, language, sms),
      ]),
      ...(both === undefined
        ? []
        : [
            {
              path: ['answers', 'reschedule'],
              message: `has ${both} in ${language}, which means confirm already`,
            },
          ]),
    ]
  })
}

function notTold(config: AnswersConfig, answer: Answer, language: string): Problem[] {
  const given = config[answer]
  if (given === undefined || Array.isArray(given) || Object.hasOwn(given, language)) return []
  return [{ path: ['answers', answer], message: `has no words in ${language}, which the template has` }]
}

/** Fields and conditions are not what the client reads. */
const fixedWords = (sms: string) => sms.replace(/\{%[^%]*%\}|\{\{[^}]*\}\}/g, ' ')

function untold(words: AnswerWords, answer: Answer, language: string, sms: string): Problem[] {
  const [first] = words[answer]
  if (first === undefined || tells(fixedWords(sms), first)) return []
  const message = `does not tell the client to answer ${first} (answers.${answer}): write it as it stands there, by itself`
  return [{ path: ['languages', language, 'sms'], message }]
}

/** As it is written: a small "y" in a Spanish text is no Y to answer with. */
function tells(text: string, word: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u').test(text)
}
