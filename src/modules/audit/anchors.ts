/**
 * Anchors lie outside the database, so that its owner can't cut off the newest batches unseen: one file per firm,
 * one line per batch, forced to disk. They are as strong as the place where they lie: ship the log lines, or copy
 * the files, to somewhere that the database's owner can't write.
 */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FirmId } from '../../kernel/index.ts'
import { isUuid } from '../../kernel/index.ts'
import { keyId, signatureHolds } from './keys.ts'
import type { AcceptedLine, AnchorLine, PublicKeys, SealingKey } from './types.ts'

/** Somewhere that seals are told to. */
export interface Anchor {
  readonly name: string
  append(firmId: FirmId, lines: readonly AnchorLine[]): Promise<void>
}

/** What the anchors say about one firm. */
export interface AnchorRecord {
  /** For each batch the different links it was anchored with: more than one where history was rewritten. */
  links: ReadonlyMap<number, readonly string[]>
  /** Links that a person accepted as lost to a restored backup. */
  accepted: ReadonlySet<string>
  /** Lines that are no JSON, as a crash in mid-write leaves them. What they said was written again, or is missing. */
  unreadable: number
}

export interface AnchorFiles extends Anchor {
  read(firmId: FirmId, keys: PublicKeys): Promise<AnchorRecord>
  /** The prints of one batch, if its line carries them. */
  prints(firmId: FirmId, n: number, link: string): Promise<Buffer | undefined>
  accept(firmId: FirmId, line: AcceptedLine): Promise<void>
  /** Firms that have a file, be they in the database or not. */
  firms(): Promise<FirmId[]>
  /** Public keys that batches were signed with, newest and older ones. */
  publicKeys(): Promise<Map<string, KeyObject>>
  keepPublicKey(key: SealingKey): Promise<void>
}

/** @param dir made when absent: DATA_DIR/anchors */
export function anchorFiles(dir: string): AnchorFiles {
  const fileOf = (firmId: FirmId) => join(dir, `${firmId}.jsonl`)
  return {
    name: 'file',
    append: (firmId, lines) => appendLines(dir, fileOf(firmId), lines),
    accept: (firmId, line) => appendLines(dir, fileOf(firmId), [line]),

    async read(firmId, keys) {
      const links = new Map<number, string[]>()
      const accepted = new Set<string>()
      let unreadable = 0
      for await (const line of linesOf(fileOf(firmId))) {
        const value = parseLine(line)
        if (value === undefined || value.firm !== firmId) unreadable++
        else if ('accepted' in value) {
          const said = acceptedBytes(value)
          if (!signatureHolds(keys, value.key_id, said, Buffer.from(value.signature, 'hex'))) unreadable++
          else for (const link of value.accepted) accepted.add(link)
        } else {
          const known = links.get(value.n)
          if (known === undefined) links.set(value.n, [value.link])
          else if (!known.includes(value.link)) known.push(value.link)
        }
      }
      return { links, accepted, unreadable }
    },

    async prints(firmId, n, link) {
      for await (const line of linesOf(fileOf(firmId))) {
        const value = parseLine(line)
        if (value === undefined || 'accepted' in value || value.n !== n || value.link !== link) continue
        if (value.prints !== undefined) return Buffer.from(value.prints, 'base64')
      }
      return undefined
    },

    async firms() {
      const names = await readdir(dir).catch(absent([]))
      return names
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => name.slice(0, -'.jsonl'.length))
        .filter(isUuid) as FirmId[]
    },

    async publicKeys() {
      const keys = new Map<string, KeyObject>()
      for (const name of await readdir(join(dir, 'keys')).catch(absent([]))) {
        if (!name.endsWith('.pem')) continue
        const key = createPublicKey(await readFile(join(dir, 'keys', name)))
        keys.set(keyId(key), key)
      }
      return keys
    },

    async keepPublicKey(key) {
      await mkdir(join(dir, 'keys'), { recursive: true })
      const pem = key.publicKey.export({ format: 'pem', type: 'spki' })
      await writeFile(join(dir, 'keys', `${key.id}.pem`), pem, { flag: 'wx' }).catch(present)
    },
  }
}

/** The bytes that the signature of an accepting line covers. */
export const acceptedBytes = (line: Omit<AcceptedLine, 'signature'>): Uint8Array =>
  Buffer.from(
    JSON.stringify(['tipstaff/audit-accepted/1', line.firm, ...line.accepted, line.by, line.reason, line.at]),
  )

async function appendLines(dir: string, file: string, lines: readonly object[]): Promise<void> {
  if (lines.length === 0) return
  await mkdir(dir, { recursive: true })
  const handle = await open(file, 'a+', 0o600)
  try {
    const { size } = await handle.stat()
    const last = Buffer.alloc(1)
    // A crash in mid-write leaves a line without an end; the next one must not be glued to it.
    if (size > 0) await handle.read(last, 0, 1, size - 1)
    const glue = size > 0 && last[0] !== 0x0a ? '\n' : ''
    await handle.writeFile(glue + lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    await handle.sync()
    if (size === 0) await syncDirectory(dir)
  } finally {
    await handle.close()
  }
}

/** A new file survives a power cut only when its directory is on disk too. */
async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = await open(file, 'r').catch(absent(undefined))
  if (input === undefined) return
  // Closes the file at its end, or when the reader has had enough.
  for await (const line of input.readLines()) if (line !== '') yield line
}

function parseLine(text: string): AnchorLine | AcceptedLine | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const line = value as Partial<AnchorLine> & Partial<AcceptedLine>
  if (typeof line.firm !== 'string' || typeof line.key_id !== 'string' || typeof line.signature !== 'string')
    return
  if (Array.isArray(line.accepted)) return line as AcceptedLine
  return Number.isSafeInteger(line.n) && typeof line.link === 'string' ? (line as AnchorLine) : undefined
}

const absent =
  <T>(instead: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return instead
    throw error
  }

const present = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EEXIST') throw error
}
