/** Errors as RFC 9457 problem details. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export interface Problem {
  /** A URI where the title alone does not say it. */
  type?: string
  status: ContentfulStatusCode
  title: string
  detail?: string
  /** Each with where it is wrong; in a text that people wrote, also with line and column, from 1. */
  errors?: { path: string; message: string; line?: number; column?: number }[]
  /** What was named fits several: these, each by its id. */
  candidates?: readonly { as: string; id: string; label: string }[]
}

/** Thrown by handlers; the app answers with it. */
export class ProblemError extends Error {
  readonly problem: Problem
  /** That go with it, such as `retry-after`. */
  readonly headers: Readonly<Record<string, string>>
  constructor(problem: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(problem.title)
    this.problem = problem
    this.headers = headers
  }
}

export function answerProblem(
  context: Context,
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return context.body(
    JSON.stringify({ type: 'about:blank', ...problem, instance: new URL(context.req.url).pathname }),
    problem.status,
    { ...headers, 'content-type': 'application/problem+json' },
  )
}
