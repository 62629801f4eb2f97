/** What whoever asks may give to others: a role, a key. */
import type { Caller } from '../../modules/console/index.ts'
import type { Scope } from '../../modules/staff/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'

/** Nobody gives away what they do not have. */
export function refuseMore(caller: Caller, scopes: readonly Scope[], what: string): void {
  const more = scopes.filter((scope) => !caller.scopes.includes(scope))
  if (more.length > 0)
    throw new ProblemError({
      status: 403,
      title: 'You may not give more than you have',
      detail: `${what} may ${more.join(', ')}, and you may not`,
    })
}
