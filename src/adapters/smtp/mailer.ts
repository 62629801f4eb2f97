/** Alerts by SMTP: a mail server apart from the provider that carries the firm's messages. */
import type { AlertMail, AlertMailer } from '../../modules/alerts/index.ts'
import { scrub } from '../../platform/log/index.ts'

export interface SmtpOptions {
  /** `smtps://user:password@host` or `smtp://host:587`; a reference to a secret is already resolved. */
  url: string
  /** A plain address. */
  from: string
  /** The whole conversation, in milliseconds; less than half of an alert's lease. */
  timeoutMs?: number
}

const defaultTimeoutMs = 20_000
/** What could end an address and begin something else (RFC 5321 §4.1.2 without quoted forms). */
const address = /^[^\s<>()[\]\\,;:@"]+@[^\s<>()[\]\\,;:@"]+$/

/** @throws TypeError when the URL or the sender is not usable */
export function smtpMailer(options: SmtpOptions): AlertMailer {
  const url = URL.parse(options.url)
  if (url?.protocol !== 'smtp:' && url?.protocol !== 'smtps:')
    throw new TypeError('is not an smtp: or smtps: URL')
  if (!address.test(options.from)) throw new TypeError('the sender is not a plain mail address')
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs

  return {
    async send(mail) {
      const bad = mail.to.some((to) => !address.test(to))
      if (bad || mail.to.length === 0) return { ok: false, detail: 'a recipient is not a plain mail address' }
      // Loaded with the first alert: most processes never send one, and it takes some megabytes.
      const { createTransport } = await import('nodemailer')
      const transport = createTransport({
        // Credentials never travel in the clear; the URL may say otherwise with ?requireTLS=false.
        requireTLS: url.password !== '',
        url: options.url,
        connectionTimeout: timeoutMs / 4,
        greetingTimeout: timeoutMs / 4,
        dnsTimeout: timeoutMs / 4,
        socketTimeout: timeoutMs / 2,
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => late.reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs)
      try {
        await Promise.race([transport.sendMail(message(options.from, mail)), late.promise])
        return { ok: true }
      } catch (error) {
        return { ok: false, detail: scrub(error instanceof Error ? error.message : 'failed').slice(0, 300) }
      } finally {
        clearTimeout(timer)
        transport.close()
      }
    },
  }
}

const message = (from: string, mail: AlertMail) => ({
  from: { name: 'Tipstaff', address: from },
  to: mail.to.map((to) => ({ name: '', address: to })),
  // nodemailer folds line breaks as well; a header is not the place to rely on one guard.
  subject: mail.subject.replace(/\p{Cc}+/gu, ' '),
  text: mail.text,
  messageId: `<${mail.id.replace(/[^\w-]/g, '')}@${from.split('@')[1]}>`,
  // No holiday notes in answer (RFC 3834).
  headers: { 'Auto-Submitted': 'auto-generated' },
})
