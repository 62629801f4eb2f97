/** Connections: can we reach each system with our credentials, and do its webhooks prove where they come from? */
import type { FirmId } from '../../kernel/index.ts'
import type { OpenFirm } from '../firms.ts'
import { callbackFinding, hookFinding, waitsForPerson } from './one-connection.ts'
import { type Check, type DoctorContext, type Finding, fail, ok, warn } from './types.ts'

export const connectionsCheck: Check = {
  name: 'connections',
  async run({ firms, runtime }) {
    if (firms.length === 0)
      return [
        warn(
          'connections',
          'there is no firm yet',
          'run "npx tipstaff apply DIR", or "npm start" for the example',
        ),
      ]
    const findings = firms.map(({ id: firmId, firm }) => [
      // Those who are told are looked at by a check of their own.
      ...firm.problems
        .filter((problem) => !problem.connection.startsWith('operators.'))
        .map(({ connection, message }) =>
          fail(
            `connection ${connection}`,
            message,
            `correct it in firm.yaml, or give the secret that it refers to, for the firm ${firm.code.program.settings.key}`,
          ),
        ),
      ...[...firm.connections].map(([id, connection]) => waitsForPerson(runtime, firmId, id, connection)),
    ])
    return (await Promise.all(findings.flat())).filter((finding) => finding !== null)
  },
}

export const signaturesCheck: Check = {
  name: 'signatures',
  async run(context) {
    const findings: Finding[] = []
    for (const { id, firm } of context.firms) findings.push(...(await ofFirm(context, id, firm)))
    return findings
  },
}

async function ofFirm(context: DoctorContext, firmId: FirmId, firm: OpenFirm): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [id, connection] of firm.connections) {
    if (connection.settings.hooks) findings.push(await hookFinding(context, firmId, id, connection))
    if (connection.callbacks) findings.push(callbackFinding(context, connection))
  }
  return findings
}

export const publicUrlCheck: Check = {
  name: 'public address',
  async run({ config, fetch }) {
    const name = 'public address'
    const { hostname } = new URL(config.publicUrl)
    const ours = /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(hostname)
    if (ours && config.sandbox === 'off')
      return [
        fail(
          name,
          `${config.publicUrl} is this machine: no provider can call it`,
          'set PUBLIC_URL to the https:// address that leads here',
        ),
      ]
    try {
      const answer = await fetch(`${config.publicUrl}/healthz`, { signal: AbortSignal.timeout(5_000) })
      const alive = answer.ok && ((await answer.json()) as { alive?: boolean }).alive === true
      if (alive) return [ok(name, `${config.publicUrl} leads here`)]
      return [
        fail(
          name,
          `${config.publicUrl}/healthz answers ${answer.status}, and not as Tipstaff`,
          'let the proxy lead to PORT',
        ),
      ]
    } catch (error) {
      return [
        warn(
          name,
          `${config.publicUrl} can't be reached from here: ${(error as Error).message}`,
          'is "npm start" or "tipstaff web" running, and does the proxy lead to it?',
        ),
      ]
    }
  },
}
