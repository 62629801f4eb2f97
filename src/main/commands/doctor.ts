/** `tipstaff doctor`: what is wrong, and what to do about it. */
import { listFirms } from '../../modules/firms/index.ts'
import { clockCheck } from '../doctor/clock.ts'
import { connectionsCheck, publicUrlCheck, signaturesCheck } from '../doctor/connections.ts'
import { databaseCheck } from '../doctor/database.ts'
import { type Check, type DoctorContext, type Finding, fail } from '../doctor/types.ts'
import {
  diskCheck,
  holdCheck,
  operatorsCheck,
  subscriptionsCheck,
  waitingCheck,
  workCheck,
} from '../doctor/waiting.ts'
import type { Terminal } from './terminal.ts'

/** In the order in which they are printed. */
export const checks: readonly Check[] = [
  databaseCheck,
  diskCheck,
  clockCheck,
  publicUrlCheck,
  connectionsCheck,
  signaturesCheck,
  subscriptionsCheck,
  operatorsCheck,
  holdCheck,
  workCheck,
  waitingCheck,
]

/** Every check, however the others end. */
export async function diagnose(given: Omit<DoctorContext, 'firms'>): Promise<Finding[]> {
  const { firms, broken } = await openFirms(given)
  const context = { ...given, firms }
  const found = await Promise.all(
    checks.map(async ({ name, run }): Promise<Finding[]> => {
      try {
        return await run(context)
      } catch (error) {
        return [
          fail(
            name,
            `could not be checked: ${(error as Error).message}`,
            'see the log; mend what failed before it',
          ),
        ]
      }
    }),
  )
  return [...found.flat(), ...broken]
}

async function openFirms({ runtime }: Pick<DoctorContext, 'runtime'>) {
  const firms: DoctorContext['firms'][number][] = []
  const broken: Finding[] = []
  for (const id of await listFirms(runtime.db))
    try {
      firms.push({ id, firm: await runtime.firms.open(id) })
    } catch (error) {
      broken.push(
        fail(
          'configuration',
          (error as Error).message,
          'apply its directory again; nothing of this firm moves',
        ),
      )
    }
  return { firms, broken }
}

/** @returns the exit code: 1 when any check fails; warnings do not count */
export function printFindings(terminal: Terminal, findings: readonly Finding[], json: boolean): 0 | 1 {
  const failed = findings.some(({ status }) => status === 'fail')
  if (json) {
    terminal.out(`${JSON.stringify({ ok: !failed, checks: findings }, null, 2)}\n`)
    return failed ? 1 : 0
  }
  const width = Math.max(...findings.map(({ name }) => name.length))
  for (const { name, status, detail, todo } of findings) {
    terminal.out(`${mark(terminal, status)}  ${name.padEnd(width)}  ${detail}\n`)
    if (todo !== undefined) terminal.out(`${' '.repeat(width + 8)}→ ${todo}\n`)
  }
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length
  terminal.out(`\n${count('ok')} ok, ${count('warn')} warnings, ${count('fail')} failed\n`)
  return failed ? 1 : 0
}

const colours = { ok: 32, warn: 33, fail: 31 } as const

const mark = ({ colour }: Terminal, status: Finding['status']) =>
  colour ? `\u001b[${colours[status]}m${status.padEnd(4)}\u001b[0m` : status.padEnd(4)
