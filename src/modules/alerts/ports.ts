export interface AlertMail {
  /** The same on every try, so that a mail server or reader can tell a repeat. */
  id: string
  to: readonly string[]
  subject: string
  text: string
}

export type Told = { ok: true } | { ok: false; detail: string }

/** A mail server apart from the one that carries the firm's messages. Never throws. */
export interface AlertMailer {
  send(mail: AlertMail): Promise<Told>
}

/** Posts one signed webhook. Never throws. */
export interface AlertPoster {
  post(webhook: { url: string; secret: string }, id: string, body: string): Promise<Told>
}

/** Tells an outside service that all is well: it raises the alarm when it hears nothing. Never throws. */
export interface Pinger {
  ping(url: string): Promise<Told>
}
