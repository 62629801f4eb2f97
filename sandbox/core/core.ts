import { type Calls, createCalls } from './calls.ts'
import { type Clock, createClock } from './clock.ts'
import type { CoreDeps } from './deps.ts'
import { createEvents, type Events } from './events.ts'
import { createFaults, type FaultBox } from './faults.ts'
import { createMessages, type Messages } from './messages.ts'
import { createPoster } from './post.ts'
import { defaultSettings, type Settings } from './settings.ts'

/** Everything that the sandbox's own parts share. Mounted parts see only `CoreDeps` of it. */
export type Core = CoreDeps & {
  clock: Clock
  calls: Calls
  faults: FaultBox
  messages: Messages
  events: Events
  settings: Settings
  /** Forgets what happened: messages, calls, texts, opt-outs, suppressions, what was planned. */
  reset(): void
  /** Stops timers and connections. */
  close(): void
}

// Enough for a long rehearsal; bounded so that days of staging do not fill the memory.
const logSize = 200_000

export function createCore(options: { baseUrl: () => string; machineNow?: () => number }): Core {
  const clock = createClock(options.machineNow)
  const events = createEvents()
  const calls = createCalls(clock.now, logSize)
  const messages = createMessages(logSize, (message) =>
    events.announce({ type: 'message', about: message.to }),
  )
  const poster = createPoster(clock.after)
  const resets: (() => void)[] = []
  return {
    clock,
    events,
    calls,
    messages,
    faults: createFaults(),
    settings: defaultSettings(),
    now: clock.now,
    after: clock.after,
    post: poster.post,
    baseUrl: options.baseUrl,
    announce: events.announce,
    onReset: (task) => void resets.push(task),
    reset() {
      clock.clear()
      messages.clear()
      calls.clear()
      for (const task of resets) task()
      events.announce({ type: 'reset', about: '' })
    },
    close() {
      clock.clear()
      poster.close()
    },
  }
}
