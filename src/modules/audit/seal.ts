/** The sealer: links what transactions left behind, in batches, and tells the outside. */
import type { FirmId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Metrics } from '../../platform/metrics/index.ts'
import type { Anchor, AnchorFiles } from './anchors.ts'
import { firstLink, hex, leafOf, linkOf, merkleRoot, printsOf } from './encoding.ts'
import {
  entriesBetween,
  fixTextForms,
  horizon,
  insertBatch,
  lastBatch,
  lowestEpoch,
  markAnchored,
  nextUnsealed,
  tryLockSealer,
  unanchored,
} from './store.ts'
import type { AnchorLine, Batch, SealingKey, StoredEntry } from './types.ts'

export interface SealDeps {
  key: SealingKey
  anchors: AnchorFiles
  /** Told after the file, as well as may be: a webhook, another disk. Their failures are logged and counted only. */
  others?: readonly Anchor[]
  now(): Temporal.Instant
  log: Log
  metrics: Metrics
  /** Entries per batch; one transaction's entries are never cut apart, so it may be more. */
  batchSize?: number
  /** Batches before the turn is given up. */
  maxBatches?: number
}

export interface SealResult {
  /** `more`: give it another turn soon · `idle`: sealed up to where running transactions may still write */
  next: 'more' | 'idle'
  batches: number
  entries: number
}

const defaultBatchSize = 20_000
const defaultMaxBatches = 10

type Sealed = { batch: Omit<Batch, 'anchored'>; prints: string }

/**
 * Seals what a firm's finished transactions recorded since the last batch.
 *
 * A batch ends at a transaction id below which all transactions have ended, so nothing can appear in it any more; an
 * entry of a transaction that is still open lands in a later batch. Two sealers at once: one works, the other returns.
 * The batch is committed before it is anchored: after a crash in between, the next call anchors it.
 */
export async function sealFirm(db: Database, firmId: FirmId, deps: SealDeps): Promise<SealResult> {
  const sealed: Sealed[] = []
  const most = deps.maxBatches ?? defaultMaxBatches
  while (sealed.length < most) {
    const one = await db.forFirm(firmId, (tx) => sealBatch(tx, firmId, deps))
    if (one === undefined) break
    sealed.push(one)
    deps.metrics.auditBatches.inc()
    deps.metrics.auditEntries.inc(one.batch.entries)
  }
  await anchorPending(db, firmId, deps, sealed)
  const entries = sealed.reduce((sum, one) => sum + one.batch.entries, 0)
  return { next: sealed.length === most ? 'more' : 'idle', batches: sealed.length, entries }
}

async function sealBatch(tx: FirmTx, firmId: FirmId, deps: SealDeps): Promise<Sealed | undefined> {
  if (!(await tryLockSealer(tx))) return undefined
  await fixTextForms(tx)
  const previous = await lastBatch(tx)
  const range = await nextRange(tx, firmId, previous, deps)
  if (range === undefined) return undefined
  const entries = await entriesBetween(tx, range.epoch, range.xidFrom, range.xidTo)
  const leaves = entries.map((entry: StoredEntry) => leafOf(firmId, entry))
  const unsigned = {
    n: (previous?.n ?? 0) + 1,
    ...range,
    entries: entries.length,
    root: merkleRoot(leaves),
    keyId: deps.key.id,
    sealedAt: postgresText(deps.now()),
  }
  const link = linkOf(previous?.link ?? firstLink, firmId, unsigned)
  const batch = { ...unsigned, link, signature: deps.key.sign(link) }
  await insertBatch(tx, batch)
  return { batch, prints: printsOf(leaves) }
}

/** Which transactions come next, or nothing if none that has entries is done. */
async function nextRange(
  tx: FirmTx,
  firmId: FirmId,
  previous: Batch | undefined,
  deps: SealDeps,
): Promise<{ epoch: number; xidFrom: string; xidTo: string } | undefined> {
  const { epoch: current, xmin } = await horizon(tx)
  const size = deps.batchSize ?? defaultBatchSize
  const next = await nextUnsealed(tx, previous?.epoch ?? lowestEpoch, previous?.xidTo ?? '0', size)
  if (next === undefined) return undefined
  const { epoch, first, last, border } = next
  if (epoch > current) {
    deps.metrics.auditFailures.inc({ step: 'seal' })
    deps.log.error({ firm: firmId, epoch }, 'audit entries of an epoch that has not begun: not written by us')
    return undefined
  }
  // What an earlier epoch left has no running transactions: its database was stopped before this one began.
  const end = epoch < current ? BigInt(last) + 1n : BigInt(xmin)
  if (BigInt(first) >= end) return undefined
  const cut = border === null ? end : border === first ? BigInt(first) + 1n : BigInt(border)
  const xidFrom = previous?.epoch === epoch ? previous.xidTo : '0'
  return { epoch, xidFrom, xidTo: String(cut < end ? cut : end) }
}

/** Under the sealer's lock too, so that the lines stand in order and once. A local file is not the network. */
async function anchorPending(db: Database, firmId: FirmId, deps: SealDeps, sealed: Sealed[]): Promise<void> {
  const prints = new Map(sealed.map(({ batch, prints }) => [batch.n, prints]))
  const lines = await db.forFirm(firmId, async (tx) => {
    if (!(await tryLockSealer(tx))) return []
    const pending = await unanchored(tx, 1_000)
    if (pending.length === 0) return []
    const lines = pending.map((batch) => anchorLine(firmId, batch, prints.get(batch.n)))
    try {
      await deps.anchors.keepPublicKey(deps.key)
      await deps.anchors.append(firmId, lines)
    } catch (error) {
      deps.metrics.auditFailures.inc({ step: 'anchor' })
      deps.log.error(
        { firm: firmId, err: error },
        'audit batches could not be anchored; they will be at the next seal',
      )
      return []
    }
    await markAnchored(
      tx,
      pending.map((batch) => batch.n),
      deps.now(),
    )
    return lines
  })
  for (const { n, link, signature, key_id, entries, sealed_at } of lines) {
    deps.log.info({ firm: firmId, n, link, signature, key_id, entries, sealed_at }, 'audit batch sealed')
  }
  if (lines.length === 0) return
  for (const anchor of deps.others ?? []) {
    await anchor.append(firmId, lines.map(withoutPrints)).catch((error: unknown) => {
      deps.metrics.auditFailures.inc({ step: 'anchor' })
      deps.log.warn({ firm: firmId, component: anchor.name, err: error }, 'an audit anchor could not be told')
    })
  }
}

function anchorLine(firmId: FirmId, batch: Omit<Batch, 'anchored'>, prints: string | undefined): AnchorLine {
  return {
    firm: firmId,
    n: batch.n,
    link: hex(batch.link),
    signature: hex(batch.signature),
    key_id: batch.keyId,
    entries: batch.entries,
    sealed_at: batch.sealedAt,
    ...(prints === undefined ? {} : { prints }),
  }
}

const withoutPrints = ({ prints: _, ...line }: AnchorLine): AnchorLine => line

/** An instant as PostgreSQL writes a timestamptz in UTC: microseconds, without trailing zeros. */
function postgresText(at: Temporal.Instant): string {
  const text = at.round({ smallestUnit: 'microsecond' }).toString()
  return text.replace('T', ' ').replace('Z', '+00')
}
