/** Rules as staff read, edit and try them. */
import { z } from 'zod'
import { draftProblem, draftText, itemKey, lastChange } from './config.ts'

const sentence = z
  .strictObject({ en: z.string(), es: z.string() })
  .meta({ id: 'Sentence', description: 'The same in each language of the console' })

export const rule = z
  .strictObject({
    key: itemKey,
    describe: z.string().nullable(),
    /** The type of event. */
    on: z.string(),
    /** Switched off: it is never asked. */
    off: z.boolean(),
    sentence,
    yaml: z.string(),
    templates: z.array(z.string()),
    ...lastChange,
    /** Git does not have it so: `apply` will call it a conflict, `export` brings it into the files. */
    ahead: z.boolean(),
  })
  .meta({ id: 'Rule' })
export type Rule = z.infer<typeof rule>

/** The firm's own names, for whoever writes a rule. */
const vocabulary = z
  .strictObject({
    states: z.array(z.strictObject({ key: z.string(), words: z.string().nullable() })),
    templates: z.array(
      z.strictObject({ key: z.string(), describe: z.string().nullable(), variables: z.array(z.string()) }),
    ),
    events: z.array(z.string()),
    digests: z.array(z.string()),
  })
  .meta({ id: 'RuleVocabulary' })
export type RuleVocabulary = z.infer<typeof vocabulary>

export const rules = z.strictObject({ items: z.array(rule), vocabulary }).meta({ id: 'Rules' })
export type Rules = z.infer<typeof rules>

export const checkRequest = z.strictObject({ yaml: draftText }).meta({ id: 'RuleCheckRequest' })

export const checked = z
  .strictObject({
    /** All at once; empty: it may be published. */
    problems: z.array(draftProblem),
    warnings: z.array(draftProblem),
    /** Null: it is not a rule yet. */
    sentence: sentence.nullable(),
  })
  .meta({ id: 'RuleCheck' })
