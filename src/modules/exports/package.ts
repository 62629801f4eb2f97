/**
 * What is handed over, in one file: the story for people and for programs, the record's entries with what proves them,
 * and the program that checks all of it. `manifest.json` holds the digest of each file and of each thing in the story,
 * and is signed with the key that seals the record.
 */
import { hash, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import type { RecordProof, SealingKey } from '../audit/index.ts'
import type { Communication } from './types.ts'

const verifier = readFileSync(join(import.meta.dirname, 'verifier.mjs'))

/** Lists of the story whose items have a digest each, so that what was altered can be named. */
const lists = [
  'clients',
  'messages',
  'texts',
  'notSaid',
  'events',
  'tasks',
  'consentChanges',
  'pauses',
  'holds',
  'deeds',
] as const

export const digestOf = (bytes: Uint8Array | string): string => hash('sha256', bytes, 'hex')

export interface Story {
  communication: Communication
  json: Uint8Array
  pdf: Uint8Array
}

export const jsonOf = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 1)}\n`)

/**
 * @param given.keys public halves of the keys that sealed the batches, by id
 * @param given.key signs the manifest
 * @returns the zip
 */
export function packageOf(
  story: Story,
  given: {
    proof: RecordProof
    keys: ReadonlyMap<string, KeyObject>
    key: SealingKey
    readme: string
  },
): Uint8Array {
  const { communication } = story
  const used = new Set([given.key.id, ...given.proof.batches.map((b) => b.keyId)])
  const keys = Object.fromEntries(
    [...given.keys]
      .filter(([id]) => used.has(id))
      .map(([id, key]) => [id, key.export({ format: 'pem', type: 'spki' }).toString()]),
  )
  const files: Record<string, Uint8Array> = {
    'README.txt': Buffer.from(given.readme),
    'communication.pdf': story.pdf,
    'communication.json': story.json,
    'record.json': jsonOf({
      format: 'tipstaff/record-proof/1',
      firm: communication.firm.id,
      entries: given.proof.entries,
    }),
    'seals.json': jsonOf({
      format: 'tipstaff/seals/1',
      firm: communication.firm.id,
      keys,
      batches: given.proof.batches,
    }),
    'verify.mjs': verifier,
  }
  const manifest = jsonOf({
    format: 'tipstaff/export-manifest/1',
    export: communication.export.id,
    firm: communication.firm.id,
    matter: communication.matter.id,
    madeAt: communication.export.madeAt,
    keyId: given.key.id,
    files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, digestOf(bytes)])),
    items: itemDigests(communication),
  })
  const signature = given.key.sign(signedBytes(manifest))
  return zipSync(
    {
      ...files,
      'manifest.json': manifest,
      'signature.txt': Buffer.from(`${Buffer.from(signature).toString('hex')}\n`),
    },
    { mtime: new Date(communication.export.madeAt) },
  )
}

/** Another form than a batch's link and an accepted loss: a signature of one can't pass for one of another. */
const signedBytes = (manifest: Uint8Array): Uint8Array =>
  Buffer.from(JSON.stringify(['tipstaff/export-manifest/1', digestOf(manifest)]))

/** Of each item as JSON.stringify writes it after JSON.parse read it. */
function itemDigests(communication: Communication): Record<string, string[]> {
  const read = JSON.parse(JSON.stringify(communication)) as Record<string, unknown[]>
  const items: Record<string, string[]> = {}
  const rest: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(read)) {
    if (lists.some((list) => list === name)) items[name] = value.map((one) => digestOf(JSON.stringify(one)))
    else rest[name] = value
  }
  for (const [name, value] of Object.entries(rest)) items[name] = [digestOf(JSON.stringify(value))]
  return items
}
