/** `POST /rules/{key}/trial`: a draft beside what holds, on the last 30 days. */
import type { RuleTrial } from '../../contracts/rules.ts'
import { loadConfig } from '../modules/firms/index.ts'
import {
  type CompiledRule,
  compileRule,
  type RuleConfig,
  trialDays,
  tryRule,
} from '../modules/rules/index.ts'
import type { FirmTx } from '../platform/db/firm-tx.ts'
import type { ApiDeps } from './api/deps.ts'
import { invalidDraft } from './api/item-editing.ts'
import type { ConfigEdits } from './config-edits.ts'
import { ruleIn } from './rule-answers.ts'

/** How long one part may take, in milliseconds. */
const longest = 2_000

/** So that whoever tries things leaves the others a connection and a processor. */
const mostAtOnce = 2
let underWay = 0
const waiting: (() => void)[] = []

/** Runs `work` when fewer than two trials of this process are under way; who waits holds nothing. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (underWay >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  else underWay++
  try {
    return await work()
  } finally {
    // A turn is handed on, not given back and taken again: nobody gets in between.
    const next = waiting.shift()
    if (next) next()
    else underWay--
  }
}

/** @throws ProblemError 422 where the draft could not be published as it is */
export async function tryDraft(
  tx: FirmTx,
  { firms, clock, newId }: ApiDeps,
  edits: ConfigEdits,
  draft: { key: string; text: string },
  asked: { cursor?: string | undefined; limit: number; same: boolean },
): Promise<RuleTrial> {
  const { body, problems } = await edits.check(tx, { kind: 'rule', ...draft })
  const wanted = ruleIn(body)
  if (problems.length > 0 || wanted === null) throw invalidDraft(problems)
  const { items } = await loadConfig(tx)
  const present = items.find((item) => item.kind === 'rule' && item.key === draft.key)
  const { program } = await firms.code(tx)
  const began = clock.monotonic()
  const now = clock.now()
  const {
    items: tried,
    lookedUntil,
    ...part
  } = await tryRule(tx, program, {
    key: draft.key,
    before: present ? compiled(ruleIn(present.body), present.version) : null,
    after: compiled(wanted, (present?.version ?? 0) + 1),
    now,
    cursor: asked.cursor ?? null,
    limit: asked.limit,
    same: asked.same,
    firmId: tx.firmId,
    newId,
    spent: () => clock.monotonic() - began > longest,
  })
  return {
    ...part,
    edition: present?.version ?? 0,
    since: now.subtract({ hours: 24 * trialDays }).toString(),
    lookedUntil: lookedUntil?.toString() ?? null,
    items: tried.map(({ event, why, standIns, ...item }) => ({
      ...item,
      event: { ...event, occurredAt: event.occurredAt.toString() },
      why: why && { outcome: why.outcome, reason: why.reason ?? null },
      standIns: [...standIns],
    })),
  }
}

function compiled(rule: RuleConfig | null, version: number): CompiledRule | null {
  if (rule === null || rule.off) return null
  const made = compileRule(rule, version)
  return made.ok ? made.rule : null
}
