#!/usr/bin/env node
// Checks an export of Tipstaff without Tipstaff: it needs this file, the files beside it, and Node 18 or later.
//
//   node verify.mjs [folder] [--key ID] [--anchors FILE] [--json]
//
// folder: where the files are; that of this program when left out. --key: the id of the firm's key, had from the firm by
// another way. --anchors: the firm's anchors (DATA_DIR/anchors/<firm>.jsonl), had from where they are kept. Exit code 0:
// everything is as it was handed over; 1: something was altered; 2: it could not be checked.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const hexOf = (data) => sha256(data).toString('hex')
const isHex = (text, bytes) => typeof text === 'string' && new RegExp(`^[0-9a-f]{${2 * bytes}}$`).test(text)

/** @returns {{ altered: string[], proven: string[], notes: string[] }} */
export function check(folder, options = {}) {
  const altered = []
  const proven = []
  const notes = []
  const bad = (text) => void altered.push(text)

  const bytesOf = (name) => {
    const path = join(folder, name)
    if (existsSync(path)) return readFileSync(path)
    bad(`${name} is missing`)
    return undefined
  }
  const jsonOf = (name, bytes) => {
    if (bytes === undefined) return undefined
    try {
      const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
      if (typeof value === 'object' && value !== null) return value
    } catch {
      // Said below.
    }
    bad(`${name} can't be read as JSON any more`)
    return undefined
  }

  const manifestBytes = bytesOf('manifest.json')
  const manifest = jsonOf('manifest.json', manifestBytes)
  const seals = jsonOf('seals.json', bytesOf('seals.json'))
  const keys = keysOf(seals, bad)
  if (manifest) checkSignature({ manifest, manifestBytes, keys, options, bytesOf, bad, proven, notes })
  if (manifest) checkFiles({ folder, manifest, bytesOf, bad, proven, notes })
  const story = jsonOf('communication.json', bytesOf('communication.json'))
  if (manifest && story) checkItems({ manifest, story, bad, proven })
  const record = jsonOf('record.json', bytesOf('record.json'))
  if (seals) checkSeals({ seals, keys, options, bad, proven, notes })
  if (record && seals) checkEntries({ record, seals, bad, proven, notes })
  if (record && story) checkWords({ record, story, bad, proven, notes })
  if (record && story) checkDeeds({ record, story, bad, proven })
  return { altered: [...new Set(altered)], proven, notes }
}

/** Public keys by their id; an id is the beginning of the key's own digest, so none can pass for another. */
function keysOf(seals, bad) {
  const keys = new Map()
  for (const [id, pem] of Object.entries(seals?.keys ?? {})) {
    try {
      const key = createPublicKey(pem)
      const real = hexOf(key.export({ format: 'der', type: 'spki' })).slice(0, 16)
      if (real !== id) bad(`seals.json: the key that is called ${id} is another one (${real})`)
      else keys.set(id, key)
    } catch {
      bad(`seals.json: the key ${id} was altered: it is no public key any more`)
    }
  }
  return keys
}

function holds(keys, id, bytes, signature) {
  const key = keys.get(id)
  try {
    return (
      key !== undefined && isHex(signature, 64) && verify(null, bytes, key, Buffer.from(signature, 'hex'))
    )
  } catch {
    return false
  }
}

function checkSignature({ manifest, manifestBytes, keys, options, bytesOf, bad, proven, notes }) {
  const signature = bytesOf('signature.txt')?.toString('latin1')
  const signed = Buffer.from(JSON.stringify(['tipstaff/export-manifest/1', hexOf(manifestBytes)]))
  if (options.key !== undefined && options.key !== manifest.keyId)
    bad(`manifest.json is signed by the key ${manifest.keyId}, not by ${options.key}`)
  // Written by us with a line's end, and with nothing else.
  const right = signature?.endsWith('\n') && holds(keys, manifest.keyId, signed, signature.slice(0, -1))
  if (!right) bad('manifest.json or signature.txt was altered: the signature does not fit')
  else proven.push(`manifest.json was signed by the key ${manifest.keyId}`)
  if (options.key === undefined)
    notes.push(
      `Ask the firm, by a way that does not lead through these files, whether ${manifest.keyId} is its key (--key ${manifest.keyId}): whoever alters everything and signs it anew has another one.`,
    )
}

function checkFiles({ folder, manifest, bytesOf, bad, proven, notes }) {
  const own = new Set(['manifest.json', 'signature.txt'])
  let right = 0
  const listed = Object.entries(manifest.files ?? {})
  for (const [name, digest] of listed) {
    own.add(name)
    const bytes = bytesOf(name)
    if (bytes === undefined) continue
    if (hexOf(bytes) === digest) right++
    else bad(`${name} was altered: its SHA-256 is ${hexOf(bytes)}, and was ${digest}`)
  }
  for (const name of ['communication.pdf', 'communication.json', 'record.json', 'seals.json'])
    if (!(name in (manifest.files ?? {}))) bad(`manifest.json does not name ${name}`)
  if (right === listed.length) proven.push(`${right} files are, byte for byte, those that were handed over`)
  const more = readdirSync(folder).filter((name) => !own.has(name))
  if (more.length > 0) notes.push(`Not part of the export: ${more.join(', ')}`)
}

/** Names what was altered within the story. */
function checkItems({ manifest, story, bad, proven }) {
  const items = manifest.items ?? {}
  const names = new Set([...Object.keys(items), ...Object.keys(story)])
  let right = 0
  for (const name of names) {
    const digests = items[name] ?? []
    const list = Array.isArray(story[name])
    const values = name in story ? (list ? story[name] : [story[name]]) : []
    if (list && values.length !== digests.length)
      bad(`communication.json: ${name} has ${values.length} items, and had ${digests.length}`)
    else if (values.length !== digests.length)
      bad(`communication.json: "${name}" was added, renamed or taken away`)
    for (const [at, value] of values.entries()) {
      if (hexOf(JSON.stringify(value)) === digests[at]) right++
      else if (at < digests.length)
        bad(`communication.json: ${list ? `${name}[${at}]` : name}${titleOf(value)} was altered`)
    }
  }
  proven.push(`${right} items of communication.json are as they were signed`)
}

const titleOf = (value) => {
  if (typeof value !== 'object' || value === null) return ''
  const when = value.sentAt ?? value.createdAt ?? value.receivedAt ?? value.at
  return ` (${[value.id, when].filter(Boolean).join(', ') || 'without an id'})`
}

function checkSeals({ seals, keys, options, bad, proven, notes }) {
  const anchors = options.anchors === undefined ? undefined : anchorsOf(options.anchors, seals.firm)
  let right = 0
  let gaps = 0
  let anchored = 0
  let before
  for (const batch of seals.batches ?? []) {
    const found = sealProblem(batch, seals.firm, keys)
    if (found) bad(`seals.json: batch ${batch.n}: ${found}`)
    else right++
    if (before && batch.n === before.n + 1) {
      if (batch.previous !== before.link)
        bad(`seals.json: batch ${batch.n} does not follow batch ${before.n}: one of them was altered`)
      if (batch.epoch === before.epoch && batch.xidFrom !== before.xidTo)
        bad(`seals.json: batch ${batch.n} does not begin where batch ${before.n} ends`)
    } else if (before) gaps++
    const lines = anchors?.get(batch.n)
    if (anchors && !lines) bad(`the anchors do not know batch ${batch.n}`)
    else if (lines && !lines.has(batch.link)) bad(`the anchors know batch ${batch.n} with another link`)
    else if (lines) anchored++
    before = batch
  }
  proven.push(`${right} batches of the record are linked and signed`)
  if (anchors) proven.push(`${anchored} batches are those that were anchored`)
  if (gaps > 0)
    notes.push(`${gaps} gaps between batches: what lies there is signed by itself and not linked here`)
}

function sealProblem(batch, firm, keys) {
  const { previous, n, epoch, xidFrom, xidTo, entries, root, keyId, sealedAt, link, signature } = batch
  const fields = [previous, firm, n, epoch, xidFrom, xidTo, entries, root, keyId, sealedAt].map(String)
  if (sha256('\u0002', JSON.stringify(fields)).toString('hex') !== link)
    return 'what it says does not give its link: one of the two was altered'
  if (!keys.has(keyId)) return `the key ${keyId} that signed it is not here`
  if (!holds(keys, keyId, Buffer.from(link, 'hex'), signature)) return 'its signature was altered'
  return undefined
}

function anchorsOf(path, firm) {
  const links = new Map()
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    let line
    try {
      line = JSON.parse(text)
    } catch {
      continue // torn by a crash; what it said was written again
    }
    if (line.firm !== firm || typeof line.link !== 'string') continue
    links.set(line.n, (links.get(line.n) ?? new Set()).add(line.link))
  }
  return links
}

function checkEntries({ record, seals, bad, proven, notes }) {
  const batches = new Map((seals.batches ?? []).map((batch) => [batch.n, batch]))
  let right = 0
  let open = 0
  for (const { entry, sealed } of record.entries ?? []) {
    const name = `record.json: the entry ${entry?.[1]}/${entry?.[2]}/${entry?.[3]} (${entry?.[6]} of ${entry?.[7]}, ${entry?.[4]})`
    if (entry?.[0] !== record.firm || record.firm !== seals.firm) bad(`${name} is of another firm`)
    if (sealed === null) {
      open++
      continue
    }
    const batch = batches.get(sealed?.batch)
    if (!batch) bad(`${name} names a batch that is not here`)
    else if (rootOf(entry, sealed, batch.entries) !== batch.root)
      bad(`${name} is not what was sealed: it, or what proves it, was altered`)
    else right++
  }
  proven.push(`${right} entries of the record are those that were sealed`)
  if (open > 0)
    notes.push(
      `${open} entries were so new that no batch covered them yet: for them the signature of manifest.json speaks alone`,
    )
}

/** RFC 6962 §2.1.1: up the tree, with what stands beside the way. */
function rootOf(entry, { index, path }, size) {
  if (!Array.isArray(path) || !path.every((one) => isHex(one, 32))) return undefined
  let hash = sha256('\0', JSON.stringify(entry))
  const beside = path.map((one) => Buffer.from(one, 'hex'))
  let used = 0
  for (let at = index, width = size; width > 1; at >>= 1, width = (width + 1) >> 1) {
    if (at % 2 === 0 && at + 1 === width) continue
    const other = beside[used++]
    if (!other) return undefined
    hash = at % 2 === 1 ? sha256('\u0001', other, hash) : sha256('\u0001', hash, other)
  }
  return used === beside.length ? hash.toString('hex') : undefined
}

/** The record holds no words, but the salted hash of each message's. */
function checkWords({ record, story, bad, proven, notes }) {
  const hashes = new Map()
  for (const { entry } of record.entries ?? []) {
    const found = dataOf(entry).bodyHash
    if (found) hashes.set(entry[7], found)
  }
  let right = 0
  let gone = 0
  for (const message of story.messages ?? []) {
    const known = hashes.get(`message:${message.id}`)
    if (message.body === null) {
      gone++
      continue
    }
    const name = `communication.json: the message ${message.id} (${message.sentAt ?? message.createdAt})`
    if (known === undefined) notes.push(`${name}: the record holds no hash of its words`)
    else if (
      hexOf(Buffer.concat([Buffer.from(String(message.salt), 'hex'), Buffer.from(String(message.body))])) !==
      known
    )
      bad(`${name}: its words, or their salt, are not those in the record`)
    else right++
  }
  proven.push(`the words of ${right} messages are those in the record`)
  if (gone > 0)
    notes.push(`the words of ${gone} messages are not part of this export; why stands beside each`)
}

/** What the story tells of the record is what the record says. */
function checkDeeds({ record, story, bad, proven }) {
  const entries = (record.entries ?? []).map(({ entry }) => entry)
  const deeds = story.deeds ?? []
  if (entries.length !== deeds.length)
    bad(`communication.json tells of ${deeds.length} entries, record.json has ${entries.length}`)
  const said = new Map()
  for (const deed of deeds) count(said, textOf(deed.at, deed.actor, deed.action, deed.subject, deed.data))
  let right = 0
  for (const entry of entries) {
    const [, , , , at, actor, action, subject] = entry
    const text = textOf(at, actor, action, subject, dataOf(entry))
    const left = said.get(text) ?? 0
    if (left === 0)
      bad(`communication.json tells the ${action} of ${subject} (${at}) otherwise than the record`)
    else right++
    said.set(text, left - 1)
  }
  proven.push(`${right} deeds are told as they stand in the record`)
}

const count = (of, text) => void of.set(text, (of.get(text) ?? 0) + 1)

/** One spelling for a moment: PostgreSQL's `2026-03-04 05:06:07.1+00` and ISO 8601's are the same. */
const textOf = (at, actor, action, subject, data) =>
  JSON.stringify([
    String(at)
      .replace(' ', 'T')
      .replace(/\+00$/, 'Z')
      .replace(/(\.\d*?)0+Z$/, '$1Z')
      .replace('.Z', 'Z'),
    actor,
    action,
    subject,
    sorted(data),
  ])

const sorted = (value) =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(value[key])]),
        )
      : value

function dataOf(entry) {
  try {
    const data = JSON.parse(entry[8])
    return typeof data === 'object' && data !== null ? data : {}
  } catch {
    return {}
  }
}

function main(args) {
  const options = {}
  let folder = dirname(fileURLToPath(import.meta.url))
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--key') options.key = args[++i]
    else if (args[i] === '--anchors') options.anchors = args[++i]
    else if (args[i] === '--json') options.json = true
    else if (args[i].startsWith('-')) throw new Error(`unknown option ${args[i]}`)
    else folder = args[i]
  }
  const result = check(folder, options)
  const ok = result.altered.length === 0
  if (options.json) console.log(JSON.stringify({ ok, ...result }, null, 2))
  else {
    for (const line of result.proven) console.log(`  ok       ${line}`)
    for (const line of result.altered) console.log(`  ALTERED  ${line}`)
    for (const line of result.notes) console.log(`  note     ${line}`)
    console.log(
      ok
        ? 'Nothing was altered since this export was made.'
        : `THIS EXPORT WAS ALTERED: ${result.altered.length} ${result.altered.length === 1 ? 'place' : 'places'}, see above.`,
    )
  }
  return ok ? 0 : 1
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  try {
    process.exitCode = main(process.argv.slice(2))
  } catch (error) {
    console.error(`It could not be checked: ${error.message}`)
    process.exitCode = 2
  }
}
