/** The sandbox beside us: the outside world of the example firm, as a process of its own that is spoken to by HTTP. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { listFirms } from '../modules/firms/index.ts'
import { database } from '../platform/db/firm-tx.ts'
import { createPool } from '../platform/db/pool.ts'
import { StartupError } from '../platform/db/startup-error.ts'
import type { Config } from './config.ts'

/** The sandbox's published test credentials (sandbox/README.md); they open nothing else. */
export const testCredentials = {
  twilioToken: 'sandbox-twilio-auth-token',
  sendgridKey: 'SG.sandbox.key',
  sendgridWebhookKey:
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEdVt88GNFGAIV15ZZpwLJEQAyb2qFh6B6gP43k7YBWyK9pA6OSdhJr0NmO28as4wWDS4wHbQDOdO53ZhxyaMefQ==',
  clioToken: 'sandbox-clio-token',
  clioClientId: 'sandbox-clio-client',
  clioClientSecret: 'sandbox-clio-secret',
  hookSecret: `whsec_${Buffer.from('sandbox-cms-webhook-test-key-0001').toString('base64')}`,
  headerSecret: 'sandbox-cms-header-secret',
  legacyKey: 'sandbox-legacy-key',
  mycaseToken: 'sandbox-mycase-token',
  mycaseHook: 'sandbox-mycase-hook',
  filevineSecret: 'sandbox-filevine-secret',
  filevinePat: 'sandbox-filevine-pat',
  dmsKey: 'sandbox-dms-key',
}

/** The account that the sandbox's Twilio knows. */
export const sandboxTwilioAccount = 'ACf1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1'

/** Its Messaging Service. */
export const sandboxTwilioService = 'MGf1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1'

/** The same carriers for each example firm. */
const carriers = (prefix: string, url: string): Record<string, string> => ({
  [`${prefix}TWILIO_URL`]: url,
  [`${prefix}TWILIO_TOKEN`]: testCredentials.twilioToken,
  [`${prefix}SENDGRID_URL`]: url,
  [`${prefix}SENDGRID_KEY`]: testCredentials.sendgridKey,
  [`${prefix}SENDGRID_WEBHOOK_KEY`]: testCredentials.sendgridWebhookKey,
})

/** What the example firms' references to secrets stand for while the sandbox plays their providers. */
export function sandboxEnvironment(url: string, dmsSecret: string): Record<string, string> {
  return {
    HARBOR_PIKE_CLIO_URL: url,
    HARBOR_PIKE_CLIO_TOKEN: testCredentials.clioToken,
    HARBOR_PIKE_CLIO_CLIENT_ID: testCredentials.clioClientId,
    HARBOR_PIKE_CLIO_CLIENT_SECRET: testCredentials.clioClientSecret,
    ...carriers('HARBOR_PIKE_', url),
    HARBOR_PIKE_ARCHIVE_WSDL: `${url}/legacy/CaseService.asmx?wsdl`,
    HARBOR_PIKE_ARCHIVE_KEY: testCredentials.legacyKey,
    HARBOR_PIKE_DMS_URL: `${url}/dms/v1`,
    HARBOR_PIKE_DMS_KEY: testCredentials.dmsKey,
    HARBOR_PIKE_DMS_SECRET: dmsSecret,
    HARBOR_PIKE_FLAT_SECRET: testCredentials.hookSecret,
    HARBOR_PIKE_DESK_SECRET: testCredentials.hookSecret,
    HARBOR_PIKE_BILLING_SECRET: testCredentials.headerSecret,
    ...carriers('TIDE_MARROW_', url),
    TIDE_MARROW_MYCASE_URL: `${url}/mycase/v1`,
    TIDE_MARROW_MYCASE_TOKEN: testCredentials.mycaseToken,
    TIDE_MARROW_MYCASE_HOOK: testCredentials.mycaseHook,
    ...carriers('QUARRY_LUND_', url),
    QUARRY_LUND_FILEVINE_URL: `${url}/filevine/fv-app/v2`,
    QUARRY_LUND_FILEVINE_IDENTITY_URL: `${url}/filevine/connect/token`,
    QUARRY_LUND_FILEVINE_SECRET: testCredentials.filevineSecret,
    QUARRY_LUND_FILEVINE_PAT: testCredentials.filevinePat,
  }
}

/** The document system's published webhook secret. */
export const sandboxDmsSecret = 'whsec_c2FuZGJveC1kbXMtd2ViaG9vay10ZXN0LWtleS0wMDAx'

/** What `env:` references stand for in a command; what the operator set wins over the sandbox's test values. */
export const commandEnvironment = (config: Pick<Config, 'sandbox' | 'sandboxPort' | 'env'>) => ({
  ...(config.sandbox === 'on'
    ? sandboxEnvironment(`http://127.0.0.1:${config.sandboxPort}`, sandboxDmsSecret)
    : {}),
  ...config.env,
})

/** On while the example firm is the only one (DESIGN, doors). @param databaseUrl of a database that is migrated */
export async function sandboxWanted(config: Pick<Config, 'sandbox'>, databaseUrl: string): Promise<boolean> {
  if (config.sandbox !== null) return config.sandbox === 'on'
  const pool = createPool({ url: databaseUrl, max: 1, onError: () => {} })
  try {
    const db = database(pool)
    const firms = await listFirms(db)
    if (firms.length === 0) return true
    const [example] = await db.lookup<{ firm_id: string }>('select firm_id from lookup_firm($1)', [
      'harbor-pike',
    ])
    return firms.length === 1 && example?.firm_id === firms[0]
  } finally {
    await pool.end()
  }
}

/** Where the sandbox beside us listens. */
export const sandboxAddress = ({ sandboxPort }: Pick<Config, 'sandboxPort'>): string =>
  `http://127.0.0.1:${sandboxPort}`

export interface SandboxProcess {
  url: string
  stop(): Promise<void>
}

/**
 * @param appUrl where the sandbox's carriers call back
 * @param onEnd told when it ended without having been asked to
 * @throws StartupError when its port is taken or it does not come up
 */
export async function startSandbox(options: {
  root: string
  port: number
  appUrl: string
  env: Readonly<Record<string, string | undefined>>
  onEnd(): void
}): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [join(options.root, 'sandbox', 'main.ts')], {
    // A session of its own: Ctrl-C is for us, and we stop it once what runs has ended.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...options.env,
      SANDBOX_PORT: String(options.port),
      SANDBOX_TWILIO_SMS_URL: `${options.appUrl}/texts/harbor-pike-twilio`,
      SANDBOX_SENDGRID_WEBHOOK_URL: `${options.appUrl}/receipts/harbor-pike-sendgrid`,
    },
  })
  const url = await listening(child)
  let asked = false
  child.once('exit', () => {
    if (!asked) options.onEnd()
  })
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        asked = true
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
        setTimeout(() => child.kill('SIGKILL'), 3_000).unref()
      }),
  }
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    let errors = ''
    child.stdout!.on('data', (chunk: Buffer) => {
      out += chunk
      const url = /sandbox: (http\S+)/.exec(out)?.[1]
      if (url) resolve(url)
    })
    child.stderr!.on('data', (chunk: Buffer) => {
      errors += chunk
    })
    child.once('exit', () =>
      reject(new StartupError(errors.trim().split('\n').at(-1) || 'the sandbox did not start')),
    )
    child.once('error', (error) => reject(new StartupError(`the sandbox did not start: ${error.message}`)))
  })
}

/** Where a staged firm's carriers lead, in place of the example firm's. */
export interface SandboxDoors {
  /** Numbers that the firm texts from, and the connection that takes their answers. */
  numbers: readonly { number: string; connection: string }[]
  /** The connection that mail events go to: the sandbox's SendGrid has one webhook. */
  mail: string | null
}

/**
 * Points the sandbox's other systems at us; Clio is subscribed by its own API.
 *
 * @param doors null: the example firm's, whose carriers were told when the sandbox started
 */
export async function connectSandbox(
  sandboxUrl: string,
  appUrl: string,
  doors: SandboxDoors | null = null,
): Promise<void> {
  const put = async (method: string, path: string, body: object) => {
    const answer = await fetch(`${sandboxUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new StartupError(`the sandbox refused ${path}: ${answer.status}`)
  }
  if (doors !== null) {
    for (const { number, connection } of doors.numbers)
      await put('PUT', `/_sandbox/twilio/numbers/${number}`, { smsUrl: `${appUrl}/texts/${connection}` })
    if (doors.mail !== null)
      await put('PUT', '/_sandbox/sendgrid/webhook', { url: `${appUrl}/receipts/${doors.mail}` })
    return
  }
  await put('PUT', '/_sandbox/dms/webhook', { url: `${appUrl}/hooks/harbor-pike-dms` })
  await put('POST', '/_sandbox/cms/hooks', {
    name: 'harbor-pike-desk',
    kind: 'standard',
    template: 'nested',
    withMatterId: true,
    events: ['note.created'],
    url: `${appUrl}/hooks/harbor-pike-desk`,
  })
}
