/**
 * What applying a directory would do. Three-way: what Git applied last (base), what holds now (theirs, perhaps
 * edited in the console since) and what Git wants (ours).
 */
import { type Difference, diff } from './diff.ts'
import { absentHash, hashOf, type Json } from './hash.ts'
import type { ConfigItem } from './kinds.ts'

/** The present version of an item; `body` null: removed. */
export interface ConfigHead {
  readonly kind: string
  readonly key: string
  readonly version: number
  readonly body: Json | null
  readonly hash: string
  /** The hash that Git last applied; null: Git never had it. */
  readonly appliedHash: string | null
}

export interface PlannedChange {
  /** `keep`: differs from Git's, and stays so, since the console was preferred. */
  readonly action: 'add' | 'change' | 'remove' | 'same' | 'keep'
  readonly kind: string
  readonly key: string
  /** What will hold; null: nothing. */
  readonly body: Json | null
  readonly hash: string
  /** The version that holds now; 0: none was ever. */
  readonly fromVersion: number
  /** What Git will have applied last; null: still never. */
  readonly appliedHash: string | null
  readonly diff: readonly Difference[]
}

/** Edited elsewhere since the last apply, and not as Git has it. */
export interface Conflict {
  readonly kind: string
  readonly key: string
  /** What was done to it in the console since Git last applied it. */
  readonly elsewhere: 'added' | 'changed' | 'removed'
  /** From what holds now to what Git wants. */
  readonly diff: readonly Difference[]
}

export interface Plan {
  /** Ordered by kind and key. With conflicts, it must not be carried out. */
  readonly changes: readonly PlannedChange[]
  readonly conflicts: readonly Conflict[]
}

/**
 * @param current every head of the firm, removed ones included
 * @param wanted every item of the directory
 * @param take who wins where both sides changed; absent: nobody, and the conflicts stop the plan
 */
export function plan(
  current: readonly ConfigHead[],
  wanted: readonly ConfigItem[],
  take?: 'git' | 'console',
): Plan {
  const heads = new Map(current.map((head) => [idOf(head), head]))
  const items = new Map(wanted.map((item) => [idOf(item), item]))
  const changes: PlannedChange[] = []
  const conflicts: Conflict[] = []
  for (const id of [...new Set([...heads.keys(), ...items.keys()])].sort()) {
    const head = heads.get(id)
    const item = items.get(id)
    const { kind, key } = (item ?? head)!
    const base = head?.appliedHash ?? absentHash
    const theirs = head?.hash ?? absentHash
    const ours = item === undefined ? absentHash : hashOf(item.body)
    const body = item?.body ?? null
    const common = { kind, key, fromVersion: head?.version ?? 0 }
    if (ours === theirs) {
      // Removed long ago and not wanted: not worth a line.
      if (ours !== absentHash || ours !== base) {
        changes.push({ ...common, action: 'same', body, hash: ours, appliedHash: ours, diff: [] })
      }
      continue
    }
    const difference = diff(head?.body ?? undefined, item?.body)
    if (theirs !== base && take !== 'git') {
      if (take === 'console') {
        const kept = { body: head?.body ?? null, hash: theirs, appliedHash: head?.appliedHash ?? null }
        changes.push({ ...common, ...kept, action: 'keep', diff: difference })
      } else {
        const elsewhere = base === absentHash ? 'added' : theirs === absentHash ? 'removed' : 'changed'
        conflicts.push({ kind, key, elsewhere, diff: difference })
      }
      continue
    }
    const action = theirs === absentHash ? 'add' : ours === absentHash ? 'remove' : 'change'
    changes.push({ ...common, action, body, hash: ours, appliedHash: ours, diff: difference })
  }
  return { changes, conflicts }
}

/** The whole configuration as it will be once the plan is carried out. */
export const outcome = (planned: Plan): ConfigItem[] =>
  planned.changes.flatMap(({ kind, key, body }) => (body === null ? [] : [{ kind, key, body }]))

const idOf = ({ kind, key }: { kind: string; key: string }): string => `${kind} ${key}`
