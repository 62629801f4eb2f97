import type { SandboxEvent } from './deps.ts'

/** Carries news to the open pages. */
export type Events = {
  announce(event: SandboxEvent): void
  /** Returns how to stop listening. */
  listen(listener: (event: SandboxEvent) => void): () => void
}

export function createEvents(): Events {
  const listeners = new Set<(event: SandboxEvent) => void>()
  return {
    announce(event) {
      for (const listener of listeners) listener(event)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
