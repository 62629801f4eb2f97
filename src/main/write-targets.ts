/** Which of a firm's connections something is written into, and what. */
import type { CmsWritingKind } from '../modules/connections/index.ts'
import type { WriteTarget } from '../modules/writeback/index.ts'
import type { OpenFirm } from './firms.ts'

export function writeTargets({ connections }: Pick<OpenFirm, 'connections'>): WriteTarget[] {
  return [...connections].flatMap(([connectionId, { key, kind, settings, reader }]) => {
    const { communications, tasks, notes } = settings.writeBack ?? {}
    const wants = new Set<CmsWritingKind>([
      ...(communications ? (['communication'] as const) : []),
      ...(tasks ? (['task'] as const) : []),
      ...(notes ? (['note'] as const) : []),
    ])
    // One that can't be opened now is still looked after: what is to be written waits for it.
    return wants.size === 0 ? [] : [{ connectionId, key, kind, wants, writer: reader?.writer ?? null }]
  })
}
