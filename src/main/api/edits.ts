/** How an edit of the configuration that could not be stored is answered, whatever is edited and in what form. */
import {
  type ConfigEdit,
  type ConfigProblem,
  type EditResult,
  pathText,
  problemText,
} from '../../modules/firms/index.ts'
import { type Problem, ProblemError } from '../../platform/http/problems.ts'

/**
 * Whoever edits says what they saw, and nobody overwrites what they did not see.
 *
 * @param holds the version that holds now; 0: it is gone
 */
export const outdated = (seen: number, holds: number): ProblemError =>
  new ProblemError({
    status: 409,
    title: 'Somebody has changed it meanwhile',
    detail: `you saw version ${seen}; ${holds === 0 ? 'it is gone by now' : `it is version ${holds} by now`}`,
  })

/** @param errors each with its place in the request; in a text, with line and column */
export const unusable = (errors: NonNullable<Problem['errors']>): ProblemError =>
  new ProblemError({ status: 422, title: 'It can not be used like this', errors })

/**
 * @param bodyPath where the item's body stands in the request
 * @param within the setting of the item that stands there alone; left out: the whole body
 * @throws ProblemError 409 where somebody else changed it meanwhile; 422 with every problem, and where it is
 */
export function refuseUnlessEdited(
  edited: EditResult,
  { kind, key, seenVersion }: Pick<ConfigEdit, 'kind' | 'key' | 'seenVersion'>,
  bodyPath = 'body',
  within?: string,
): Extract<EditResult, { ok: true }> {
  if (edited.ok) return edited
  if (edited.reason === 'outdated') throw outdated(seenVersion, edited.version)
  throw unusable(placedInRequest(edited.problems, { kind, key }, bodyPath, within))
}

/** @returns each with its place in the request; of another item, with whose it is */
export const placedInRequest = (
  problems: readonly ConfigProblem[],
  { kind, key }: Pick<ConfigEdit, 'kind' | 'key'>,
  bodyPath: string,
  within?: string,
): { path: string; message: string }[] =>
  problems.map((problem) => {
    if (problem.kind !== kind || problem.key !== key) return { path: bodyPath, message: problemText(problem) }
    const inner = pathText(problem.path[0] === within ? problem.path.slice(1) : problem.path)
    return { path: inner === '' ? bodyPath : `${bodyPath}.${inner}`, message: problem.message }
  })
