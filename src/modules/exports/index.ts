/** A matter's whole communication for a court or an insurer: one file that proves itself without us. */
import type { KeyObject } from 'node:crypto'
import type { Clock, FirmId, MatterId, NewId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import { proveEntries, record, type SealingKey } from '../audit/index.ts'
import { wholeMatter } from '../console/index.ts'
import { communicationOf, nameOf } from './communication.ts'
import { digestOf, jsonOf, packageOf } from './package.ts'
import type { ExportLanguage } from './types.ts'
import { readme } from './words.ts'

export type { Communication, ExportLanguage, ExportMessage } from './types.ts'

export interface ExportDeps {
  db: Database
  clock: Pick<Clock, 'now'>
  newId: NewId
  /** Seals what is finished, signs what is handed over, and knows the keys of all that was sealed. */
  record: {
    settle(firmId: FirmId): Promise<unknown>
    key: SealingKey
    publicKeys(): Promise<ReadonlyMap<string, KeyObject>>
  }
}

export interface ExportRequest {
  firmId: FirmId
  matterId: MatterId
  /** As it stands in the record. */
  by: string
  /** For people. */
  byName: string
  language: ExportLanguage
  /** The firm's. */
  zone: string
  /** Reads as whoever asks: what is closed to them is not there. */
  inFirm<T>(work: (tx: FirmTx) => Promise<T>): Promise<T>
}

export interface MadeExport {
  id: string
  /** Of the zip. */
  fileName: string
  zip: Uint8Array
  /** SHA-256 of the parts, as the record has them. */
  digests: { json: string; pdf: string }
}

/**
 * Reads, proves, writes and packs. That it was made stands in the record, with the digests of what was handed out.
 *
 * @returns null where there is no such matter for whoever asks
 */
export async function exportMatter(deps: ExportDeps, request: ExportRequest): Promise<MadeExport | null> {
  const { firmId, matterId, by, zone, language } = request
  // What is finished is proven; only what still goes on is not.
  await deps.record.settle(firmId)
  const madeAt = deps.clock.now()
  const read = await request.inFirm(async (tx) => {
    const whole = await wholeMatter(tx, matterId, { zone, now: madeAt })
    const [firm] = await tx.rows<{ key: string; name: string }>(
      'select key, name from firms where firm_id = $1',
      [firmId],
    )
    return whole && firm ? { whole, firm } : null
  })
  if (!read) return null
  const { whole, firm } = read
  const id = deps.newId<string>()
  const communication = communicationOf(whole, {
    export: { id, madeAt: madeAt.toString(), madeBy: request.byName, language },
    firm: { id: firmId, key: firm.key, name: firm.name, timeZone: zone },
  })
  const proof = await deps.db.forFirm(firmId, (tx) => proveEntries(tx, whole.entries))
  // Loaded when somebody first asks: its library costs every process 30 MB, and most never need it.
  const { pdfOf } = await import('./pdf.ts')
  const [json, pdf] = [jsonOf(communication), await pdfOf(communication)]
  const digests = { json: digestOf(json), pdf: digestOf(pdf) }
  await request.inFirm((tx) =>
    record(
      tx,
      [
        {
          actor: by,
          action: 'matter.exported',
          subject: `matter:${matterId}`,
          data: { export: id, language, ...digests },
        },
      ],
      deps.clock.now(),
    ),
  )
  const { key } = deps.record
  const matter = nameOf(communication)
  const zip = packageOf(
    { communication, json, pdf },
    {
      proof,
      keys: await deps.record.publicKeys(),
      key,
      readme: readme({ matter, firm: firm.name, madeAt: madeAt.toString(), keyId: key.id }),
    },
  )
  return { id, fileName: fileNameOf(communication.matter, madeAt), zip, digests }
}

/** Letters that every system takes in the name of a file. */
function fileNameOf(matter: { number: string | null; externalId: string }, at: Temporal.Instant): string {
  const name = (matter.number ?? matter.externalId).replaceAll(/[^A-Za-z0-9-]+/g, '-').slice(0, 60)
  return `tipstaff-${name}-${at.toString().slice(0, 10)}.zip`
}
