/** What the reads of every day could not use of a client, as items; what they can use again, as fixed. */
import type { ConnectionId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { CmsRejected } from '../connections/index.ts'
import { report, settle } from './store.ts'
import type { NewItem } from './types.ts'

/** The audit's words for the same things, so that what one of them finds the other sees mended. */
const kinds = {
  phone: 'phone_unusable',
  email: 'mail_unusable',
  time_zone: 'zone_unknown',
  language: 'language_unknown',
} as const
const landline = 'phone_landline'

/** @param link where staff see the client in the CMS */
export async function reportRejected(
  tx: FirmTx,
  read: {
    connectionId: ConnectionId
    clientExternalId: string
    rejected: readonly CmsRejected[]
    link: string | null
  },
  now: Temporal.Instant,
  newId: NewId,
): Promise<void> {
  const items = read.rejected.flatMap((one): NewItem[] => {
    const takesNoTexts = one.field === 'phone' && /take no texts|takes no texts/.test(one.reason)
    // A landline or a fax that is called one is no dirt.
    if (takesNoTexts && !/mobile|cell/i.test(one.label ?? '')) return []
    return [
      {
        connectionId: read.connectionId,
        kind: takesNoTexts ? landline : kinds[one.field],
        subject: 'client',
        externalId: read.clientExternalId,
        field: one.field,
        value: one.value,
        reason: one.reason,
        suggestion: null,
        link: read.link,
      },
    ]
  })
  await report(tx, items, now, newId)
  // What held for it is looked at again anyway: the read that shows it mended wakes all of the matter.
  await settle(
    tx,
    {
      connectionId: read.connectionId,
      before: now,
      kinds: [...Object.values(kinds), landline],
      externalId: read.clientExternalId,
      subjects: ['client'],
    },
    now,
  )
}
