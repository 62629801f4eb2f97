/**
 * The bytes that are hashed, so that anybody can write a second verifier.
 *
 * - An entry is the RFC 8785 (JCS) form of the array of strings [firm, epoch, xid, seq, at, actor, action, subject, data],
 *   each as PostgreSQL writes the column: `at` in UTC with ISO date style, `data` as jsonb's own text. A stored jsonb
 *   has one text only (keys sorted, duplicates and blanks gone, numbers as given), it survives dump and restore,
 *   and costs nothing to compute. ECMAScript's JSON.stringify of an array of strings is JCS already.
 * - The Merkle tree is RFC 6962's (§2.1): leaf = SHA-256(0x00 ‖ entry), node = SHA-256(0x01 ‖ left ‖ right), so that
 *   no node can pass for an entry.
 * - A link is SHA-256(0x02 ‖ JCS of the array of strings in {@link linkOf}); the signature is Ed25519 over its 32 bytes.
 */
import { hash } from 'node:crypto'
import type { Batch, StoredEntry } from './types.ts'

const sha256 = (data: string | Uint8Array): Buffer => hash('sha256', data, 'buffer')

export const firstLink: Uint8Array = new Uint8Array(32)

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

export function leafOf(firmId: string, entry: StoredEntry): Buffer {
  const { epoch, xid, seq, at, actor, action, subject, data } = entry
  return sha256(`\0${JSON.stringify([firmId, String(epoch), xid, seq, at, actor, action, subject, data])}`)
}

/** @returns every level of RFC 6962's tree, the leaves first */
export function merkleTree(leaves: readonly Uint8Array[]): Uint8Array[][] {
  const pair = Buffer.alloc(65, 1)
  const levels: Uint8Array[][] = [[...leaves]]
  for (let level = levels[0]!; level.length > 1; ) {
    const above: Uint8Array[] = []
    for (let i = 0; i + 1 < level.length; i += 2) {
      pair.set(level[i]!, 1)
      pair.set(level[i + 1]!, 33)
      above.push(sha256(pair))
    }
    if (level.length % 2 === 1) above.push(level.at(-1)!)
    levels.push(above)
    level = above
  }
  return levels
}

/** @param leaves at least one; @returns the root of the tree over them */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const root = merkleTree(leaves).at(-1)?.[0]
  if (root === undefined) throw new RangeError('a batch has at least one entry')
  return root
}

/**
 * What stands beside the way from a leaf to the root (RFC 6962 §2.1.1), from below. Where it has no partner nothing
 * stands beside it, and it moves up as it is.
 */
export const merklePath = (tree: readonly Uint8Array[][], index: number): Uint8Array[] =>
  tree.flatMap((level, height) => level[(index >> height) ^ 1] ?? [])

/** Everything a batch says, bound to the one before. `anchored_at` is left out: it is set afterwards. */
export function linkOf(
  previous: Uint8Array,
  firmId: string,
  batch: Omit<Batch, 'link' | 'signature' | 'anchored'>,
): Buffer {
  const { n, epoch, xidFrom, xidTo, entries, root, keyId, sealedAt } = batch
  const fields = [hex(previous), firmId, n, epoch, xidFrom, xidTo, entries, hex(root), keyId, sealedAt]
  return sha256(`\u0002${JSON.stringify(fields.map(String))}`)
}

const printBytes = 6

/** @returns the beginnings of the leaves, in base64 */
export function printsOf(leaves: readonly Uint8Array[]): string {
  return Buffer.concat(leaves.map((leaf) => leaf.subarray(0, printBytes))).toString('base64')
}

/** @returns whether leaf `i` is the one that stands at `j` of the prints */
export function printMatches(leaf: Uint8Array | undefined, prints: Buffer, j: number): boolean {
  if (leaf === undefined || (j + 1) * printBytes > prints.length) return false
  return prints.compare(leaf, 0, printBytes, j * printBytes, (j + 1) * printBytes) === 0
}

export const printCount = (prints: Buffer): number => prints.length / printBytes

/**
 * A salted hash that stands for a body in an entry: who has body and salt can prove what was said; after retention
 * deleted both, nothing can be guessed from it.
 *
 * @param salt at least 16 random bytes, kept beside the body
 */
export function bodyHash(salt: Uint8Array, body: string): string {
  if (salt.length < 16) throw new RangeError('a salt has at least 16 bytes')
  return sha256(Buffer.concat([salt, Buffer.from(body)])).toString('hex')
}
