/** `tipstaff export-matter`: everything said and heard in a matter, as one file for a court or an insurer. */
import { existsSync, writeFileSync } from 'node:fs'
import type { MatterId } from '../../kernel/index.ts'
import { findTarget } from '../../modules/console/index.ts'
import { type ExportLanguage, exportMatter } from '../../modules/exports/index.ts'
import { zoneOf } from '../api/deps.ts'
import {
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  type OperatingDeps,
  printJson,
  severalFit,
} from './operating.ts'

export interface ExportMatterOptions extends CommonOptions {
  /** Where to; absent: a name that says the matter and the day, in the present directory. */
  out?: string | undefined
  language: ExportLanguage
}

/** @param text a matter, as findTarget reads it */
export function exportMatterCommand(
  deps: OperatingDeps,
  text: string,
  options: ExportMatterOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const found = await deps.db.forFirm(firmId, (tx) => findTarget(tx, 'matter', text))
    if (found.kind === 'none') throw new CommandFailed(found.reason)
    if (found.kind === 'several') throw severalFit(found.candidates)
    // Asked before: that an export was made stands in the record.
    if (options.out !== undefined && existsSync(options.out))
      throw new CommandFailed(`${options.out} is there already`)
    const made = await exportMatter(deps, {
      firmId,
      matterId: found.target.id as MatterId,
      by: deps.by,
      byName: deps.by,
      language: options.language,
      zone: await zoneOf(deps, firmId),
      inFirm: (work) => deps.db.forFirm(firmId, work),
    })
    if (!made) throw new CommandFailed(`no matter is known by "${text}"`)
    const { zip, fileName, ...said } = made
    const path = options.out ?? fileName
    write(path, zip)
    if (options.json) printJson(deps.terminal, { ...said, path, bytes: zip.length, key: deps.record.key.id })
    else
      deps.terminal.out(
        `${found.name}: ${path} (${Math.ceil(zip.length / 1024)} kB)\nIt is checked with: node verify.mjs --key ${deps.record.key.id}\n`,
      )
    return 0
  })
}

/** Clients' words: to be read by whoever asked, and by nobody else; and never in the place of another export. */
function write(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new CommandFailed(code === 'EEXIST' ? `${path} is there already` : message)
  }
}
