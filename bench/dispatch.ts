/** Dispatch: how long from a signed webhook, on its way to us, to the provider's request, arrived. */
import type { App, Sandbox } from './deployment.ts'
import { nowUs, percentile, round, sleep, until } from './measure.ts'
import { phoneOf } from './people.ts'
import { openSender } from './sender.ts'
import type { Range } from './throughput.ts'
import { type Progress, webhook } from './webhooks.ts'

export interface Dispatch {
  events: number
  perSecond: number
  /** Milliseconds from the first byte sent to us to the request that Twilio's side has read. */
  p50: number
  p95: number
  p99: number
  most: number
}

/** Each matter gets one event; they are sent by the clock, whatever the answers. */
export async function dispatch(
  app: App,
  sandbox: Sandbox,
  progress: Progress,
  { from, count }: Range,
  perSecond: number,
): Promise<Dispatch> {
  await sandbox.control('DELETE', '/_sandbox/messages')
  const host = new URL(app.url).host
  const sender = await openSender(app.url, 16)
  const sentUs = new Map<string, number>()
  const answers: Promise<number>[] = []
  const began = performance.now()
  for (let i = 0; i < count; i++) {
    const request = webhook('bench-cms', host, from + i, progress.next(from + i))
    const wait = began + (i * 1000) / perSecond - performance.now()
    if (wait > 0) await sleep(wait)
    sentUs.set(phoneOf(from + i), nowUs())
    answers.push(sender.send(request))
  }
  const statuses = await Promise.all(answers)
  sender.close()
  const refused = statuses.find((status) => status !== 202)
  if (refused !== undefined) throw new Error(`a webhook was answered ${refused}`)

  const accepted = () =>
    sandbox.control<{ messages: { to: string; reference: string }[] }>(
      'GET',
      '/_sandbox/messages?channel=sms',
    )
  await until('all texts', 20_000, async () => (await accepted()).messages.length >= count)
  const { messages } = await accepted()
  const { calls } = await sandbox.control<{ calls: { reference: string; arrivedUs: number }[] }>(
    'GET',
    '/_sandbox/calls?provider=twilio&precise=1',
  )
  const arrivals = new Map(calls.map((call) => [call.reference, call.arrivedUs]))
  const took = messages.map((m) => (arrivals.get(m.reference)! - sentUs.get(m.to)!) / 1000)
  if (took.length !== count || took.some((ms) => !(ms > 0)))
    throw new Error(`the run is wrong: ${took.length} texts for ${count} events`)
  // The carrier's own receipts are let through before anything else is measured.
  await sleep(1_000)
  return {
    events: count,
    perSecond,
    p50: round(percentile(took, 0.5), 2),
    p95: round(percentile(took, 0.95), 2),
    p99: round(percentile(took, 0.99), 2),
    most: round(Math.max(...took), 2),
  }
}
