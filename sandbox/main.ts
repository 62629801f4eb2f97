// Starts the outside world as its own process: `node sandbox/main.ts`. See README.md for the variables.
import { createSandbox } from './app.ts'
import { mountCms } from './cms/index.ts'
import { mountDms } from './dms/index.ts'
import { mountFilevine } from './filevine/index.ts'
import { mountLegacy } from './legacy/index.ts'
import { mountMycase } from './mycase/index.ts'

const env = process.env

const sandbox = createSandbox({
  mounts: [mountCms, mountDms, mountMycase, mountFilevine, mountLegacy],
  ...(env.SANDBOX_PUBLIC_URL ? { publicUrl: env.SANDBOX_PUBLIC_URL.replace(/\/$/, '') } : {}),
  twilio: {
    ...(env.SANDBOX_TWILIO_ACCOUNT_SID ? { sid: env.SANDBOX_TWILIO_ACCOUNT_SID } : {}),
    ...(env.SANDBOX_TWILIO_AUTH_TOKEN ? { authToken: env.SANDBOX_TWILIO_AUTH_TOKEN } : {}),
    ...(env.SANDBOX_TWILIO_SMS_URL ? { smsUrl: env.SANDBOX_TWILIO_SMS_URL } : {}),
    ...(env.SANDBOX_TWILIO_NUMBERS
      ? { numbers: env.SANDBOX_TWILIO_NUMBERS.split(',').map((item) => item.trim()) }
      : {}),
  },
  sendgrid: {
    ...(env.SANDBOX_SENDGRID_API_KEY ? { apiKey: env.SANDBOX_SENDGRID_API_KEY } : {}),
    ...(env.SANDBOX_SENDGRID_PRIVATE_KEY ? { privateKey: env.SANDBOX_SENDGRID_PRIVATE_KEY } : {}),
    ...(env.SANDBOX_SENDGRID_WEBHOOK_URL ? { webhookUrl: env.SANDBOX_SENDGRID_WEBHOOK_URL } : {}),
  },
})

const port = Number(env.SANDBOX_PORT ?? 3001)
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  fail(`SANDBOX_PORT must be a port number, not "${env.SANDBOX_PORT}"`)

const listening = await sandbox.listen(port, env.SANDBOX_HOST).catch((error: NodeJS.ErrnoException) => {
  fail(error.code === 'EADDRINUSE' ? `port ${port} is in use; set SANDBOX_PORT to another` : error.message)
})
console.log(`sandbox: ${listening.url}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void listening.close().then(() => process.exit(0)))
}

// Started by another process, it goes with it, also when that one was killed.
if (process.channel) process.once('disconnect', () => process.exit(0))

function fail(why: string): never {
  console.error(`sandbox: ${why}`)
  process.exit(1)
}
