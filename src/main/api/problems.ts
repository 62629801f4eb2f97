/** Every error of the API as problem details; ours say nothing of what went wrong inside. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from 'zod'
import { answerProblem, ProblemError } from '../../platform/http/problems.ts'
import type { Log } from '../../platform/log/index.ts'

const part: Readonly<Record<string, string>> = {
  json: 'body',
  query: 'query',
  param: 'path',
  header: 'header',
}

/** What zod found, each with its place: `body.reason`, `query.limit`. */
export function answerInvalid(context: Context, target: string, error: z.core.$ZodError): Response {
  const where = part[target] ?? target
  return answerProblem(context, {
    status: 422,
    title: 'The request is wrong',
    errors: error.issues.flatMap((issue) => {
      const path = [where, ...issue.path].join('.')
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map((key) => ({ path: `${path}.${key}`, message: 'is not known here' }))
      return [{ path, message: issue.message }]
    }),
  })
}

export const answerError =
  (log: Log) =>
  (error: Error, context: Context): Response => {
    if (error instanceof ProblemError) return answerProblem(context, error.problem, error.headers)
    if (error instanceof HTTPException)
      return answerProblem(context, { status: error.status as ContentfulStatusCode, title: error.message })
    log.error(
      { route: context.req.routePath, method: context.req.method, err: error },
      'an API request failed',
    )
    return answerProblem(context, { status: 503, title: 'Tipstaff could not do this now; try again' })
  }
