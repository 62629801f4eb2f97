/** Neighbour: one firm has 10,000 messages queued; how long does another firm's urgent one take? */
import type { App, Cluster, Sandbox } from './deployment.ts'
import { nowUs, percentile, round, sleep, until } from './measure.ts'
import { type FirmIds, phoneOf } from './people.ts'
import { openSender } from './sender.ts'
import { offer, webhook } from './webhooks.ts'

export interface Neighbour {
  queued: number
  urgent: number
  /** Of the busy firm, when the first and the last urgent one left. */
  stillQueued: [number, number]
  /** Milliseconds from webhook to provider. */
  p50: number
  most: number
}

const tries = 8

/**
 * @param busy the firm that has a burst; its messages are put into the queue all at once
 * @param quiet another firm, `bench-…`'s twin; its matters from `firstMatter` on get an offer each
 */
export async function neighbour(
  app: App,
  cluster: Cluster,
  sandbox: Sandbox,
  busy: FirmIds,
  firstMatter: number,
  queued: number,
): Promise<Neighbour> {
  await sandbox.control('DELETE', '/_sandbox/messages')
  await fillQueue(cluster, busy, queued)
  const { admin } = cluster
  const open = async () =>
    (
      await admin.query<{ n: number }>(
        `select count(*)::int as n from messages where firm_id = $1 and state = 'queued'`,
        [busy.firmId],
      )
    ).rows[0]!.n
  // The sweep finds them within its five seconds.
  await until('the burst to begin', 15_000, async () => (await open()) < queued, 20)
  const first = await open()
  const took = await urgentOnes(app, sandbox, firstMatter)
  const last = await open()
  await until('the burst to end', 60_000 + queued * 20, async () => (await open()) === 0, 250)
  return {
    queued,
    urgent: tries,
    stillQueued: [first, last],
    p50: round(percentile(took, 0.5)),
    most: round(Math.max(...took)),
  }
}

/** @returns milliseconds from webhook to provider of each of eight urgent messages, one after the other */
export async function urgentOnes(app: App, sandbox: Sandbox, firstMatter: number): Promise<number[]> {
  const host = new URL(app.url).host
  const sender = await openSender(app.url, 1)
  const sentUs = new Map<string, number>()
  for (let i = 0; i < tries; i++) {
    const request = webhook('neighbour-cms', host, firstMatter + i, offer)
    sentUs.set(phoneOf(firstMatter + i), nowUs())
    await sender.send(request)
    await sleep(200)
  }
  await until('the urgent ones', 30_000, async () => (await arrived(sandbox, sentUs)).length === tries, 50)
  sender.close()
  return arrived(sandbox, sentUs)
}

async function arrived(sandbox: Sandbox, sentUs: ReadonlyMap<string, number>): Promise<number[]> {
  const found: number[] = []
  for (const [to, at] of sentUs) {
    const { messages } = await sandbox.control<{ messages: { reference: string }[] }>(
      'GET',
      `/_sandbox/messages?channel=sms&to=${encodeURIComponent(to)}`,
    )
    if (!messages[0]) continue
    const { calls } = await sandbox.control<{ calls: { reference: string; arrivedUs: number }[] }>(
      'GET',
      `/_sandbox/calls?provider=twilio&precise=1&since=${Date.now() - 30_000}`,
    )
    const call = calls.find((c) => c.reference === messages[0]!.reference)
    if (call) found.push((call.arrivedUs - at) / 1000)
  }
  return found
}

/** Copies of a message that the firm has sent, to all its clients, due now. */
export async function fillQueue({ admin }: Cluster, { firmId }: FirmIds, count: number): Promise<void> {
  const { rowCount } = await admin.query(
    `insert into messages (firm_id, id, notice_id, matter_id, client_id, contact_point_id, connection_id, channel, address,
       purpose, urgent, template_key, template_version, language, body, salt, segments, state, due_at, cause, created_at)
     select model.firm_id, uuidv7(), model.notice_id, m.id, m.client_id, p.id, model.connection_id, 'sms', p.address,
       model.purpose, false, model.template_key, model.template_version, model.language, model.body, model.salt,
       model.segments, 'queued', now(), 'burst ' || gen_random_uuid(), now()
     from (select * from messages where firm_id = $1 and state = 'delivered' limit 1) model,
       (select m.* from matters m where m.firm_id = $1 order by m.id limit $2) m
       join contact_points p on p.client_id = m.client_id and p.channel = 'sms'`,
    [firmId, count],
  )
  if (rowCount !== count) throw new Error(`only ${rowCount} of ${count} messages could be queued`)
}
