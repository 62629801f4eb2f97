/** Query parameters that routes share, and how what could not be done is answered. */
import { z } from 'zod'
import { id } from '../../../contracts/common.ts'
import type { Candidate } from '../../modules/console/index.ts'
import { ProblemError } from '../../platform/http/problems.ts'

const number = z.coerce.number<string>().int().meta({ type: 'integer' })

export const limit = number.min(1).max(200)
export const page = z.strictObject({
  limit: limit.default(50),
  cursor: id.optional().meta({ description: '`next` of the page before' }),
})
export const byId = z.strictObject({ id })

export const notFound = (what: string): ProblemError =>
  new ProblemError({ status: 404, title: 'This firm has no such thing', detail: what })

export const wrong = (path: string, message: string): ProblemError =>
  new ProblemError({ status: 422, title: 'The request is wrong', errors: [{ path, message }] })

/** What was named fits several: nobody is chosen by chance. */
export const ambiguous = (path: string, candidates: readonly Candidate[]): ProblemError =>
  new ProblemError({
    status: 422,
    title: 'More than one fits; name it by its id',
    errors: candidates.map((c) => ({ path, message: `${c.as} ${c.id}: ${c.label}` })),
    candidates: candidates.map(({ as, id, label }) => ({ as, id, label })),
  })

export const missingIds = (ids: readonly string[], missing: readonly string[]): ProblemError =>
  new ProblemError({
    status: 404,
    title: 'This firm has no such thing',
    errors: missing.map((m) => ({ path: `body.ids.${ids.indexOf(m)}`, message: `${m} is not known` })),
  })
