/** `tipstaff preview TEMPLATE --matter WHICH`: what it would say, before anybody is told. */
import { existsSync, readFileSync } from 'node:fs'
import type { FirmId, MatterId } from '../../kernel/index.ts'
import { findTarget } from '../../modules/console/index.ts'
import { type PlacedProblem, placeText, readDocuments, zodKind } from '../../modules/firms/index.ts'
import { type PreviewedMessage, previewTemplate } from '../../modules/rules/index.ts'
import { type CompiledTemplate, compileTemplate, templateConfig } from '../../modules/templates/index.ts'
import type { Runtime } from '../runtime.ts'
import {
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  type OperatingDeps,
  printJson,
  severalFit,
} from './operating.ts'

export interface PreviewOptions extends CommonOptions {
  matter: string
  language?: string | undefined
  /** A template's file, before it is applied. */
  file?: string | undefined
}

type Place = Pick<PlacedProblem, 'file' | 'line' | 'column'>

/** @returns 0; 1 when something would be held, or is not there */
export function previewCommand(
  deps: OperatingDeps & Pick<Runtime, 'firms'>,
  key: string,
  options: PreviewOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const template = options.file === undefined ? undefined : fromFile(options.file)
    const messages = await render(deps, firmId, key, options, template)
    if (options.json) printJson(deps.terminal, { template: key, messages })
    else deps.terminal.out(messages.map(forPeople).join('\n'))
    return messages.some((m) => m.problems.length > 0) ? 1 : 0
  })
}

function render(
  deps: OperatingDeps & Pick<Runtime, 'firms'>,
  firmId: FirmId,
  key: string,
  options: PreviewOptions,
  template: CompiledTemplate | undefined,
): Promise<PreviewedMessage[]> {
  return deps.db.forFirm(firmId, async (tx) => {
    const target = await findTarget(tx, 'matter', options.matter)
    if (target.kind === 'none') throw new CommandFailed(target.reason)
    if (target.kind === 'several') throw severalFit(target.candidates)
    const { program } = await deps.firms.code(tx)
    const messages = await previewTemplate(
      tx,
      program,
      {
        key,
        matterId: target.target.id as MatterId,
        ...(template ? { template } : {}),
        ...(options.language ? { languages: [options.language] } : {}),
      },
      deps.clock.now(),
    )
    if (messages === null)
      throw new CommandFailed(
        `the firm has no template ${key}; there are: ${[...program.templates.keys()].sort().join(', ')}`,
      )
    if (messages.length === 0)
      throw new CommandFailed(
        options.language
          ? `${key} has nothing in ${options.language}`
          : `${key} has nothing to say on any channel`,
      )
    return messages
  })
}

function fromFile(file: string): CompiledTemplate {
  if (!existsSync(file)) throw new CommandFailed(`${file} does not exist`)
  const refused = (place: Place, message: string) =>
    new CommandFailed(`${placeText({ ...place, file })} ${message}`)
  const { items, problems } = readDocuments([
    { path: 'templates/preview.yaml', text: readFileSync(file, 'utf8') },
  ])
  if (problems[0]) throw refused(problems[0], problems[0].message)
  const [item] = items
  if (item === undefined) throw new CommandFailed(`${file} holds no template`)
  const parsed = zodKind('template', templateConfig).parse(item.key, item.body)
  const compiled = parsed.ok ? compileTemplate(parsed.value) : parsed
  if (compiled.ok) return (compiled as { template: CompiledTemplate }).template
  const [problem] = compiled.problems
  throw refused(item.locate(problem!.path), problem!.message)
}

function forPeople(m: PreviewedMessage): string {
  const from = m.rule === null ? 'no rule uses it' : `rule ${m.rule}, ${m.eventAt ?? 'no such event yet'}`
  const size = m.segments === null ? '' : `, ${m.segments} ${m.segments === 1 ? 'segment' : 'segments'}`
  const head = `── ${m.channel} · ${m.language}${size} (${from})`
  if (m.problems.length > 0)
    return `${head}\nWould be held for staff:\n${m.problems.map((p) => `  ${p}`).join('\n')}\n`
  return `${head}\n${m.subject === null ? '' : `Subject: ${m.subject}\n\n`}${m.text!.trimEnd()}\n`
}
