/** What the console's test button asks: the doctor's checks, of one connection. */
import type { ConnectionTest } from '../../contracts/connections.ts'
import type { Clock, ConnectionId, FirmId } from '../kernel/index.ts'
import { record } from '../modules/audit/index.ts'
import type { Database } from '../platform/db/firm-tx.ts'
import type { Finding } from './doctor/findings.ts'
import { callbackFinding, hookFinding, waitsForPerson } from './doctor/one-connection.ts'
import type { ConnectionProblem, Firms, OpenConnection } from './firms.ts'
import { withoutSecrets } from './without-secrets.ts'

interface Deps {
  db: Database
  clock: Clock
  publicUrl: string
  firms: Pick<Firms, 'hooks'> & {
    open(firmId: FirmId): Promise<{
      connections: ReadonlyMap<ConnectionId, OpenConnection>
      problems: readonly ConnectionProblem[]
    }>
  }
}

type Looked = ConnectionTest['findings'][number]

/** @returns null: the firm has no such connection. @param by who asks, as the record names them */
export type TryConnection = (firmId: FirmId, key: string, by: string) => Promise<ConnectionTest | null>

export function connectionTester({ db, clock, publicUrl, firms }: Deps): TryConnection {
  // Whoever presses the button while a test is under way is told of that one: no system is asked twice at once.
  const underWay = new Map<string, Promise<Looked[]>>()

  async function look(firmId: FirmId, id: ConnectionId, connection: OpenConnection, problem?: string) {
    const found: Looked[] = []
    const add = (what: Looked['what'], finding: Finding | null) => {
      if (finding === null) return
      const { status, detail, todo } = finding
      const secrets = connection.secrets ?? []
      found.push({
        what,
        status,
        detail: withoutSecrets(detail, secrets),
        todo: todo === undefined ? null : withoutSecrets(todo, secrets),
      })
    }
    if (problem !== undefined) {
      const todo = 'correct it in firm.yaml, or give the secret that it refers to'
      add('settings', { name: connection.key, status: 'fail', detail: problem, todo })
      return found
    }
    add('reach', await waitsForPerson({ db }, firmId, id, connection))
    const context = { runtime: { firms }, config: { publicUrl }, clock }
    if (connection.settings.hooks) add('webhooks', await hookFinding(context, firmId, id, connection))
    if (connection.callbacks) add('receipts', callbackFinding(context, connection))
    return found
  }

  return async (firmId, key, by) => {
    const { connections, problems } = await firms.open(firmId)
    const [id, connection] = [...connections].find(([, one]) => one.key === key) ?? []
    if (!id || !connection) return null
    let looking = underWay.get(id)
    if (!looking) {
      const problem = problems.find((one) => one.connection === key)?.message
      looking = look(firmId, id, connection, problem).finally(() => underWay.delete(id))
      underWay.set(id, looking)
    }
    const findings = await looking
    const verdict = verdictOf(findings)
    const entry = { actor: by, action: 'connection.tested', subject: `connection:${id}`, data: { verdict } }
    await db.forFirm(firmId, (tx) => record(tx, [entry], clock.now()))
    return { key, at: clock.now().toString(), verdict, findings }
  }
}

function verdictOf(findings: readonly Looked[]): ConnectionTest['verdict'] {
  if (findings.some(({ status }) => status === 'fail')) return 'fails'
  if (findings.some(({ status }) => status === 'warn')) return 'attention'
  return findings.length === 0 ? 'nothing' : 'works'
}
