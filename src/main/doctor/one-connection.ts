/** One connection: does it answer, and do its webhooks and receipts prove where they come from? */
import { createHmac } from 'node:crypto'
import type { Clock, ConnectionId, FirmId, RawRequest } from '../../kernel/index.ts'
import { consentOf, verifyHook } from '../../modules/connections/index.ts'
import { countWaiting } from '../../modules/facts/index.ts'
import type { HookConnection } from '../../modules/ingest/index.ts'
import type { Database } from '../../platform/db/firm-tx.ts'
import type { Config } from '../config.ts'
import type { Firms, OpenConnection } from '../firms.ts'
import { type Finding, fail, ok, warn } from './findings.ts'

const patience = 15_000

/** Where a person must let us in first, there is nothing to try before they have. */
export async function waitsForPerson(
  { db }: { db: Database },
  firmId: FirmId,
  id: ConnectionId,
  connection: OpenConnection,
): Promise<Finding | null> {
  const { mattersOf } = connection.settings
  if (mattersOf !== undefined && connection.reader) {
    const found = await reach(connection)
    if (found?.status !== 'ok') return found
    const waiting = await db.forFirm(firmId, (tx) => countWaiting(tx, id))
    const those = waiting === 0 ? '' : `, of which ${waiting} wait for one that we do not know yet`
    return { ...found, detail: `${found.detail}; its records name matters of ${mattersOf}${those}` }
  }
  if (!connection.access) return reach(connection)
  const consent = await db.forFirm(firmId, (tx) => consentOf(tx, id))
  if (consent === 'good') return reach(connection)
  const detail =
    consent === 'none'
      ? 'waits for a person: nobody has connected it yet'
      : 'waits for a person: it lets us in no more'
  return fail(`connection ${connection.key}`, detail, `run "npx tipstaff connect ${connection.key}"`)
}

/** Null where there is nothing to call: a system that only sends webhooks, or one that could not be opened. */
async function reach({ key, kind, sender, reader }: OpenConnection): Promise<Finding | null> {
  const asked = sender ? () => sender.check() : reader ? () => reader.check(() => {}) : null
  if (!asked) return null
  const name = `connection ${key}`
  const todo = `check its address and credentials in firm.yaml, and ${kind}'s status page`
  try {
    const wrong = await within(asked(), patience)
    return wrong === null ? ok(name, `${kind} answers`) : fail(name, wrong, todo)
  } catch (error) {
    return fail(name, (error as Error).message, todo)
  }
}

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new Error(`no answer in ${milliseconds / 1000} s`)),
    milliseconds,
  )
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** What is needed to look at signatures. */
export interface SignatureContext {
  runtime: { firms: Pick<Firms, 'hooks'> }
  config: Pick<Config, 'publicUrl'>
  clock: Clock
}

export async function hookFinding(
  { runtime, config, clock }: SignatureContext,
  firmId: FirmId,
  id: ConnectionId,
  { key }: OpenConnection,
): Promise<Finding> {
  const name = `signature ${key}`
  let hook: HookConnection | null
  try {
    hook = await runtime.firms.hooks(firmId, id)
  } catch (error) {
    return fail(
      name,
      (error as Error).message,
      'give the secret that firm.yaml refers to; until then its webhooks get 5xx',
    )
  }
  if (!hook) return ok(name, 'takes no webhooks')
  const secrets = hook.secrets.map(({ secret }) => secret)
  if (secrets.length === 0)
    return warn(
      name,
      'no webhook is subscribed yet',
      'is PUBLIC_URL reachable from the CMS? A running worker subscribes by itself',
    )
  return selfTest(name, hook.verify, secrets, `${config.publicUrl}/hooks/${key}`, clock.now())
}

/** Signs a webhook as its sender would, and sees that it is taken, and that one with a byte changed is not. */
export function selfTest(
  name: string,
  verify: HookConnection['verify'],
  secrets: readonly string[],
  url: string,
  now: Temporal.Instant,
): Finding {
  const todo = 'the secret is not what its scheme wants: see docs/runbook.md, "Rotating secrets"'
  for (const [index, secret] of secrets.entries()) {
    const body = Buffer.from('{"doctor":true}')
    const request: RawRequest = {
      method: 'POST',
      url: verify.scheme === 'query' ? `${url}?${verify.name}=${encodeURIComponent(secret)}` : url,
      headers: signed(verify, secret, body, now),
      body,
    }
    try {
      const taken = verifyHook(verify, request, { active: secrets }, now)
      if (!('ok' in taken) || !taken.ok)
        return fail(name, `secret ${index + 1}: a rightly signed webhook is refused`, todo)
      // A shared secret covers no body, so there it is left out; elsewhere a byte is changed.
      const headers = verify.scheme === 'header' ? {} : request.headers
      const forged = { ...request, url, headers, body: Buffer.from('{"doctor":null}') }
      const verdict = verifyHook(verify, forged, { active: secrets }, now)
      if ('ok' in verdict && verdict.ok) return fail(name, 'a forged webhook is taken', todo)
    } catch (error) {
      return fail(name, (error as Error).message, todo)
    }
  }
  return ok(
    name,
    `${verify.scheme}: ${secrets.length === 1 ? 'one secret' : `${secrets.length} secrets`} in use`,
  )
}

function signed(
  verify: HookConnection['verify'],
  secret: string,
  body: Buffer,
  now: Temporal.Instant,
): Record<string, string> {
  switch (verify.scheme) {
    case 'clio':
      return { 'x-hook-signature': createHmac('sha256', secret).update(body).digest('hex') }
    case 'header':
      return { [verify.header.toLowerCase()]: secret }
    case 'query':
      return {}
    case 'standard-webhooks': {
      const timestamp = String(Math.floor(now.epochMilliseconds / 1000))
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
      const mark = createHmac('sha256', key).update(`doctor.${timestamp}.`).update(body).digest('base64')
      return { 'webhook-id': 'doctor', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mark}` }
    }
  }
}

/** A provider's receipts can't be signed by us everywhere (SendGrid's key is a public one), but must be asked for. */
export function callbackFinding(
  { config }: Pick<SignatureContext, 'config'>,
  { key, kind, callbacks }: OpenConnection,
): Finding {
  const name = `signature ${key}`
  const read = callbacks!.receipts({
    method: 'POST',
    url: `${config.publicUrl}/receipts/${key}`,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from('[]'),
  })
  return read.ok
    ? fail(
        name,
        `an unsigned receipt of ${kind} is taken`,
        'do not go on: this is a fault of ours; report it',
      )
    : ok(name, `unsigned receipts of ${kind} are refused`)
}
