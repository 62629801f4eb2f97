/** Answers that come late, to a message that others have moved since. */
import { describe, expect, it } from 'vitest'
import { fillTables, tablesOf } from '../../../test/support/catalog.ts'
import { testDatabase } from '../../../test/support/database.ts'
import type { AttemptId, FirmId, MessageId, SendVerdict } from '../../kernel/index.ts'
import { database } from '../../platform/db/firm-tx.ts'
import { writeOutcomes } from './outcomes.ts'

const { pool, adminPool } = await testDatabase()
const db = database(pool)
const tables = await tablesOf(adminPool)
const now = Temporal.Instant.from('2030-01-15T18:00:00Z')
const lease = now.add({ seconds: 40 })

/** A message in this state with this many attempts, the newest still open. */
async function message(state: 'sending' | 'unknown', attempts: number) {
  const firmId = crypto.randomUUID() as FirmId
  const rows = await fillTables(adminPool, tables, firmId)
  const { id, connection_id } = rows.get('messages') as { id: MessageId; connection_id: string }
  await adminPool.query('delete from receipts where firm_id = $1', [firmId])
  await adminPool.query('delete from dead_letters where firm_id = $1', [firmId])
  await adminPool.query('delete from attempts where firm_id = $1', [firmId])
  for (const step of ['queued', 'sending', ...(state === 'unknown' ? ['unknown'] : [])])
    await adminPool.query(
      'update messages set state = $2, attempt_count = $3, lease_until = $4 where id = $1',
      [id, step, attempts, lease],
    )
  const ids: AttemptId[] = []
  for (let number = 1; number <= attempts; number++) {
    const attempt = crypto.randomUUID() as AttemptId
    ids.push(attempt)
    await adminPool.query(
      `insert into attempts (firm_id, id, message_id, number, connection_id, started_at, lease_until) values ($1, $2, $3, $4, $5, $6, $7)`,
      [firmId, attempt, id, number, connection_id, now, lease],
    )
  }
  const dead: string[] = []
  const answer = (number: number, verdict: SendVerdict | { kind: 'abandoned' }) =>
    db.forFirm(firmId, (tx) =>
      writeOutcomes(
        tx,
        [
          {
            firmId,
            attemptId: ids[number - 1]!,
            messageId: id,
            number,
            retryStep: 0,
            verdict,
            provider: 'twilio',
          },
        ],
        {
          now,
          schedule: [Temporal.Duration.from('PT1M')],
          newId: () => crypto.randomUUID() as never,
          news: { dead: async (_tx, letters) => void dead.push(...letters.map((l) => l.cause)) },
        },
      ),
    )
  const seen = async () =>
    (
      await adminPool.query(
        `select m.state, m.lease_until is not null as leased, m.provider_message_id as id,
           (select array_agg(coalesce(a.verdict, 'open') order by a.number) from attempts a where a.message_id = m.id) as attempts
         from messages m where m.id = $1`,
        [id],
      )
    ).rows[0]
  return { answer, seen, dead }
}

const accepted: SendVerdict = { kind: 'accepted', providerMessageId: 'SM1' }

describe('an answer', () => {
  it('in time decides, and ends the lease', async () => {
    const { answer, seen } = await message('sending', 1)
    await answer(1, accepted)
    expect(await seen()).toEqual({ state: 'sent', leased: false, id: 'SM1', attempts: ['accepted'] })
  })

  it('that comes twice counts once', async () => {
    const { answer, seen, dead } = await message('sending', 1)
    await answer(1, { kind: 'refused', code: '21211', detail: '' })
    await answer(1, accepted)
    expect(await seen()).toMatchObject({ state: 'dead', attempts: ['refused'] })
    expect(dead).toEqual(['refused'])
  })

  it.each([
    [accepted, 'sent', 'accepted'],
    [{ kind: 'refused', code: '21211', detail: '' } as SendVerdict, 'dead', 'refused'],
    [{ kind: 'retry', code: '500', detail: '' } as SendVerdict, 'queued', 'retry'],
    [{ kind: 'ambiguous', detail: 'reset' } as SendVerdict, 'unknown', 'ambiguous'],
  ])(
    'of a process that was given up for lost is better than not knowing: %o',
    async (verdict, state, kept) => {
      const { answer, seen } = await message('unknown', 1)
      await answer(1, verdict)
      expect(await seen()).toMatchObject({ state, attempts: [kept] })
    },
  )

  it('to an older attempt leaves the one that is under way alone, lease and all', async () => {
    const { answer, seen } = await message('sending', 2)
    await answer(1, { kind: 'retry', code: '500', detail: '' })
    expect(await seen()).toEqual({ state: 'sending', leased: true, id: null, attempts: ['retry', 'open'] })
    await answer(2, accepted)
    expect(await seen()).toMatchObject({ state: 'sent', attempts: ['retry', 'accepted'] })
  })
})
