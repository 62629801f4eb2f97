/** Templates as staff read, try and change them. */
import { z } from 'zod'
import { channel, instant } from './common.ts'
import { edition, lastChange, reason } from './config.ts'

const count = z.number().int()
const text = z.string().nullable()

export const templateSummary = z
  .strictObject({
    key: z.string(),
    /** What it is for, in the firm's words. */
    describe: text,
    languages: z.array(z.string()),
    channels: z.array(channel),
    ...lastChange,
    /** Git does not have it so: an apply would stop at it. */
    ahead: z.boolean(),
    /** Rules, reminder plans and digests that say it. */
    usedBy: z.array(z.string()),
    /** The languages that the firm promises and this template does not have. */
    missing: z.array(z.string()),
  })
  .meta({ id: 'TemplateSummary' })
export type TemplateSummary = z.infer<typeof templateSummary>

export const templateRate = z
  .strictObject({
    key: z.string(),
    /** Messages that left in these days, whichever version they were written with. */
    sent: count,
    delivered: count,
    failed: count,
    /** Of mails alone: how many were delivered, opened by a person, and clicked in. */
    mails: count,
    opened: count,
    clicked: count,
    /** How many were answered by text. */
    replied: count,
    /** Fewer than one mail in twenty was opened, of fifty or more: is it worth sending? */
    hardlyOpened: z.boolean(),
  })
  .meta({ id: 'TemplateRate' })
export type TemplateRate = z.infer<typeof templateRate>
export const templateRates = z
  .strictObject({ from: instant, to: instant, items: z.array(templateRate) })
  .meta({ id: 'TemplateRates' })

const texts = z.strictObject({
  sms: z.string().optional(),
  email: z.strictObject({ subject: z.string(), body: z.string() }).optional(),
  digest: z.string().optional(),
})

/** As templates/KEY.yaml has it; what it may hold is checked with everything else, so that all problems come at once. */
export const templateBody = z
  .looseObject({
    key: z.string().optional(),
    describe: z.string().optional(),
    languages: z.record(z.string(), texts),
  })
  .meta({ id: 'TemplateBody' })
export type TemplateBody = z.infer<typeof templateBody>

/** Something a template may speak of. */
export const templateVariable = z
  .strictObject({
    /** Dotted: `matter.state.words`; `.*` at the end: whatever the CMS delivers below. */
    path: z.string(),
    /** What it is, where somebody wrote it down. */
    words: text,
  })
  .meta({ id: 'TemplateVariable' })

export const templateList = z
  .strictObject({
    items: z.array(templateSummary),
    /** What any template may speak of, a new one as well. */
    variables: z.array(templateVariable),
  })
  .meta({ id: 'TemplateList' })

export const templateProblem = z
  .strictObject({
    /** `languages.en.sms`; empty: the whole, or another item that would no longer fit to it. */
    path: z.string(),
    message: z.string(),
  })
  .meta({ id: 'TemplateProblem' })

export const templateDetail = z
  .strictObject({
    ...templateSummary.shape,
    body: templateBody,
    variables: z.array(templateVariable),
    warnings: z.array(templateProblem),
  })
  .meta({ id: 'TemplateDetail' })
export type TemplateDetail = z.infer<typeof templateDetail>

export const templateEdition = z
  .strictObject({
    ...lastChange,
    /** Null: with this edition it was removed. */
    body: z.union([templateBody, z.null()]),
  })
  .meta({ id: 'TemplateEdition' })
export const templateHistory = z
  .strictObject({ items: z.array(templateEdition) })
  .meta({ id: 'TemplateHistory' })

export const previewRequest = z
  .strictObject({
    body: templateBody,
    /** Number, our id or the id in the CMS; absent: the matter that was told this last, else any. */
    matter: z.string().trim().min(1).max(300).optional(),
  })
  .meta({ id: 'PreviewRequest' })

export const previewedMessage = z
  .strictObject({
    language: z.string(),
    channel,
    /** The rule whose values it has; null: no rule says it. */
    rule: text,
    subject: text,
    /** As it would leave; null where it would be held. */
    text,
    /** Of a mail: its HTML without the frame that all mails have. */
    content: text,
    segments: count.nullable(),
    /** Why it would be held for staff. */
    problems: z.array(z.string()),
  })
  .meta({ id: 'PreviewedMessage' })

export const previewResult = z
  .strictObject({
    /** What keeps it from being published. */
    problems: z.array(templateProblem),
    warnings: z.array(templateProblem),
    /** Whose matter it was tried on; null: the firm has none yet. */
    matter: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
    messages: z.array(previewedMessage),
  })
  .meta({ id: 'PreviewResult' })
export type PreviewResult = z.infer<typeof previewResult>

export const publishRequest = z
  .strictObject({
    body: templateBody,
    /** The edition that the draft was made from; 0: the template is new. */
    basedOn: edition,
    reason,
  })
  .meta({ id: 'PublishTemplateRequest' })

export const publishResult = z
  .strictObject({
    key: z.string(),
    edition,
    /** Of the whole configuration. */
    revision: count,
    /** False: it said the same already. */
    changed: z.boolean(),
    warnings: z.array(templateProblem),
  })
  .meta({ id: 'PublishTemplateResult' })
