/** Webhooks as the firm's systems sign and send them, and a copy of the example firm with changes. */
import { createHmac, randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sandboxDmsSecret } from '../../src/main/sandbox-process.ts'
import type { World } from './world.ts'

/** The sandbox's published test secret (sandbox/cms/README.md). */
const cmsKey = Buffer.from('sandbox-cms-webhook-test-key-0001')
/** The document system's. */
const dmsKey = Buffer.from(sandboxDmsSecret.replace('whsec_', ''), 'base64')

export interface Signed {
  body: string | Buffer
  headers: Record<string, string>
}

/** https://www.standardwebhooks.com, as the tracker (`harbor-pike-flat`) and the case desk sign. @param at when it is sent */
export function signed(
  payload: unknown,
  at: Temporal.Instant,
  id: string = randomUUID(),
  key: Uint8Array = cmsKey,
): Signed {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const timestamp = String(Math.floor(at.epochMilliseconds / 1000))
  const mark = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${mark}`,
    },
  }
}

/** @returns the status that the door answered */
export async function post(world: World, connection: string, { body, headers }: Signed): Promise<number> {
  const answer = await fetch(`${world.appUrl}/hooks/${connection}`, { method: 'POST', body, headers })
  await answer.arrayBuffer()
  return answer.status
}

/** The document system reports a document, as its webhook would; a repetition has the same id. */
export const fileDocument = (
  world: World,
  type: 'document.filed' | 'document.updated',
  data: { modifiedAt: string },
  id?: string,
): Promise<number> =>
  post(
    world,
    'harbor-pike-dms',
    signed({ type, timestamp: data.modifiedAt, data }, world.clock.now(), id, dmsKey),
  )

/** The tracker reports a status, `{caseId, newStatus}`; it has no ids of its own. */
export const track = (world: World, matter: number, status: string): Promise<number> =>
  post(world, 'harbor-pike-flat', signed({ caseId: String(matter), newStatus: status }, world.clock.now()))

export interface Note {
  matter: number
  id: number
  subject: string
  detail: string
}

/** The case desk reports a note. */
export const note = (world: World, { matter, ...rest }: Note, id?: string): Promise<number> =>
  post(
    world,
    'harbor-pike-desk',
    signed(
      {
        type: 'note.created',
        data: { client_id: null, matter_id: String(matter), note: { ...rest, author: 'Tessa' } },
      },
      world.clock.now(),
      id,
    ),
  )

/**
 * Copies the example firm, changes files of it by text, and applies it.
 *
 * @param edits by file name: what to find (once at least) and what to put there
 */
export async function applyChanged(
  world: World,
  edits: Readonly<Record<string, readonly (readonly [find: string, put: string])[]>>,
  added: Readonly<Record<string, string>> = {},
): Promise<void> {
  const dir = mkdtempSync(join(world.dataDir, 'firm-'))
  cpSync(world.firmDir ?? join(import.meta.dirname, '../../examples/harbor-pike'), dir, { recursive: true })
  for (const [file, changes] of Object.entries(edits)) {
    let text = readFileSync(join(dir, file), 'utf8')
    for (const [find, put] of changes) {
      if (!text.includes(find)) throw new Error(`${file} does not hold ${JSON.stringify(find)}`)
      text = text.replace(find, put)
    }
    writeFileSync(join(dir, file), text)
  }
  for (const [file, text] of Object.entries(added)) writeFileSync(join(dir, file), text)
  const applied = await world.apply(dir)
  if (applied.code !== 0) throw new Error(applied.printed)
  // A firm that is open is trusted for a second before its revision is looked at again.
  await world.advance({ seconds: 2 })
}
