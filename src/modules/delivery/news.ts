import type { MessageId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

/** News for the modules above, told inside the transaction that makes it true. */
export interface DeliveryNews {
  dead(tx: FirmTx, letters: DeadNews[], now: Temporal.Instant): Promise<void>
}
export interface DeadNews {
  deadLetterId: string
  messageId: MessageId
  cause: string
  detail: string
  provider: string
  page: boolean
}
