import type { Hono } from 'hono'
import type { Core } from '../core/core.ts'
import { listScopes, sendMail } from './send.ts'
import { createSendGrid, type SendGrid, type SendGridOptions } from './state.ts'

export { reportClick, reportOpen } from './life.ts'
export type { SendGrid, SendGridOptions } from './state.ts'

/** SendGrid's paths. */
export function mountSendGrid(app: Hono, core: Core, options: SendGridOptions): SendGrid {
  const sendgrid = createSendGrid(core, options)
  app.post('/v3/mail/send', (c) => sendMail(c, sendgrid))
  app.get('/v3/scopes', (c) => listScopes(c, sendgrid))
  return sendgrid
}
