/** Schema drift as operators hear of it, and what payloads have looked like, kept for half a minute per process. */
import type { FirmId } from '../kernel/index.ts'
import { type NewAlert, openCauses, resolve } from '../modules/alerts/index.ts'
import {
  type Drifted,
  driftCause,
  type IngestDeps,
  loadShapes,
  type ShapeBook,
} from '../modules/ingest/index.ts'
import type { FirmTx } from '../platform/db/firm-tx.ts'
import type { Firms } from './firms.ts'

interface DriftDeps {
  firms: Firms
  now(): Temporal.Instant
  monotonic(): number
  alert(tx: FirmTx, alerts: readonly NewAlert[]): Promise<void>
}

const kind = 'schema_drift'
/** Other processes learn too, and people say that a change is meant: in milliseconds. */
const keptFor = 30_000

export function driftWatch(deps: DriftDeps): Pick<IngestDeps, 'shapes' | 'drifted' | 'healed'> {
  const books = new Map<FirmId, { book: ShapeBook; loadedAt: number }>()
  return {
    async shapes(tx) {
      const known = books.get(tx.firmId)
      if (known && deps.monotonic() - known.loadedAt < keptFor) return known.book
      const book = await loadShapes(tx, await openCauses(tx, kind))
      books.set(tx.firmId, { book, loadedAt: deps.monotonic() })
      return book
    },
    async drifted(tx, drifted) {
      const { connections } = await deps.firms.opened(tx.firmId)
      const byCause = Map.groupBy(drifted, (d) => driftCause(d.delivery.connection_id, d.mapping))
      await deps.alert(
        tx,
        [...byCause].map(([cause, those]) => {
          const [first] = those
          const connection =
            connections.get(first!.delivery.connection_id)?.key ?? first!.delivery.connection_id
          return {
            kind,
            cause,
            severity: 'page' as const,
            title: `Payloads of ${connection} lack what rules need: ${fieldsOf(those).join(', ')}. They wait in quarantine`,
            detail: {
              connection,
              fields: fieldsOf(those),
              rules: first!.rules,
              hint: 'When the field is back, or the mapping is right: npx tipstaff quarantine replay --all. When the change is meant: npx tipstaff quarantine accept-change',
            },
          }
        }),
      )
    },
    async healed(tx, causes) {
      for (const cause of causes) await resolve(tx, { kind, cause }, deps.now())
    },
  }
}

const fieldsOf = (drifted: readonly Drifted[]): string[] => [
  ...new Set(
    drifted.flatMap((d) =>
      d.fields.map((f) => (f.is === 'lost' ? f.field : `${f.field} (was ${f.was}, is ${f.is})`)),
    ),
  ),
]
