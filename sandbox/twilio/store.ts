import { createRing } from '../core/ring.ts'
import type { Resource } from './resource.ts'

export type ListFilter = { to?: string; from?: string; sentFrom?: number; sentBefore?: number }

export type Store = {
  add(resource: Resource): void
  find(sid: string): Resource | undefined
  /** Newest first; only what was created before `visibleUntil` (ms). */
  list(filter: ListFilter, visibleUntil: number): Resource[]
  clear(): void
}

/** Twilio's memory of messages, both ways. The `size` newest are kept. */
export function createStore(size: number): Store {
  const bySid = new Map<string, Resource>()
  const byTo = new Map<string, Resource[]>()
  const ring = createRing<Resource>()

  function forgetOldest(): void {
    const gone = ring.shift()!
    bySid.delete(gone.sid)
    const rest = byTo.get(gone.to)
    rest?.shift()
    if (rest?.length === 0) byTo.delete(gone.to)
  }

  return {
    add(resource) {
      ring.push(resource)
      bySid.set(resource.sid, resource)
      const list = byTo.get(resource.to)
      if (list) list.push(resource)
      else byTo.set(resource.to, [resource])
      if (ring.length > size) forgetOldest()
    },
    find: (sid) => bySid.get(sid),
    list(filter, visibleUntil) {
      const keep = (item: Resource) => {
        const sent = item.sentAt ?? item.createdAt
        return (
          item.createdAt <= visibleUntil &&
          (filter.from === undefined || item.from === filter.from) &&
          (filter.sentFrom === undefined || sent >= filter.sentFrom) &&
          (filter.sentBefore === undefined || sent < filter.sentBefore)
        )
      }
      const found = filter.to === undefined ? ring.filter(keep) : (byTo.get(filter.to) ?? []).filter(keep)
      return found.reverse()
    },
    clear() {
      ring.clear()
      bySid.clear()
      byTo.clear()
    },
  }
}
