/**
 * What payloads have looked like so far, by connection, mapping and field. One book per firm and process; what it learns
 * goes into `payload_shapes`, and once that is settled, nothing is written any more.
 */
import type { ConnectionId, Json } from '../../kernel/index.ts'
import { toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import {
  type Drift,
  driftOf,
  type FieldKind,
  type FieldRead,
  learned,
  lookAt,
  type MappingRef,
  type Shape,
} from '../connections/index.ts'

interface Row extends Record<string, unknown> {
  connection_id: ConnectionId
  mapping: string
  field: string
  seen: number
  lost: number
  kind: FieldKind | 'several' | null
}

const unseen: Shape = { seen: 0, lost: 0, kind: null }
const nameOf = (connectionId: ConnectionId, mapping: string, field: string) =>
  JSON.stringify([connectionId, mapping, field])

export class ShapeBook {
  readonly #shapes: Map<string, Shape>
  readonly #changed = new Map<string, Row>()

  readonly #open: Set<string>

  /** @param open causes of the alerts on drift that are open */
  constructor(rows: readonly Row[], open: Iterable<string> = []) {
    this.#open = new Set(open)
    this.#shapes = new Map(
      rows.map((r) => [
        nameOf(r.connection_id, r.mapping, r.field),
        { seen: r.seen, lost: r.lost, kind: r.kind },
      ]),
    )
  }

  /**
   * Holds a payload against what is known, and learns from it.
   *
   * @param needed whether a rule needs what the field becomes
   * @returns what has drifted; then nothing is learned from this payload
   */
  look(
    connectionId: ConnectionId,
    by: MappingRef,
    body: Json,
    needed: (read: FieldRead) => boolean,
  ): Drift[] {
    const looks = by.reads.filter(needed).map(({ field }) => {
      const name = nameOf(connectionId, by.key, field)
      return { field, name, shape: this.#shapes.get(name) ?? unseen, look: lookAt(body, field) }
    })
    const drifts = looks.flatMap(({ field, shape, look }) => driftOf(field, shape, look) ?? [])
    if (drifts.length > 0) return drifts
    for (const { field, name, shape, look } of looks) {
      const next = learned(shape, look)
      if (next === shape) continue
      this.#shapes.set(name, next)
      this.#changed.set(name, { connection_id: connectionId, mapping: by.key, field, ...next })
    }
    return []
  }

  /** It was told that these payloads lack something, and here is one that does not. @returns true once */
  healed(connectionId: ConnectionId, by: MappingRef): boolean {
    return this.#open.delete(driftCause(connectionId, by.key))
  }

  /** The operators are told of it. */
  told(connectionId: ConnectionId, mapping: string): void {
    this.#open.add(driftCause(connectionId, mapping))
  }

  /** What is new since the last time. */
  take(): Row[] {
    const rows = [...this.#changed.values()]
    this.#changed.clear()
    return rows
  }
}

/** What names an alert on drift: one for each mapping, however many payloads and fields. */
export const driftCause = (connectionId: ConnectionId, mapping: string): string =>
  `${connectionId} ${mapping}`

export async function loadShapes(tx: FirmTx, open: Iterable<string>): Promise<ShapeBook> {
  return new ShapeBook(
    await tx.rows<Row>(
      'select connection_id, mapping, field, seen, lost, kind from payload_shapes where firm_id = current_firm()',
    ),
    open,
  )
}

/** Two processes may learn at once: whoever has seen more is believed, and a loss that either saw counts. */
export function storeShapes(tx: FirmTx, book: ShapeBook): void {
  const rows = book.take()
  if (rows.length === 0) return
  tx.later(
    `insert into payload_shapes as s (firm_id, connection_id, mapping, field, seen, lost, kind)
     select current_firm(), connection_id, mapping, field, seen, lost, kind
     from json_to_recordset($1) as x(connection_id uuid, mapping text, field text, seen integer, lost integer, kind text)
     on conflict (connection_id, mapping, field) do update set seen = greatest(s.seen, excluded.seen),
       lost = greatest(s.lost, excluded.lost),
       kind = case when s.kind is null or s.kind = excluded.kind then excluded.kind
                   when excluded.kind is null then s.kind else 'several' end`,
    [toJson(rows)],
    'shapes_store',
  )
}

/** The change is meant: what the payloads of a connection look like is learned anew. @returns how many fields */
export function forgetShapes(tx: FirmTx, connectionId: ConnectionId, field: string | null): Promise<number> {
  return tx.run('delete from payload_shapes where connection_id = $1 and ($2::text is null or field = $2)', [
    connectionId,
    field,
  ])
}
