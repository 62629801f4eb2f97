/** Reads a firm's whole record once, in order, and compares it with its seals and their anchors. */
import type { FirmId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { AnchorFiles, AnchorRecord } from './anchors.ts'
import { firstLink, hex, leafOf, linkOf, merkleRoot, printCount, printMatches } from './encoding.ts'
import { signatureHolds } from './keys.ts'
import { batchesAfter, entriesAfter, fixTextForms, type Horizon, horizon, type Position } from './store.ts'
import type { Batch, PublicKeys, StoredEntry } from './types.ts'

export interface AuditProblem {
  kind:
    | 'entry_edited'
    | 'entry_inserted'
    | 'entry_removed'
    /** The batch's entries are not those that were sealed, and nothing tells which. */
    | 'entries_changed'
    | 'batch_missing'
    | 'batch_edited'
    | 'signature_wrong'
    | 'anchor_differs'
    | 'anchor_missing'
    /** Anchored batches that the database does not have: cut off, or lost to a restored backup. */
    | 'cut_off'
  /** Of the batch; for an entry outside all batches, of the one that follows. */
  n: number
  entry?: Position
  detail: string
}

export interface AuditReport {
  firmId: FirmId
  ok: boolean
  /** Batches and entries that were checked. */
  batches: number
  entries: number
  /** The number of the last of them; 0: there was none. */
  lastBatch: number
  /** Entries that no batch covers yet; nothing can be said about them. */
  unsealed: number
  /** Batches at the end that no anchor names yet; cutting them off would not be noticed. */
  unanchored: number
  /** Batches that were anchored, and that no anchor here names: each is one of the problems. */
  missingAnchors: number
  /** Anchored links that a person accepted as lost to a restored backup. */
  acceptedLosses: number
  /** Anchor lines that could not be read: torn by a crash, or worse. What they said is missed if it is missing. */
  unreadableAnchors: number
  /** The first 50, in order of the record. */
  problems: AuditProblem[]
  problemCount: number
  /** Anchored links that are not, or not as anchored, in the database: what accepting a restored backup names. */
  lostLinks: string[]
}

const pageSize = 20_000
const batchPageSize = 2_000
const mostProblems = 50

class Findings {
  readonly problems: AuditProblem[] = []
  readonly lostLinks: string[] = []
  count = 0
  missingAnchors = 0
  add(problem: AuditProblem): void {
    this.count++
    if (problem.kind === 'anchor_missing') this.missingAnchors++
    if (this.problems.length < mostProblems) this.problems.push(problem)
  }
}

/** Entries one by one, fetched by the page: only every 20,000th has to be waited for. */
class EntryStream {
  #page: StoredEntry[] = []
  #at = 0
  #last: Position | undefined
  #done = false
  readonly #tx: FirmTx

  constructor(tx: FirmTx) {
    this.#tx = tx
  }

  /** The next entry if it is at hand. */
  peek(): StoredEntry | undefined {
    return this.#page[this.#at]
  }

  take(): void {
    this.#at++
  }

  /** @returns the next entry, or undefined after the last */
  async fill(): Promise<StoredEntry | undefined> {
    if (this.#done) return undefined
    this.#page = await entriesAfter(this.#tx, this.#last, pageSize)
    this.#at = 0
    this.#last = this.#page.at(-1)
    this.#done = this.#page.length < pageSize
    return this.#page[0]
  }
}

/**
 * Finds any edit, deletion, insertion or truncation in what was sealed: of entries, of batches, and of the newest
 * batches by their anchors. What no seal covers yet is counted, not judged. Safe beside running sealers.
 *
 * @param given.keys public halves of all keys that ever sealed, by id
 */
export async function verifyFirm(
  db: Database,
  firmId: FirmId,
  given: { anchors: AnchorFiles; keys: PublicKeys },
): Promise<AuditReport> {
  const { anchors, keys } = given
  // Anchors read before the batches must be in the database; batches seen as anchored must be in anchors read after.
  const before = await anchors.read(firmId, keys)
  const found = new Findings()
  const walked = await db.forFirm(firmId, (tx) => walk(tx, firmId, given, found))
  const after = await anchors.read(firmId, keys)
  const unanchored = compareAnchors(walked.links, before, after, found)
  const order = found.problems.sort((a, b) => a.n - b.n)
  return {
    firmId,
    ok: found.count === 0,
    batches: walked.links.size,
    entries: walked.entries,
    lastBatch: Math.max(0, ...[...walked.links.keys()].slice(-1)),
    unsealed: walked.unsealed,
    unanchored,
    missingAnchors: found.missingAnchors,
    acceptedLosses: after.accepted.size,
    unreadableAnchors: after.unreadable,
    problems: order,
    problemCount: found.count,
    lostLinks: found.lostLinks,
  }
}

interface Walked {
  links: Map<number, { link: string; anchored: boolean }>
  entries: number
  unsealed: number
}

async function walk(
  tx: FirmTx,
  firmId: FirmId,
  given: { anchors: AnchorFiles; keys: PublicKeys },
  found: Findings,
): Promise<Walked> {
  await fixTextForms(tx)
  const stream = new EntryStream(tx)
  const links: Walked['links'] = new Map()
  let previous: Batch | undefined
  let checked = 0
  for await (const batch of allBatches(tx)) {
    links.set(batch.n, { link: hex(batch.link), anchored: batch.anchored })
    checkChain(firmId, previous, batch, given.keys, found)
    const gap = batch.n !== (previous?.n ?? 0) + 1
    const { entries, leaves } = await entriesOf(stream, firmId, batch, gap ? undefined : found)
    checked += entries.length
    if (entries.length !== batch.entries || Buffer.compare(rootOf(leaves), batch.root) !== 0) {
      found.add(await explain(firmId, batch, entries, leaves, given.anchors))
    }
    previous = batch
  }
  return { links, entries: checked, unsealed: await countTail(tx, stream, previous, found) }
}

async function* allBatches(tx: FirmTx): AsyncGenerator<Batch> {
  let last: number | undefined
  for (;;) {
    const page = await batchesAfter(tx, last, batchPageSize)
    yield* page
    if (page.length < batchPageSize) return
    last = page.at(-1)!.n
  }
}

/** That a batch says what was signed, and follows the one before. */
function checkChain(
  firmId: FirmId,
  previous: Batch | undefined,
  batch: Batch,
  keys: PublicKeys,
  found: Findings,
): void {
  const { n } = batch
  const expected = (previous?.n ?? 0) + 1
  if (n !== expected) {
    const which = n - 1 > expected ? `batches ${expected} to ${n - 1} are` : `batch ${expected} is`
    found.add({ kind: 'batch_missing', n: expected, detail: `${which} not there` })
    // The link to a batch that is gone can't be computed; the signature still says that this one is ours.
  } else if (Buffer.compare(linkOf(previous?.link ?? firstLink, firmId, batch), batch.link) !== 0) {
    found.add({ kind: 'batch_edited', n, detail: 'what the batch says does not give its link' })
  } else if (batch.xidFrom !== (previous?.epoch === batch.epoch ? previous.xidTo : '0')) {
    found.add({ kind: 'batch_edited', n, detail: 'the batch does not begin where the one before ends' })
  }
  if (!keys.has(batch.keyId)) {
    found.add({ kind: 'signature_wrong', n, detail: `no public key ${batch.keyId} is known` })
  } else if (!signatureHolds(keys, batch.keyId, batch.link, batch.signature)) {
    found.add({ kind: 'signature_wrong', n, detail: 'the signature does not fit the link' })
  }
}

/**
 * Takes the entries that lie in the batch's range off the stream; what lies before it is reported as inserted.
 *
 * @param found undefined where batches are missing: what they covered is not an insertion
 */
async function entriesOf(stream: EntryStream, firmId: FirmId, batch: Batch, found: Findings | undefined) {
  const [from, to] = [BigInt(batch.xidFrom), BigInt(batch.xidTo)]
  const entries: StoredEntry[] = []
  const leaves: Buffer[] = []
  let xid = ''
  let side: 'before' | 'in' | 'after' = 'after'
  let outside = 0
  let firstOutside: StoredEntry | undefined
  for (;;) {
    const entry = stream.peek() ?? (await stream.fill())
    if (entry === undefined) break
    const { epoch } = entry
    if (entry.xid !== xid || epoch !== batch.epoch) {
      xid = entry.xid
      side = sideOf(epoch, BigInt(xid), batch.epoch, from, to)
    }
    if (side === 'after') break
    stream.take()
    if (side === 'before') {
      outside++
      firstOutside ??= entry
    } else {
      entries.push(entry)
      leaves.push(leafOf(firmId, entry))
    }
  }
  if (firstOutside) {
    const detail = `${outside === 1 ? 'an entry stands' : `${outside} entries stand`} where no batch is, before this one`
    found?.add({ kind: 'entry_inserted', n: batch.n, entry: position(firstOutside), detail })
  }
  return { entries, leaves }
}

function sideOf(epoch: number, xid: bigint, batchEpoch: number, from: bigint, to: bigint) {
  if (epoch !== batchEpoch) return epoch < batchEpoch ? 'before' : 'after'
  if (xid < from) return 'before'
  return xid < to ? 'in' : 'after'
}

/** Names the entry where the anchor's prints tell it. */
async function explain(
  firmId: FirmId,
  batch: Batch,
  entries: StoredEntry[],
  leaves: Buffer[],
  anchors: AnchorFiles,
): Promise<AuditProblem> {
  const { n } = batch
  const counts = `sealed with ${batch.entries} entries, there are ${entries.length}`
  const prints = await anchors.prints(firmId, n, hex(batch.link))
  if (prints === undefined || printCount(prints) !== batch.entries) {
    const detail = entries.length === batch.entries ? 'its entries are not those that were sealed' : counts
    return { kind: 'entries_changed', n, detail }
  }
  let i = 0
  while (printMatches(leaves[i], prints, i)) i++
  const here = entries[i]
  const at = here && { entry: position(here) }
  // The first difference is told; there may be more in the same batch.
  if (i >= printCount(prints) || printMatches(leaves[i + 1], prints, i)) {
    if (here)
      return {
        kind: 'entry_inserted',
        n,
        ...at,
        detail: `entry ${i + 1} of the batch was not sealed; ${counts}`,
      }
  } else if (here === undefined || printMatches(leaves[i], prints, i + 1)) {
    const detail = `entry ${i + 1} of the batch is gone${here ? ', it stood before the one named' : ', the last'}; ${counts}`
    return { kind: 'entry_removed', n, ...at, detail }
  } else if (entries.length === batch.entries) {
    return { kind: 'entry_edited', n, ...at, detail: `entry ${i + 1} of the batch is not what was sealed` }
  }
  return {
    kind: 'entries_changed',
    n,
    ...at,
    detail: `first difference at entry ${i + 1} of the batch; ${counts}`,
  }
}

/** Entries after the last batch: counted, and judged only if no transaction of this database can have written them. */
async function countTail(
  tx: FirmTx,
  stream: EntryStream,
  last: Batch | undefined,
  found: Findings,
): Promise<number> {
  let count = 0
  const tail: Horizon[] = []
  const n = (last?.n ?? 0) + 1
  for (;;) {
    const entry = stream.peek() ?? (await stream.fill())
    if (entry === undefined) return count
    stream.take()
    count++
    // Read after the page was, so that it lies above everything in it.
    if (tail.length === 0 || isBeyond(entry, tail[0]!)) tail[0] = await horizon(tx)
    if (isBeyond(entry, tail[0]!)) {
      const detail = 'no transaction of this database has that number yet'
      found.add({ kind: 'entry_inserted', n, entry: position(entry), detail })
    }
  }
}

const isBeyond = (entry: StoredEntry, { epoch, xmax }: Horizon) =>
  entry.epoch > epoch || (entry.epoch === epoch && BigInt(entry.xid) >= BigInt(xmax))

/** @returns how many batches at the end have no anchor yet */
function compareAnchors(
  links: Walked['links'],
  before: AnchorRecord,
  after: AnchorRecord,
  found: Findings,
): number {
  const open = (all: readonly string[], own: string | undefined) =>
    all.filter((link) => link !== own && !after.accepted.has(link))
  for (const [n, anchored] of before.links) {
    const own = links.get(n)?.link
    const lost = open(anchored, own)
    if (lost.length === 0) continue
    found.lostLinks.push(...lost)
    found.add(
      own === undefined
        ? { kind: 'cut_off', n, detail: 'the batch was anchored and is not in the database' }
        : { kind: 'anchor_differs', n, detail: 'the batch was anchored with another link' },
    )
  }
  const lastAnchored = highestAnchored(after.links, links)
  let waiting = 0
  for (const [n, { link, anchored }] of links) {
    if (after.links.get(n)?.includes(link)) continue
    if (anchored || n < lastAnchored) {
      found.add({ kind: 'anchor_missing', n, detail: 'the batch was anchored, but no anchor names it' })
    } else waiting++
  }
  return waiting
}

/** The highest batch that is anchored as it stands. */
function highestAnchored(anchored: AnchorRecord['links'], links: Walked['links']): number {
  let last = 0
  for (const [n, { link }] of links) if (n > last && anchored.get(n)?.includes(link)) last = n
  return last
}

const rootOf = (leaves: Buffer[]) => (leaves.length === 0 ? new Uint8Array(0) : merkleRoot(leaves))

const position = ({ epoch, xid, seq }: StoredEntry): Position => ({ epoch, xid, seq })
