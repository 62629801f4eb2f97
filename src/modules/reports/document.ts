/** All reports of a period, read at once for one document. */
import type { ReportFilter } from '../../../contracts/message-reports.ts'
import type { ReportLanguage } from '../../../contracts/report-words.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { messageReport, type ReportRange } from './messages.ts'
import type { ReportDocument } from './pdf.ts'
import { questionReport } from './questions.ts'
import { responseReport } from './responses.ts'

/** @returns what is to be written; no connection is needed for that */
export async function reportDocument(
  tx: FirmTx,
  range: ReportRange,
  filter: ReportFilter,
  language: ReportLanguage,
): Promise<ReportDocument> {
  const [firm] = await tx.rows<{ name: string }>('select name from firms where firm_id = current_firm()')
  return {
    firm: firm!.name,
    language,
    messages: await messageReport(tx, range, filter),
    questions: await questionReport(tx, range, filter),
    responses: await responseReport(tx, range, filter),
  }
}

/** Loaded when somebody first asks: its library costs every process 30 MB, and most never need it. */
export async function writeReport(told: ReportDocument): Promise<Uint8Array> {
  const { reportPdf } = await import('./pdf.ts')
  return reportPdf(told)
}
