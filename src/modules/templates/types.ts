/** Templates as the firm writes them (one file or config version of kind `template` each), and what goes wrong with them. */
import { z } from 'zod'
import { language } from '../firms/index.ts'
import { answersConfig, answersProblems, templateKey } from './asks.ts'
import { byHandConfig, byHandProblems } from './by-hand.ts'

/** Said of a text that somebody has begun and not written. */
const unwritten = 'has no words yet'

const texts = z
  .strictObject({
    /** LiquidJS; one line of a digest, where rules let this wait for one. */
    digest: z
      .string()
      .min(1, unwritten)
      .max(1_000)
      .regex(/^[^\r\n]*$/, 'is one line')
      .optional(),
    /** LiquidJS; becomes one SMS of at most 1,600 characters. */
    sms: z.string().min(1, unwritten).max(4_000).optional(),
    /** LiquidJS in both; the body is Markdown. */
    email: z
      .strictObject({
        subject: z
          .string()
          .min(1, unwritten)
          .max(500)
          .regex(/^[^\r\n]*$/, 'is one line'),
        body: z.string().min(1, unwritten).max(20_000),
      })
      .optional(),
  })
  .refine((t) => t.sms !== undefined || t.email !== undefined, { error: 'needs sms, email or both' })

/** The body of a config version of kind `template`. */
export const templateConfig = z
  .strictObject({
    key: templateKey,
    describe: z.string().optional(),
    /** By language; each has the same channels, so that nobody misses a text for the language they speak. */
    languages: z.record(language, texts),
    /** What the rules that use it pass in their `with`: dotted path and plain words for whoever rewords it. */
    variables: z.record(z.string(), z.string()).optional(),
    answers: answersConfig.optional(),
    byHand: byHandConfig.optional(),
  })
  .superRefine((config, refinement) => {
    const entries = Object.entries(config.languages)
    if (entries.length === 0) {
      refinement.addIssue({ code: 'custom', path: ['languages'], message: 'needs at least one language' })
    }
    for (const channel of ['sms', 'email', 'digest'] as const) {
      const having = entries.filter(([, t]) => t[channel] !== undefined).map(([name]) => name)
      for (const [name, t] of entries) {
        if (having.length === 0 || t[channel] !== undefined) continue
        const message = `has no ${channel}, but ${having.join(', ')} has: every language needs the same channels`
        refinement.addIssue({ code: 'custom', path: ['languages', name], message })
      }
    }
    for (const { path, message } of [...answersProblems(config), ...byHandProblems(config)])
      refinement.addIssue({ code: 'custom', path, message })
  })
export type TemplateConfig = z.infer<typeof templateConfig>

/** Something wrong in the text of a template, where its author finds it. */
export interface TemplateProblem {
  /** Into the config: `['languages', 'en', 'email', 'body']`. */
  path: (string | number)[]
  message: string
  /** In that text, from 1. */
  line?: number
}

/**
 * Why a message could not be written. Names fields and expressions, never values: it ends in logs and tasks.
 * `missing`: a field the text needs is absent or blank · `limit`: too long or too much work · `error`: a value
 * that can't be said like this · `empty`: nothing is left to say.
 */
export interface RenderProblem {
  kind: 'missing' | 'limit' | 'error' | 'empty'
  what: string
}
