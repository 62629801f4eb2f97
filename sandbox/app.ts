import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { mountControls } from './controls/index.ts'
import { type Core, createCore } from './core/core.ts'
import type { Mount } from './core/deps.ts'
import { mountPostmark } from './mail/postmark.ts'
import { mountSes } from './mail/ses.ts'
import { mountFaultsPage } from './pages/faults.ts'
import { mountHomePage } from './pages/home.ts'
import { mountMailPages } from './pages/mail.ts'
import { mountPhonePages } from './pages/phone.ts'
import { mountSendGrid, type SendGrid, type SendGridOptions } from './sendgrid/index.ts'
import { mountTwilio, type Twilio, type TwilioOptions } from './twilio/index.ts'

export type SandboxOptions = {
  /** Further parts of the outside world: the CMS, the document system. */
  mounts?: readonly Mount[]
  /** How others reach the sandbox; by default where it listens. */
  publicUrl?: string
  twilio?: TwilioOptions
  sendgrid?: SendGridOptions
}

export type Listening = { port: number; url: string; close(): Promise<void> }

export type Sandbox = {
  app: Hono
  core: Core
  twilio: Twilio
  sendgrid: SendGrid
  /** What each mount returned, in order. */
  mounted: unknown[]
  /** Listens on this machine's loopback, or on `host`; port 0 takes a free one. Rejects when the port is taken. */
  listen(port: number, host?: string): Promise<Listening>
}

/** Makes one outside world, in memory. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const app = new Hono()
  let url = options.publicUrl ?? 'http://127.0.0.1'
  const core = createCore({ baseUrl: () => url })
  const twilio = mountTwilio(app, core, options.twilio ?? {})
  const sendgrid = mountSendGrid(app, core, options.sendgrid ?? {})
  mountPostmark(app, core)
  mountSes(app, core)
  mountControls(app, { core, twilio, sendgrid })
  mountHomePage(app, core)
  mountPhonePages(app, core, twilio)
  mountMailPages(app, core, sendgrid)
  mountFaultsPage(app, core)
  const mounted = (options.mounts ?? []).map((mount) => mount(app, core))

  function listen(port: number, host = '127.0.0.1'): Promise<Listening> {
    return new Promise((resolve, reject) => {
      const server = createAdaptorServer({ fetch: app.fetch })
      server.once('error', reject)
      server.listen(port, host, () => {
        const actual = (server.address() as AddressInfo).port
        url = options.publicUrl ?? `http://127.0.0.1:${actual}`
        resolve({ port: actual, url, close: () => close(server) })
      })
    })
  }

  function close(server: ReturnType<typeof createAdaptorServer>): Promise<void> {
    core.close()
    return new Promise((done) => {
      server.close(() => done())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  }
  return { app, core, twilio, sendgrid, mounted, listen }
}
