/** What an audit found, as work for staff; what it did not find any more, as done. */
import type { ConnectionId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { wakeHeld } from '../notices/index.ts'
import { mattersOf, type NewItem, report, settle } from '../quality/index.ts'
import { findingsOf, type RunningAudit } from './store.ts'
import type { Audited, AuditReport } from './types.ts'

/** Beyond so many of a kind the system is at fault, not five thousand records: the report says so, and no list would help. */
const mostOfAKind = 5_000

/** @returns how many items are new or open again, and how many are fixed */
export async function syncItems(
  tx: FirmTx,
  audit: RunningAudit,
  audited: Pick<Audited, 'connectionId' | 'survey'>,
  found: Pick<AuditReport, 'records' | 'status'>,
  now: Temporal.Instant,
  newId: NewId,
): Promise<{ opened: number; fixed: number }> {
  const { connectionId, survey } = audited
  const items = (await findingsOf(tx, audit.id, mostOfAKind))
    // A status is mapped once, however many matters have it.
    .filter(({ kind }) => kind !== 'status_unknown' && kind !== 'record_unreadable')
    .map(
      (one): NewItem => ({
        connectionId,
        kind: one.kind,
        subject: one.subject,
        externalId: one.externalId,
        field: one.field,
        value: one.value,
        reason: one.reason,
        suggestion: one.suggestion,
        link: survey.link(one.subject, one.externalId),
      }),
    )
  const opened = await report(tx, [...items, ...unknownStatuses(connectionId, found)], now, newId)
  // Of a list that could not be read to its end nothing is known to be mended.
  const read = found.records.filter(({ problem }) => problem === null).map(({ holds }) => holds)
  const subjects = (['client', 'matter', 'appointment', 'document', 'bill'] as const).filter((subject) =>
    read.includes(subject),
  )
  const fixed = await settle(
    tx,
    {
      connectionId,
      before: audit.beganAt,
      subjects: subjects.includes('matter') ? [...subjects, 'status'] : subjects,
    },
    now,
  )
  const matterIds = await mattersOf(tx, connectionId, fixed)
  if (matterIds.length > 0) await wakeHeld(tx, { matterIds }, now)
  await record(
    tx,
    [
      {
        actor: 'tipstaff',
        action: 'cms.audited',
        subject: `connection:${connectionId}`,
        data: { audit: audit.id, opened, fixed: fixed.length },
      },
    ],
    now,
  )
  return { opened, fixed: fixed.length }
}

const unknownStatuses = (connectionId: ConnectionId, { status }: Pick<AuditReport, 'status'>): NewItem[] =>
  status.values
    .filter(({ state }) => state === null)
    .map(({ value, count, suggestions }) => ({
      connectionId,
      kind: 'status_unknown',
      subject: 'status',
      externalId: value,
      field: 'status',
      value,
      reason: `is not in the status map; ${count} ${count === 1 ? 'matter has' : 'matters have'} it`,
      suggestion: suggestions[0]?.state ?? null,
      link: null,
    }))
