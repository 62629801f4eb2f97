/** Errors as RFC 9457 problem details. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export interface Problem {
  status: ContentfulStatusCode
  title: string
  detail?: string
  /** Each with where it is wrong; in a text that people wrote, also with line and column, from 1. */
  errors?: { path: string; message: string; line?: number; column?: number }[]
}

/** Thrown by handlers; the app answers with it. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.title)
    this.problem = problem
  }
}

export function answerProblem(context: Context, problem: Problem): Response {
  return context.body(
    JSON.stringify({ type: 'about:blank', ...problem, instance: new URL(context.req.url).pathname }),
    problem.status,
    { 'content-type': 'application/problem+json' },
  )
}
