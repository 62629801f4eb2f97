/**
 * What one call to a provider came to, as a value (River's habit: errors that carry policy).
 * `ambiguous` is not a failure: the provider may have taken the message, so nobody may try again before it was asked.
 */
export type SendVerdict =
  | { kind: 'accepted'; providerMessageId: string }
  /** Nothing was taken; another try may succeed. `after`: seconds that the provider asked us to wait (Retry-After). */
  | { kind: 'retry'; code: string; detail: string; after?: number }
  /** Will never succeed. `suppress`: the contact point itself is bad. `page`: the operator must act (credentials, registration). */
  | { kind: 'refused'; code: string; detail: string; suppress?: string; page?: boolean }
  | { kind: 'ambiguous'; detail: string }
