/** The newest line of a firm's anchors, read from the end of the file: asked at each start, when the file may be long. */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { FirmId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

export interface NewestAnchor {
  n: number
  /** Hex. */
  link: string
  sealedAt: Temporal.Instant
}

/** A line holds the prints of 20,000 entries and more: some 200 kB. */
const tail = 4 * 1_048_576

/**
 * @param dir DATA_DIR/anchors
 * @returns null when nothing was anchored here for this firm
 */
export async function newestAnchor(dir: string, firmId: FirmId): Promise<NewestAnchor | null> {
  let text: string
  try {
    text = await readTail(join(dir, `${firmId}.jsonl`))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  for (const line of text.split('\n').reverse()) {
    const anchor = parse(line)
    if (anchor) return anchor
  }
  return null
}

/** Whether this database has the batch that an anchor speaks of. */
export async function hasBatch(tx: FirmTx, anchor: NewestAnchor): Promise<boolean> {
  const rows = await tx.rows(
    `select from audit_batches where firm_id = current_firm() and n = $1 and encode(link, 'hex') = $2`,
    [anchor.n, anchor.link],
  )
  return rows.length > 0
}

/** When the newest entry was written that this database has; null when it has none. */
export async function newestEntry(tx: FirmTx): Promise<Temporal.Instant | null> {
  const [row] = await tx.rows<{ at: Temporal.Instant }>(
    `select at from audit_entries e where e.firm_id = current_firm() order by e.epoch desc, e.xid desc, e.seq desc limit 1`,
  )
  return row?.at ?? null
}

async function readTail(file: string): Promise<string> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const length = Math.min(size, tail)
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8')
  } finally {
    await handle.close()
  }
}

/** The first line of what was read may be cut; such a line, and one that accepts losses, is no anchor. */
function parse(line: string): NewestAnchor | null {
  try {
    const { n, link, sealed_at } = JSON.parse(line) as { n?: number; link?: string; sealed_at?: string }
    if (n === undefined || link === undefined || sealed_at === undefined) return null
    return { n, link, sealedAt: Temporal.Instant.from(sealed_at) }
  } catch {
    return null
  }
}
