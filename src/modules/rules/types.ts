/** Rules: when this event happens and this evidence holds, tell whom what. `rules.yaml`. */
import { z } from 'zod'
import { channels, purposes, urgencies } from '../../kernel/index.ts'
import { duration } from '../firms/index.ts'

const taskAction = z.strictObject({
  title: z.string(),
  detail: z.string().optional(),
  assign: z.enum(['attorney', 'paralegal', 'staff']).default('staff'),
  due: duration.optional(),
})
export type TaskAction = z.infer<typeof taskAction>

const tellAction = z
  .strictObject({
    tell: z.literal('client'),
    template: z.string(),
    purpose: z.enum(purposes).default('status'),
    urgency: z.enum(urgencies).default('normal'),
    /** Need not be said at once: waits for this class of `digests.yaml`, and is a line of it. */
    digest: z.string().optional(),
    /** Which channels this may use; the client's preference then chooses among them. */
    channels: z.array(z.enum(channels)).min(1).default(['sms', 'email']),
    /** CEL by name: facts that the message speaks of. */
    with: z.record(z.string(), z.string()).default({}),
    /** Mails about an appointment carry an invitation for the client's calendar. */
    calendar: z.boolean().default(false),
  })
  .refine((tell) => !tell.calendar || tell.channels.includes('email'), {
    path: ['calendar'],
    error: 'goes with mails, and email is not among the channels',
  })
export type TellAction = z.infer<typeof tellAction>

export const ruleConfig = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]*$/, 'is not a rule key: small letters, digits and dashes'),
  describe: z.string().optional(),
  /** Switched off: it is checked as the others are, and never asked. */
  off: z.boolean().default(false),
  /** Event type. */
  on: z.string(),
  /** CEL over event, matter, client, documents, bills, appointments and happened(type, within). Absent: always. */
  when: z.string().optional(),
  /** What must hold before anything is said; until then the notice is held. */
  evidence: z
    .array(
      z.strictObject({
        /** Named in the task when it is missing. */
        name: z.string(),
        /** CEL, as in `when`. */
        that: z.string(),
        /** CEL: a text or a list of texts that says what is lacking, one for each; told to staff beside the name. */
        missing: z.string().optional(),
      }),
    )
    .default([]),
  /** How long evidence is waited for; then a task names what is missing. */
  wait: duration.default('P3D'),
  /** The task at the deadline; without it there is one all the same, with standard words. */
  overdue: taskAction.optional(),
  // biome-ignore lint/suspicious/noThenProperty: the word that the people who write rules expect
  then: z.array(z.union([tellAction, z.strictObject({ task: taskAction })])).min(1),
})
export type RuleConfig = z.infer<typeof ruleConfig>
