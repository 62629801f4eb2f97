/** Rules as staff read, edit and try them. */
import { z } from 'zod'
import { id, instant } from './common.ts'
import { draftProblem, draftText, edition, itemKey, lastChange } from './config.ts'

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
    sentence: z.union([sentence, z.null()]),
  })
  .meta({ id: 'RuleCheck' })

const count = z.number().int()

/** How many messages end a part. */
const mostTried = 200

export const trialRequest = z
  .strictObject({
    yaml: draftText,
    /** `next` of the part before. */
    cursor: id.optional(),
    limit: z.number().int().min(1).max(mostTried).default(100),
    /** List also what would be the same. */
    same: z.boolean().default(false),
  })
  .meta({ id: 'RuleTrialRequest' })

const said = z
  .strictObject({
    channel: z.enum(['sms', 'email', 'task']),
    template: z.string().nullable(),
    /** A number or mail address of today; of a task, who gets it. */
    address: z.string().nullable(),
    language: z.string().nullable(),
    subject: z.string().nullable(),
    text: z.string(),
    urgent: z.boolean(),
    /** It would have waited first, for this. */
    held: z.string().nullable(),
  })
  .meta({ id: 'TriedWords' })

export const trialDifference = z.enum(['sent', 'unsent', 'changed', 'same', 'problem'])

const triedItem = z
  .strictObject({
    difference: trialDifference.meta({
      description:
        'sent: would be said now, and was not before · unsent: would not be said any more · changed: in other words · problem: nobody is told either way, but staff would get a task',
    }),
    event: z.strictObject({ id, type: z.string(), occurredAt: instant }),
    matter: z.strictObject({ id, number: z.string().nullable(), title: z.string().nullable() }),
    client: z.strictObject({ id, name: z.string() }).nullable(),
    before: z.union([said, z.null()]),
    after: z.union([said, z.null()]),
    /** Why the other side says nothing; null: both speak. */
    why: z.strictObject({ outcome: z.string(), reason: z.string().nullable() }).nullable(),
    /** What really went out then by this rule and channel, whichever edition it had. */
    message: z.strictObject({ id, state: z.string() }).nullable(),
    /** What the rule reads and nobody kept: today's values stand in for those of then. */
    standIns: z.array(z.string()),
  })
  .meta({ id: 'TriedItem' })
export type TriedItem = z.infer<typeof triedItem>

export const trialResult = z
  .strictObject({
    /** The edition that the draft is compared with; 0: there is none. */
    edition,
    since: instant,
    items: z.array(triedItem),
    /** Of this part. */
    totals: z.strictObject({ sent: count, unsent: count, changed: count, same: count, problem: count }),
    looked: z.number().int().meta({ description: 'How many events were looked at in this part' }),
    passedOver: z.number().int().meta({
      description: 'Of those, how many nothing is ever said of: undone at once, overtaken, told before',
    }),
    lookedUntil: instant.nullable(),
    next: id.nullable(),
  })
  .meta({ id: 'RuleTrial' })
export type RuleTrial = z.infer<typeof trialResult>
