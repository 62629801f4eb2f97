/** Whom or what a request names. */
import type { PauseTarget } from '../../../contracts/operations.ts'
import { findTarget } from '../../modules/console/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { ambiguous, notFound, wrong } from './params.ts'

/**
 * @param text as findTarget reads it
 * @param path of the field that says it, for the answer
 * @throws ProblemError where it is none, or several
 */
export async function wanted(tx: FirmTx, scope: PauseTarget, text: string | undefined, path: string) {
  const found = await findTarget(tx, scope, text)
  switch (found.kind) {
    case 'found':
      return { target: found.target, name: found.name }
    case 'none':
      if (text === undefined || scope === 'firm') throw wrong(path, found.reason)
      throw notFound(found.reason)
    case 'several':
      throw ambiguous(path, found.candidates)
  }
}
