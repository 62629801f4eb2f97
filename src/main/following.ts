/** Which of a firm's connections are followed by their lists, as its configuration says. */

import { connectionSettings } from '../modules/connections/index.ts'
import type { Followed } from '../modules/sync/index.ts'
import type { OpenFirm } from './firms.ts'
import type { Profile } from './profiles.ts'

/** A shadow asks for no webhooks, so that it follows whatever can be followed. */
export function followedOf({ connections, code }: OpenFirm, profile: Profile | null): Followed[] {
  return [...connections].flatMap(([connectionId, { reader, settings }]) => {
    const poll = settings.poll ?? (profile === 'shadow' ? usual : undefined)
    if (!poll || !reader?.changes) return []
    const span = (text: string) => Temporal.Duration.from(text)
    return [
      {
        connectionId,
        mattersOf: code.connectionIds.get(settings.mattersOf ?? '') ?? connectionId,
        hooks: code.hooks.get(connectionId) ?? null,
        changes: reader.changes,
        link: (holds, id) => reader.survey?.link(holds, id) ?? null,
        timeoutMs: reader.timeoutMs,
        every: span(poll.every),
        reconcile: span(poll.reconcile),
        back: span(poll.back),
        ahead: span(poll.ahead),
        overlap: span(poll.overlap),
      },
    ]
  })
}

const usual = connectionSettings.shape.poll.parse({})
