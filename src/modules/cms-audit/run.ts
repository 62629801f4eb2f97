/** Reading a CMS from end to end for an audit: page by page, under its rate limit, with nothing written into it. */
import type { FirmId, NewId } from '../../kernel/index.ts'
import type { Database } from '../../platform/db/firm-tx.ts'
import type { CmsCall, CmsChanges, CmsPage, CmsTrouble, CmsVerdict } from '../connections/index.ts'
import { conclude } from './conclude.ts'
import { judgeRecord, type PageFindings } from './judge.ts'
import { beginAudit, type RunningAudit, storePage } from './store.ts'
import { countCall, emptyTally } from './tally.ts'
import type { Audited, AuditReport, Bench } from './types.ts'

export interface AuditDeps {
  db: Database
  now(): Temporal.Instant
  /** Milliseconds that only rise. */
  monotonic(): number
  newId: NewId
  /** Returns early when the audit is stopped. */
  wait(seconds: number): Promise<void>
}

export interface Progress {
  model: string
  /** Which list of how many. */
  list: number
  lists: number
  records: number
  /** Seconds that the CMS told us to wait; null while reading. */
  waiting: number | null
}

export interface AuditOptions {
  fresh: boolean
  bench: Bench
  onProgress(progress: Progress): void
  /** Asked between pages: what was read is kept, and the next run goes on. */
  stopped?(): boolean
}

export type AuditVerdict =
  | { ok: true; report: AuditReport }
  /** `stopped`: it goes on with the next run. */
  | { ok: false; why: 'stopped' | 'taken_over' | 'unauthorised'; detail: string }

/** Tries of one page while the CMS is not there: 2 + 4 + 8 + 16 seconds. */
const mostTries = 5
/** A diary that can only be asked by dates. */
const window = { back: 2 * 365, ahead: 6 * 365 }

export async function runAudit(
  deps: AuditDeps,
  firmId: FirmId,
  audited: Audited & {
    changes: CmsChanges
    /** Whether the CMS lets us in at all. */
    stillIn(): Promise<boolean>
  },
  options: AuditOptions,
): Promise<AuditVerdict> {
  const audit = await deps.db.forFirm(firmId, (tx) =>
    beginAudit(tx, audited.connectionId, options.fresh, emptyTally(), deps.now(), deps.newId),
  )
  const began = deps.monotonic() - audit.workedMs
  const { changes, streams, survey } = audited
  for (let list = audit.list; list < streams.length; list++) {
    const stream = streams[list]!
    const read = (cursor: string | null) => readPage(deps, audit, changes, list, cursor, streams, options)
    let cursor = list === audit.list ? audit.cursor : null
    let reading: Promise<CmsVerdict<CmsPage> | null> | null = read(cursor)
    while (reading !== null) {
      const page: CmsVerdict<CmsPage> | null = await reading
      if (page === null)
        return { ok: false, why: 'stopped', detail: 'what was read is kept; the next run goes on' }
      // One list may be closed to us; when nothing is open any more, there is no more to find out.
      if (!page.ok && page.kind === 'unauthorised' && !(await audited.stillIn()))
        return { ok: false, why: 'unauthorised', detail: `${page.detail}; what was read is kept` }
      const { tally } = audit
      tally.lists[stream.model] ??= { count: 0, problem: null }
      const counts = tally.lists[stream.model]!
      const found: PageFindings = { findings: [], marks: [], matters: [], ahead: [] }
      let next: string | null = null
      if (page.ok) {
        next = page.value.next
        counts.count += page.value.records.length
        // The next page is on its way while this one is judged and stored.
        reading = next === null ? null : read(next)
        for (const record of page.value.records)
          judgeRecord(stream.model, stream.holds, record, survey, options.bench, tally, found)
      } else {
        counts.problem = page.detail
        reading = null
      }
      cursor = next
      audit.workedMs = deps.monotonic() - began
      const ours = await deps.db.forFirm(firmId, (tx) =>
        storePage(
          tx,
          audit,
          found,
          next === null ? { list: list + 1, cursor: null } : { list, cursor },
          audit.workedMs,
        ),
      )
      audit.step++
      if (!ours) {
        await reading
        return { ok: false, why: 'taken_over', detail: 'another process goes on with this audit' }
      }
      options.onProgress({
        model: stream.model,
        list,
        lists: streams.length,
        records: counts.count,
        waiting: null,
      })
    }
  }
  audit.workedMs = deps.monotonic() - began
  const report = await deps.db.forFirm(firmId, (tx) =>
    conclude(tx, audit, audited, options.bench, deps.now(), deps.newId),
  )
  return { ok: true, report }
}

/** One page, however often it has to be asked for; null: stopped. What can't be had is the list's problem. */
async function readPage(
  deps: AuditDeps,
  audit: RunningAudit,
  changes: CmsChanges,
  list: number,
  cursor: string | null,
  streams: Audited['streams'],
  options: AuditOptions,
): Promise<CmsVerdict<CmsPage> | null> {
  const stream = streams[list]!
  const onCall = (call: CmsCall) => countCall(audit.tally, call)
  const today = options.bench.now
  const ask = {
    since: null,
    window:
      stream.by === 'window'
        ? {
            from: today.subtract({ hours: window.back * 24 }),
            until: today.add({ hours: window.ahead * 24 }),
          }
        : null,
    cursor,
    thorough: true,
  }
  for (let tries = 0; ; ) {
    if (options.stopped?.()) return null
    const page = await changes.page(stream.model, ask, onCall)
    if (page.ok) return page
    const seconds = pause(page, tries)
    if (seconds === null) return page
    // Waiting because we were told to is no failed try.
    if (page.kind !== 'rate_limited') tries++
    const records = audit.tally.lists[stream.model]?.count ?? 0
    options.onProgress({ model: stream.model, list, lists: streams.length, records, waiting: seconds })
    await deps.wait(seconds)
  }
}

/** Seconds until the page is asked for again; null: not again. */
function pause(trouble: CmsTrouble, tries: number): number | null {
  switch (trouble.kind) {
    case 'rate_limited':
      return Math.max(1, trouble.retryAfter ?? 60)
    case 'unavailable':
      return tries + 1 < mostTries ? Math.max(trouble.retryAfter ?? 0, 2 ** (tries + 1)) : null
    case 'not_found':
    case 'refused':
    case 'unauthorised':
      return null
  }
}
