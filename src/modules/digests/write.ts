/** The words of a digest: its lines by matter, in order, in the firm's own frame. Pure. */
import type { Channel } from '../../kernel/index.ts'
import type { DigestConfig } from '../moments/index.ts'
import { clientValues, type FirmProgram, languageFor, zoneFor } from '../rules/index.ts'
import { type Rendered, renderMessage, toContext } from '../templates/index.ts'
import type { Line } from './judge.ts'

/** As it is kept for the page behind the link. */
export interface DigestLines {
  language: string
  groups: { matter: { number: string | null; title: string | null }; lines: string[] }[]
}

/** A mail is to be read in a minute; the page has them all. */
const mostShown = 40

/** @param lines two at least, of one client */
export function groupLines(lines: readonly Line[], language: string): DigestLines {
  const inOrder = lines.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
  const groups = [...Map.groupBy(inOrder, (line) => line.matter.id).values()].map((of) => ({
    matter: { number: of[0]!.matter.number, title: of[0]!.matter.title },
    lines: of.map((line) => line.text),
  }))
  return { language, groups }
}

/** Fields of a digest's template beside those of every message. */
export const digestVariables = ['groups', 'count', 'more', 'link', 'client', 'firm'] as const

/** @param link leads to the page of this digest */
export function writeDigest(
  program: FirmProgram,
  digest: Pick<DigestConfig, 'template'>,
  channel: Channel,
  lines: readonly Line[],
  link: string,
): { words: Rendered; version: number; kept: DigestLines } {
  const { client } = lines[0]!
  const language = languageFor(program, client.language)
  const kept = groupLines(lines, language)
  const template = program.templates.get(digest.template)
  if (template === undefined) {
    const problem = { kind: 'missing' as const, what: `template ${digest.template}` }
    return { words: { ok: false, problems: [problem] }, version: 0, kept }
  }
  let left = mostShown
  const groups = kept.groups.flatMap(({ matter, lines }) => {
    const shown = lines.slice(0, left)
    left -= shown.length
    return shown.length > 0 ? [{ matter, lines: shown }] : []
  })
  const words = renderMessage(template.template, {
    channel,
    language,
    fallbackLanguage: program.settings.languages[0]!,
    timeZone: zoneFor(program, client.timeZone),
    homeZone: program.settings.timeZone,
    context: toContext({
      client: clientValues(client),
      matter: {},
      event: {},
      firm: { name: program.settings.name, phone: program.settings.offices[0]?.phone ?? null },
      groups,
      count: lines.length,
      more: Math.max(0, lines.length - mostShown),
      link,
    }),
  })
  return { words, version: template.version, kept }
}
