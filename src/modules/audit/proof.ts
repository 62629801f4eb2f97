/** Takes entries out of the record together with all that proves them to somebody who has nothing else. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { firstLink, hex, leafOf, merklePath, merkleTree } from './encoding.ts'
import { batchesAfter, batchesFrom, entriesBetween, fixTextForms, linkBefore } from './store.ts'
import type { Batch, StoredEntry } from './types.ts'

/** The nine texts that are hashed: firm, epoch, xid, seq, at, actor, action, subject, data (encoding.ts). */
export type HashedEntry = readonly string[]

export interface ProvenEntry {
  entry: HashedEntry
  /** The batch that covers it, its place in there, and the hashes beside its way up the tree; null: not sealed yet. */
  sealed: { batch: number; index: number; path: string[] } | null
}

/** A batch as its link is computed of it: hashes in hex. */
export interface ProvenBatch {
  n: number
  epoch: number
  xidFrom: string
  xidTo: string
  entries: number
  root: string
  keyId: string
  sealedAt: string
  /** Of the batch before; 64 zeros before the first. */
  previous: string
  link: string
  signature: string
}

export interface RecordProof {
  entries: ProvenEntry[]
  batches: ProvenBatch[]
}

/** More batches than these are not handed out only to show that one follows the other. */
const longestRun = 20_000
const pageSize = 2_000

/**
 * @param tx of the whole firm: what stands beside an entry in its tree may be closed to whoever asks, and is a hash
 * @param entries in any order
 * @returns the entries in the record's order, every batch that covers one, the newest, and those between as far as these
 *   are no more than 20,000
 */
export async function proveEntries(tx: FirmTx, entries: readonly StoredEntry[]): Promise<RecordProof> {
  await fixTextForms(tx)
  const wanted = entries.toSorted(inOrder)
  const [first] = wanted
  if (!first) return { entries: [], batches: [] }
  const proof: RecordProof = { entries: [], batches: [] }
  let next = 0
  let skipped: ProvenBatch | undefined
  for await (const [batch, previous] of batchesOn(tx, first)) {
    const here: StoredEntry[] = []
    // Below it and in no batch: nobody can have sealed it, and the verifier of the whole record tells of it.
    for (; next < wanted.length && isBelow(wanted[next]!, batch.epoch, batch.xidTo); next++)
      here.push(wanted[next]!)
    const covered = here.filter((entry) => !isBelow(entry, batch.epoch, batch.xidFrom))
    for (const entry of here) if (!covered.includes(entry)) proof.entries.push(unsealed(tx, entry))
    proof.entries.push(...(await inBatch(tx, batch, covered)))
    const one = provenBatch(batch, previous)
    skipped = covered.length > 0 || proof.batches.length < longestRun ? undefined : one
    if (!skipped) proof.batches.push(one)
  }
  if (skipped) proof.batches.push(skipped)
  for (const entry of wanted.slice(next)) proof.entries.push(unsealed(tx, entry))
  return proof
}

/** Each with the link of the one before. */
async function* batchesOn(
  tx: FirmTx,
  first: StoredEntry,
): AsyncGenerator<[batch: Batch, previous: Uint8Array]> {
  let page: Batch[] = await batchesFrom(tx, first, pageSize)
  let previous = (page[0] && (await linkBefore(tx, page[0].n))) ?? firstLink
  for (; page.length > 0; page = await batchesAfter(tx, page.at(-1)!.n, pageSize))
    for (const batch of page) {
      yield [batch, previous]
      previous = batch.link
    }
}

async function inBatch(tx: FirmTx, batch: Batch, entries: readonly StoredEntry[]): Promise<ProvenEntry[]> {
  if (entries.length === 0) return []
  const all = await entriesBetween(tx, batch.epoch, batch.xidFrom, batch.xidTo)
  const places = new Map(all.map((one, index) => [one.seq, index]))
  const tree = merkleTree(all.map((one) => leafOf(tx.firmId, one)))
  return entries.map((entry) => {
    const index = places.get(entry.seq)
    if (index === undefined) throw new Error(`entry ${entry.seq} is gone from batch ${batch.n}`)
    const path = merklePath(tree, index).map(hex)
    return { entry: textsOf(tx.firmId, entry), sealed: { batch: batch.n, index, path } }
  })
}

const unsealed = (tx: FirmTx, entry: StoredEntry): ProvenEntry => ({
  entry: textsOf(tx.firmId, entry),
  sealed: null,
})

const textsOf = (firmId: string, e: StoredEntry): HashedEntry => [
  firmId,
  String(e.epoch),
  e.xid,
  e.seq,
  e.at,
  e.actor,
  e.action,
  e.subject,
  e.data,
]

function provenBatch(batch: Batch, previous: Uint8Array): ProvenBatch {
  const { n, epoch, xidFrom, xidTo, entries, keyId, sealedAt } = batch
  return {
    n,
    epoch,
    xidFrom,
    xidTo,
    entries,
    root: hex(batch.root),
    keyId,
    sealedAt,
    previous: hex(previous),
    link: hex(batch.link),
    signature: hex(batch.signature),
  }
}

function inOrder(a: StoredEntry, b: StoredEntry): number {
  if (a.epoch !== b.epoch) return a.epoch - b.epoch
  const [x, y] = [BigInt(a.xid), BigInt(b.xid)]
  if (x !== y) return x < y ? -1 : 1
  return BigInt(a.seq) < BigInt(b.seq) ? -1 : 1
}

const isBelow = (entry: StoredEntry, epoch: number, xid: string): boolean =>
  entry.epoch < epoch || (entry.epoch === epoch && BigInt(entry.xid) < BigInt(xid))
