/** What the API needs of a running process; a Runtime has it all. */
import type { Clock, ConnectionId, FirmId, NewId } from '../../kernel/index.ts'
import type { AlertMailer } from '../../modules/alerts/index.ts'
import type { Caller, Live } from '../../modules/console/index.ts'
import type { QuietTable } from '../../modules/moments/index.ts'
import type { RetentionSettings } from '../../modules/retention/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { Together } from '../../platform/http/together.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Keys } from '../../platform/secrets/index.ts'
import type { ApiRates } from '../api-rates.ts'
import type { FirmCode } from '../compile-firm.ts'
import type { ConfigEdits } from '../config-edits.ts'
import type { Connecting } from '../connecting.ts'
import type { TryConnection } from '../connection-test.ts'
import type { RecordKeeper } from '../record.ts'
import type { SignInDoor } from '../sign-in.ts'

export interface ApiDeps {
  db: Database
  clock: Clock
  newId: NewId
  log: Log
  nudge(lane: string, firmId: FirmId): void
  firms: {
    open(firmId: FirmId): Promise<ApiFirm>
    /** The configuration exactly as this transaction sees it; throws where there is none that can be used. */
    code(tx: FirmTx): Promise<Pick<FirmCode, 'program' | 'hooks' | 'readable'>>
  }
  edits: ConfigEdits
  connecting: Pick<Connecting, 'invite'>
  tryConnection: TryConnection
  /** Notes that somebody asks. */
  seen(caller: Caller): Promise<void>
  signIn: Pick<SignInDoor, 'asking' | 'ours' | 'resetLink'>
  publicUrl: string
  keys: Pick<Keys, 'repeats'>
  rates: ApiRates
  live: Live
  record: Pick<RecordKeeper, 'check' | 'seal' | 'settle' | 'key' | 'publicKeys'>
}

/** The part of an open firm that answers speak of. */
export interface ApiFirm {
  code: {
    program: {
      settings: {
        name: string
        timeZone: string
        languages: readonly string[]
        retention?: RetentionSettings | undefined
      }
    }
  }
  mailer: AlertMailer | null
  connections: ReadonlyMap<ConnectionId, { access?: unknown; reader?: { country?: string } }>
  delivery: {
    outlets: ReadonlyMap<ConnectionId, { rate: { perSecond: number } | null }>
    quiet: QuietTable
  }
}

/** What each request carries after it is known who asks. */
export interface ApiEnv {
  Variables: {
    caller: Caller
    /** The only way of a route to the firm's rows: what is closed to whoever asks is not among them. */
    inFirm<T>(work: (tx: FirmTx) => Promise<T>): Promise<T>
    /**
     * As inFirm, for work that returns what is answered: where the request has an Idempotency-Key, the answer is kept
     * in the same transaction, so that a process may die at any moment and it is still done once.
     */
    answerIn<T>(work: (tx: FirmTx) => Promise<T>): Promise<T>
    /**
     * For what every open page asks for at the same moment: those who see the same share one reading.
     *
     * @param what is read, with whatever narrows it
     */
    together: Together
    deps: Pick<ApiDeps, 'clock' | 'newId' | 'log' | 'keys'>
  }
}

export interface Opening {
  firms: Pick<ApiDeps['firms'], 'open'>
}

/** The firm's zone; where its configuration can't be opened people are answered all the same, in UTC. */
export async function zoneOf(deps: Opening, firmId: FirmId): Promise<string> {
  try {
    return (await deps.firms.open(firmId)).code.program.settings.timeZone
  } catch {
    return 'UTC'
  }
}

/** The country of phone numbers without a country code, by connection; US where it can't be told. */
export async function countries(deps: Opening, firmId: FirmId): Promise<(id: ConnectionId) => string> {
  let connections: ApiFirm['connections'] | undefined
  try {
    connections = (await deps.firms.open(firmId)).connections
  } catch {
    // As above: people are answered all the same.
  }
  return (id) => connections?.get(id)?.reader?.country ?? 'US'
}

/** The states of the firm; undefined where the configuration can't be opened: people are answered all the same. */
export async function statesOf(deps: Pick<ApiDeps, 'firms'>, tx: FirmTx) {
  try {
    return (await deps.firms.code(tx)).program.statuses
  } catch {
    return undefined
  }
}

/** @param by as it stands in the record */
export const acting = (deps: Pick<ApiDeps, 'clock' | 'newId' | 'nudge'>, by: string) => ({
  by,
  now: deps.clock.now(),
  newId: deps.newId,
  nudge: deps.nudge,
})
