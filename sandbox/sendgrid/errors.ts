/** One entry of SendGrid's error body. */
export type SendGridError = { message: string; field: string | null }

/** SendGrid's error answer: `{errors:[{message,field,help}]}`. */
export function sendGridErrors(
  status: number,
  errors: readonly SendGridError[],
  headers: Record<string, string> = {},
): Response {
  // The service sends `help: null`; its spec allows an object only.
  const body = JSON.stringify({ errors: errors.map((error) => ({ ...error, help: {} })) })
  return new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } })
}

const messages: Record<number, string> = {
  400: 'Bad Request',
  401: 'The provided authorization grant is invalid, expired, or revoked',
  403: 'access forbidden',
  404: 'not found',
  413: 'content size exceeded',
  429: 'too many requests',
  500: 'internal server error',
  503: 'service unavailable',
}

/** The answer when SendGrid refuses or fails as a whole. `now` in ms. */
export function sendGridStatus(status: number, now: number): Response {
  const headers: Record<string, string> =
    status === 429
      ? {
          'x-ratelimit-limit': '600',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Math.ceil(now / 1000) + 2),
        }
      : {}
  return sendGridErrors(status, [{ message: messages[status] ?? `HTTP ${status}`, field: null }], headers)
}
