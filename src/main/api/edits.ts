/** How an edit of the configuration that could not be stored is answered. */
import { type ConfigEdit, type EditResult, pathText, problemText } from '../../modules/firms/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'

/**
 * @param bodyPath where the item's body stands in the request
 * @throws ProblemError 409 where somebody else changed it meanwhile; 422 with every problem, and where it is
 */
export function refuseUnlessEdited(
  edited: EditResult,
  { kind, key, seenVersion }: Pick<ConfigEdit, 'kind' | 'key' | 'seenVersion'>,
  bodyPath = 'body',
): Extract<EditResult, { ok: true }> {
  if (edited.ok) return edited
  if (edited.reason === 'outdated')
    throw new ProblemError({
      status: 409,
      title: 'Somebody has changed it meanwhile',
      detail: `you saw version ${seenVersion}; ${edited.version === 0 ? 'it is gone by now' : `it is version ${edited.version} by now`}`,
    })
  throw new ProblemError({
    status: 422,
    title: 'It can not be used like this',
    errors: edited.problems.map((problem) => {
      const own = problem.kind === kind && problem.key === key
      if (!own) return { path: bodyPath, message: problemText(problem) }
      const inner = pathText(problem.path)
      return { path: inner === '' ? bodyPath : `${bodyPath}.${inner}`, message: problem.message }
    }),
  })
}
