/** A configured outside system, as `connections:` in `firm.yaml` says it. Secrets are references, never literals. */
import { z } from 'zod'
import { duration } from '../firms/index.ts'

/** `env:NAME` or `file:path`; a literal is refused, so that no secret is ever in Git. */
export const secretReference = z
  .string()
  .regex(
    /^(env:[A-Z_][A-Z0-9_]*|file:.+|stored:[a-z0-9-]+)$/,
    'is not a reference to a secret: env:NAME, file:PATH or stored:NAME',
  )

/** How a webhook proves where it comes from. */
export const hookVerification = z.discriminatedUnion('scheme', [
  /** X-Hook-Signature over the raw body, with handshake; the secret comes from subscribing. */
  z.strictObject({ scheme: z.literal('clio') }),
  /** standardwebhooks.com; two secrets while one is rotated out. */
  z.strictObject({ scheme: z.literal('standard-webhooks'), secrets: z.array(secretReference).min(1).max(2) }),
  /** A shared secret in a header: for those that can do no better. */
  z.strictObject({ scheme: z.literal('header'), header: z.string().min(1), secret: secretReference }),
  /**
   * A shared secret in the address, for those that sign nothing and take no header: `?name=`. Addresses end up in the
   * logs of whatever stands between, so what such a webhook says is best asked for again (`matter.touched`).
   */
  z.strictObject({
    scheme: z.literal('query'),
    name: z.string().regex(/^[\w-]{1,60}$/, 'is not the name of a query parameter'),
    secret: secretReference,
  }),
])
export type HookVerification = z.infer<typeof hookVerification>

/** How one kind of payload becomes an event. All expressions are CEL over `body`, `headers`, `model`. */
export const eventMapping = z.strictObject({
  when: z.string(),
  type: z.string().regex(/^[a-z_]+\.[a-z_]+$/, 'is not an event type, such as matter.status_changed'),
  /** The matter's id in the CMS; may give null where the payload names a client or a fact instead. */
  matter: z.string(),
  /** The client's id in the CMS, for events that are about a client. */
  client: z.string().optional(),
  /** Which connection's matters are meant; absent: those that the connection's own `mattersOf` names, or its own. */
  mattersOf: z.string().optional(),
  /** When it happened, as an ISO 8601 text; absent: when we received it. */
  occurredAt: z.string().optional(),
  /** What exactly happened (document id + version): names the cause in the idempotency key. Not for status changes. */
  subject: z.string().optional(),
  /** matter.status_changed: the raw status as the CMS has it. */
  status: z.string().optional(),
  data: z.record(z.string(), z.string()).default({}),
  /**
   * Fields that every such payload has, though they may be null: `data.matter_stage`. One without them waits in
   * quarantine, and the operators hear of it.
   */
  requires: z
    .array(z.string().regex(/^[\w-]+(\.[\w-]+)*$/, 'is not a path below the body, such as data.status'))
    .optional(),
  /** The payload itself is a fact to keep (a document, a bill, an appointment). */
  fact: z
    .strictObject({
      kind: z.enum(['document', 'bill', 'appointment']),
      id: z.string(),
      version: z.string().optional(),
      /** True: it is gone. Absent: it is there. */
      removed: z.string().optional(),
      data: z.record(z.string(), z.string()),
    })
    .optional(),
})
export type EventMapping = z.infer<typeof eventMapping>

export const connectionSettings = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, 'is not a key: small letters, digits and dashes'),
  kind: z.string(),
  /**
   * For a document or billing system: the connection whose matters its records name, in webhooks (unless a mapping says
   * otherwise) and in lists.
   */
  mattersOf: z.string().optional(),
  hooks: z
    .strictObject({
      /** Absent: no webhooks come, and the mappings serve what polling finds. */
      verify: hookVerification.optional(),
      /** CEL: what makes a delivery unique. Absent: the body itself, for 10 minutes. */
      key: z.string().optional(),
      /** CEL: payloads that are none of our business; counted, not quarantined. */
      ignore: z.string().optional(),
      events: z.array(eventMapping).default([]),
    })
    .optional(),
  /** Absent: the CMS is asked only about what webhooks name. */
  poll: z
    .strictObject({
      /** How often it is asked what changed. */
      every: duration.default('PT15M'),
      /** How often all ids are compared, to find what was deleted. */
      reconcile: duration.default('P1D'),
      /** How far back and ahead a diary is read that can only be asked by dates. */
      back: duration.default('P1D'),
      ahead: duration.default('P180D'),
      /** A read may begin so much before the last one ended: clocks differ, and lists lag behind. */
      overlap: duration.default('PT2M'),
    })
    .optional(),
  /** What is written into the CMS. */
  writeBack: z
    .strictObject({
      /** Each message that was sent, as a communication of its matter. */
      communications: z.boolean().default(false),
      /** Tasks for staff about a matter. */
      tasks: z.boolean().default(false),
      /** For a system that keeps notes and no communications: each message that was sent, as a note. */
      notes: z.boolean().default(false),
    })
    .optional(),
  /** How old facts may be before the CMS is asked again. Absent: only on first sight. */
  factsMaxAge: duration.optional(),
  /** Messages per second that the provider lets through. Absent: no limit. */
  rate: z
    .strictObject({ perSecond: z.number().positive(), burst: z.number().positive().optional() })
    .optional(),
  /** What the adapter of this kind wants (account, from number, base URL…), checked by it. */
  settings: z.record(z.string(), z.unknown()).default({}),
})
export type ConnectionSettings = z.infer<typeof connectionSettings>
