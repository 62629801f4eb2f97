/** Values of records in a report: masked, unless somebody asked for them. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { findingsOf } from './store.ts'
import type { AuditReport } from './types.ts'

/** @returns the report with the values of its examples: as they are, or masked */
export async function withValues(tx: FirmTx, report: AuditReport, show: boolean): Promise<AuditReport> {
  const most = Math.max(1, ...report.trouble.map(({ examples }) => examples.length))
  const found = new Map(
    (await findingsOf(tx, report.auditId, most)).map((f) => [
      `${f.kind} ${f.subject} ${f.externalId} ${f.field}`,
      f,
    ]),
  )
  return {
    ...report,
    trouble: report.trouble.map((one) => ({
      ...one,
      examples: one.examples.map((example) => {
        const stored = found.get(`${one.kind} ${one.subject} ${example.externalId} ${example.field}`)
        const reveal = (text: string | null | undefined) =>
          text == null ? null : show || isWord(one.kind) ? text : mask(text)
        return { ...example, value: reveal(stored?.value), suggestion: reveal(stored?.suggestion) }
      }),
    })),
  }
}

/** Of these the value is the firm's own word, a date or an amount, not what a person is known or reached by. */
const isWord = (kind: string): boolean =>
  /^(status|zone|preference|language|date|statute|amount|paid|deadline|ends|all_day)_/.test(kind)

/**
 * Enough to recognise it with the record open, not enough to use it: first letters, last digits, punctuation; of a
 * mail address its domain, where most mistakes are.
 */
export function mask(text: string): string {
  const [, local, domain] = /^([^@]*)(@[^@\s]*)$/.exec(text) ?? []
  if (local !== undefined && domain !== undefined) return `${hidden(local)}${domain}`
  const count = text.match(/\d/g)?.length ?? 0
  let at = 0
  if (count >= 5)
    return text.replace(/\d/g, (digit) => (++at > count - 2 ? digit : '•')).replace(/\p{L}/gu, '•')
  return hidden(text)
}

const hidden = (text: string): string => text.replace(/(?<=[\p{L}\p{N}])[\p{L}\p{N}]/gu, '•')
