/** The example firm as one whose case management system a person lets us into, and that person. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FirmId } from '../../src/kernel/index.ts'
import type { Connecting } from '../../src/main/connecting.ts'

/** A World is one. */
interface Deployment {
  runtime: { connecting: Pick<Connecting, 'invite'> }
  firmId: FirmId
}

export const clio = 'harbor-pike-clio'
const staticToken = '      token: env:HARBOR_PIKE_CLIO_TOKEN\n'
const app =
  '      clientId: env:HARBOR_PIKE_CLIO_CLIENT_ID\n      clientSecret: env:HARBOR_PIKE_CLIO_CLIENT_SECRET\n'

/** @returns a copy of the example firm, below `within`, with an app of Clio's in place of a token */
export function firmWithApp(within: string): string {
  const dir = mkdtempSync(join(within, 'firm-'))
  cpSync(join(import.meta.dirname, '../../examples/harbor-pike'), dir, { recursive: true })
  const file = join(dir, 'firm.yaml')
  const text = readFileSync(file, 'utf8')
  if (!text.includes(staticToken)) throw new Error('firm.yaml has no static token')
  writeFileSync(file, text.replace(staticToken, app))
  return dir
}

/** Somebody opens the address that `tipstaff connect` prints, and says yes. @returns the page on which they end */
export async function letIn(world: Deployment): Promise<Response> {
  const made = await world.runtime.connecting.invite(world.firmId, clio, 'cli:tester')
  if (!made.ok) throw new Error(made.message)
  const led = await fetch(made.value.address, { redirect: 'manual' })
  const there = led.headers.get('location')
  if (led.status !== 303 || there === null) throw new Error(`our address answered ${led.status}`)
  return fetch(`${there}&auto_approve=1`)
}
