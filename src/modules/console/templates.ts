/** Templates as staff see them: what each says, who says it, how it is received, and what a draft would say. */
import type {
  TemplateBody,
  TemplateDetail,
  TemplateRate,
  TemplateSummary,
} from '../../../contracts/templates.ts'
import { channels, type MatterId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type ItemAuthor, loadAuthors, loadConfig, loadHistory, type StoredItem } from '../firms/index.ts'
import type { FirmProgram } from '../rules/index.ts'
import { standardPaths } from '../templates/index.ts'
import { namesOfActors } from './rows.ts'

/** Below it a rate says more of chance than of the template. */
const enoughMails = 50
const hardly = 0.05

export async function templateList(tx: FirmTx, program: FirmProgram): Promise<TemplateSummary[]> {
  const items = (await loadConfig(tx)).items.filter((item) => item.kind === 'template')
  const authors = await loadAuthors(tx, 'template')
  const name = await namesOfActors(
    tx,
    [...authors.values()].map((a) => a.author),
  )
  return items.map((item) => summary(item, authors.get(item.key)!, program, name))
}

function summary(
  { key, version, body }: StoredItem,
  author: ItemAuthor,
  program: FirmProgram,
  name: (actor: string) => string,
): TemplateSummary {
  const { describe, languages } = body as unknown as TemplateBody
  const texts = Object.values(languages)
  return {
    key,
    describe: describe ?? null,
    languages: Object.keys(languages),
    channels: channels.filter((channel) => texts.some((t) => t[channel] !== undefined)),
    edition: version,
    changedAt: author.at.toString(),
    changedBy: name(author.author),
    origin: author.origin,
    reason: author.reason,
    ahead: author.ahead,
    usedBy: usesOf(key, program),
    missing: program.settings.languages.filter((language) => !Object.hasOwn(languages, language)),
  }
}

/** Keys of the rules, plans and digests that say it. */
function usesOf(key: string, program: FirmProgram): string[] {
  const rules = [...program.rulesByKey.values()]
    .filter((rule) => rule.actions.some((a) => a.kind === 'tell' && a.tell.template === key))
    .map((rule) => rule.key)
  const digests = [...program.digests.values()].filter((d) => d.template === key).map((d) => d.key)
  return [...new Set([...rules, ...digests])].sort()
}

/** @returns null when the firm has no such template */
export async function templateOf(
  tx: FirmTx,
  program: FirmProgram,
  key: string,
): Promise<Omit<TemplateDetail, 'warnings'> | null> {
  const item = (await loadConfig(tx)).items.find((one) => one.kind === 'template' && one.key === key)
  const author = (await loadAuthors(tx, 'template')).get(key)
  if (!item || !author) return null
  const name = await namesOfActors(tx, [author.author])
  const body = item.body as unknown as TemplateBody
  return { ...summary(item, author, program, name), body, variables: variablesOf(key, body, program) }
}

/** What any template may speak of. */
export const standardVariables = (): TemplateDetail['variables'] =>
  standardPaths.map((path) => ({ path, words: null }))

function variablesOf(key: string, body: TemplateBody, program: FirmProgram): TemplateDetail['variables'] {
  const told = (body.variables ?? {}) as Readonly<Record<string, string>>
  const passed = [...program.rulesByKey.values()].flatMap((rule) =>
    rule.actions.flatMap((a) => (a.kind === 'tell' && a.tell.template === key ? [...a.with.keys()] : [])),
  )
  const paths = new Set([...Object.keys(told), ...passed, ...standardPaths])
  return [...paths].map((path) => ({ path, words: told[path] ?? null }))
}

/** @returns the newest first; empty: there never was such a template */
export async function templateHistory(tx: FirmTx, key: string) {
  const versions = await loadHistory(tx, 'template', key)
  const name = await namesOfActors(
    tx,
    versions.map((v) => v.author),
  )
  return versions.map(({ version, body, origin, author, at, reason }) => ({
    edition: version,
    changedAt: at.toString(),
    changedBy: name(author),
    origin,
    reason,
    body: body as TemplateBody | null,
  }))
}

/** How what left since then was received, by template. Opens that a machine made are not counted (DESIGN, engagement). */
export async function templateRates(tx: FirmTx, from: Temporal.Instant): Promise<TemplateRate[]> {
  const rows = await tx.rows<Omit<TemplateRate, 'hardlyOpened'>>(
    `select template_key as key, count(*)::int as sent,
            count(*) filter (where state = 'delivered')::int as delivered,
            count(*) filter (where state in ('dead', 'undelivered'))::int as failed,
            count(*) filter (where channel = 'email' and state = 'delivered')::int as mails,
            count(*) filter (where channel = 'email' and opened_at is not null)::int as opened,
            count(*) filter (where channel = 'email' and clicked_at is not null)::int as clicked,
            count(*) filter (where channel = 'sms' and replied_at is not null)::int as replied
     from messages where firm_id = current_firm() and sent_at >= $1
     group by template_key order by template_key`,
    [from],
    'template_rates',
  )
  return rows.map((row) => ({
    ...row,
    hardlyOpened: row.mails >= enoughMails && row.opened < row.mails * hardly,
  }))
}

/** How far back the newest message of a template is looked for. */
const lookBack = 20_000

/** A matter to try a draft on: the one that was told this last, else the one that was read last. */
export async function sampleMatter(tx: FirmTx, key: string): Promise<{ id: MatterId; name: string } | null> {
  const [row] = await tx.rows<{ id: MatterId; name: string }>(
    `select t.id, coalesce(t.number, t.external_id) as name from matters t where t.id = coalesce(
       (select m.matter_id from (select matter_id, template_key, id from messages where firm_id = current_firm()
                                 order by id desc limit ${lookBack}) m
        where m.template_key = $1 and m.matter_id is not null order by m.id desc limit 1),
       (select id from matters where firm_id = current_firm() and client_id is not null and state is not null
        order by id desc limit 1))`,
    [key],
  )
  return row ?? null
}
