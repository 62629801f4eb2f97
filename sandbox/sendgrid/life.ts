import { createHash } from 'node:crypto'
import { localPart, type MailStep, magicSteps, ordinary } from './magic.ts'
import type { Mail, SendGrid } from './state.ts'
import type { MailEvent } from './webhook.ts'

/** What the reader's program tells about itself when it loads an image or follows a link. */
export type Reader = { ip: string; useragent: string; machine?: boolean; url?: string }

const anyone: Reader = { ip: '203.0.113.7', useragent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)' }
// Apple Mail Privacy Protection fetches images with this and nothing more.
const appleProxy: Reader = { ip: '203.0.113.99', useragent: 'Mozilla/5.0', machine: true }

/** Lets happen what becomes of an accepted mail. */
export function startMailLife(sendgrid: SendGrid, mail: Mail): void {
  const steps = stepsOf(sendgrid, mail)
  const { processedAfterMs, deliveredAfterMs } = sendgrid.core.settings.sendgrid
  runFrom(sendgrid, mail, steps, 0, processedAfterMs, Math.max(0, deliveredAfterMs - processedAfterMs))
}

/** The same at once, for an address whose events come before the answer. */
export async function liveMailAtOnce(sendgrid: SendGrid, mail: Mail): Promise<void> {
  for (const step of stepsOf(sendgrid, mail)) happen(sendgrid, mail, step)
  await sendgrid.webhook.flush()
}

function stepsOf(sendgrid: SendGrid, mail: Mail): readonly MailStep[] {
  if (sendgrid.suppressed.has(mail.log.to.toLowerCase())) return ['dropped']
  const local = localPart(mail.log.to)
  return Object.hasOwn(magicSteps, local) ? magicSteps[local]! : ordinary
}

function runFrom(
  sendgrid: SendGrid,
  mail: Mail,
  steps: readonly MailStep[],
  index: number,
  wait: number,
  next: number,
): void {
  const step = steps[index]
  if (step === undefined) return
  sendgrid.core.after(wait, () => {
    happen(sendgrid, mail, step)
    runFrom(sendgrid, mail, steps, index + 1, next, next)
  })
}

function happen(sendgrid: SendGrid, mail: Mail, step: MailStep): void {
  if (step === 'open') reportOpen(sendgrid, mail, anyone)
  else if (step === 'machine open') reportOpen(sendgrid, mail, appleProxy)
  else if (step === 'click') reportClick(sendgrid, mail, { ...anyone, url: 'https://example.com/' })
  else {
    const address = mail.log.to.toLowerCase()
    const known = sendgrid.suppressed.get(address)
    const { event = step, suppresses, fields } = deliverySteps[step]
    if (suppresses !== undefined) sendgrid.suppressed.set(address, suppresses)
    const extra = step === 'dropped' ? { reason: known ?? 'Invalid', ...fields } : fields
    report(sendgrid, mail, event, step === 'group_unsubscribe' ? { asm_group_id: mail.groupId ?? 1 } : extra)
  }
}

type DeliveryStep = Exclude<MailStep, 'open' | 'machine open' | 'click'>
// `suppresses`: later mail to the address is dropped for this reason.
type StepFacts = { event?: string; suppresses?: string; fields: Record<string, unknown> }

const deliverySteps: Record<DeliveryStep, StepFacts> = {
  processed: { fields: {} },
  deferred: { fields: { response: '451 4.7.1 Please try again later', attempt: '1' } },
  delivered: { fields: { response: '250 2.0.0 OK', ip: '203.0.113.1', tls: 1 } },
  bounce: {
    suppresses: 'Bounced Address',
    fields: {
      type: 'bounce',
      status: '5.1.1',
      reason: '550 5.1.1 The email account that you tried to reach does not exist',
      bounce_classification: 'Invalid Address',
      tls: 1,
    },
  },
  blocked: {
    event: 'bounce',
    fields: {
      type: 'blocked',
      status: '5.7.1',
      reason: '550 5.7.1 Message refused by the server of the recipient',
      bounce_classification: 'Reputation',
      tls: 1,
    },
  },
  dropped: { fields: { status: '5.0.0' } },
  spamreport: { suppresses: 'Spam Reporting Address', fields: {} },
  unsubscribe: { suppresses: 'Unsubscribed Address', fields: {} },
  group_unsubscribe: { fields: {} },
}

/** Someone's program loaded the images of a mail. */
export function reportOpen(sendgrid: SendGrid, mail: Mail, reader: Reader = appleProxy): void {
  report(sendgrid, mail, 'open', {
    ip: reader.ip,
    useragent: reader.useragent,
    sg_machine_open: reader.machine ?? false,
    sg_content_type: 'html',
  })
}

/** Someone followed a link in a mail. */
export function reportClick(sendgrid: SendGrid, mail: Mail, reader: Reader & { url: string }): void {
  report(sendgrid, mail, 'click', {
    url: reader.url,
    url_offset: { index: 0, type: 'html' },
    ip: reader.ip,
    useragent: reader.useragent,
  })
}

// Opens and clicks say nothing about delivery, so the status stays.
const statusOf: Record<string, string> = {
  processed: 'processed',
  deferred: 'deferred',
  delivered: 'delivered',
  bounce: 'bounced',
  dropped: 'dropped',
}
const rank = ['accepted', 'processed', 'deferred', 'delivered', 'bounced', 'dropped']

function report(sendgrid: SendGrid, mail: Mail, name: string, extra: Record<string, unknown>): void {
  const { core } = sendgrid
  const status = statusOf[name]
  if (status !== undefined && rank.indexOf(status) > rank.indexOf(mail.log.status)) {
    mail.log.status = status
    core.announce({ type: 'status', about: mail.log.to })
  }
  const event: MailEvent = {
    ...mail.customArgs,
    email: mail.log.to,
    timestamp: Math.floor(core.now() / 1000),
    'smtp-id': `<${mail.log.providerMessageId}@geopod-ismtpd-sandbox-1>`,
    event: name,
    ...(mail.categories.length > 0 ? { category: mail.categories } : {}),
    sg_event_id: eventId(mail, name),
    sg_message_id: `${mail.log.providerMessageId}.filterdrecv-p3iad2-sandbox-0-0`,
    ...extra,
  }
  sendgrid.webhook.add([event])
}

// A doubled delivery event is the same event said again: it keeps its id. Each open and click is a new one.
function eventId(mail: Mail, name: string): string {
  const once = Object.hasOwn(statusOf, name)
  if (!once) mail.events++
  return createHash('sha1')
    .update(`${mail.log.id} ${name} ${once ? 0 : mail.events}`)
    .digest('base64url')
}
