/**
 * The reasons that gates, rules and the last look before an attempt write into the record, in words. Those words stay as
 * they were written; here they are read back, so that a page can say them in its reader's language.
 */

/** What a reason begins with, or is; what it names stands in the first group. */
const patterns = [
  [/^paused in the CMS$/, 'paused_in_cms'],
  [/^firm paused$/, 'firm_paused'],
  [/^matter paused$/, 'matter_paused'],
  [/^client paused$/, 'client_paused'],
  [/^paused$/, 'paused'],
  [/^opted[ _]out(?: of \S+ by \S+)?$/, 'opted_out'],
  [/^no preference on file$/, 'no_preference'],
  [/^the preference on file is not one we know$/, 'unknown_preference'],
  [/^prefers (.+)$/, 'prefers_other'],
  [/^no address on file$/, 'no_address'],
  [/^no address that works$/, 'no_working_address'],
  [/^there is a message about the same already$/, 'already_said'],
  [/^quiet[ _]hours(?:, \S+ zone (.+))?$/s, 'quiet_hours'],
  [/^let pass by hand: quiet hours, \S+ zone (.+)$/s, 'quiet_hours_let_pass'],
  [/^waits for the digest (.+)$/, 'waits_for_digest'],
  [/^(\d+) were sent today: waits for the digest .+$/, 'cap'],
  [/^settling$/, 'settling'],
  [/^(?:evidence: |waits for )(.+)$/s, 'waits_for_evidence'],
  [/^template: (.+)$/s, 'words_incomplete'],
  [/^facts are older than allowed$/, 'facts_old'],
  [/^(?:client_changed|the matter has another client now)$/, 'client_changed'],
  [/^contact_point_lost$/, 'contact_point_lost'],
  [/^retention$/, 'words_deleted'],
  [/^(?:superseded|there is newer news of it)$/, 'newer_news'],
  [/^the matter has moved on$/, 'moved_on'],
  [/^appointment_begun$/, 'appointment_begun'],
  [/^the rule is gone$/, 'rule_gone'],
  [/^the rule has changed$/, 'rule_changed'],
  [/^they have no part in it any more$/, 'no_part'],
  [/^written too long ago$/, 'too_old'],
  [/^the CMS no longer knows the matter$/, 'matter_gone'],
  [/^no longer true$/, 'no_longer_true'],
  [/^rule problem: (.+)$/s, 'rule_problem'],
  [/^the firm sends no (?:sms|email)$/, 'no_outlet'],
  [/^no channel(?: is left)?$/, 'no_channel'],
  [
    /^(?:its system is asked whether it is still true|the CMS is asked first whether it is still so)$/,
    'asked',
  ],
  [/^its system does not answer whether it is still true$/, 'no_answer'],
  [/^taken back$/, 'taken_back'],
  [/^replayed$/, 'replayed'],
  [/^found at the provider$/, 'found'],
] as const satisfies readonly (readonly [RegExp, string])[]

export type Reason = (typeof patterns)[number][1]

/**
 * @param words as they stand in the record
 * @returns null: none of ours, such as a provider's own words
 */
export function reasonOf(words: string): { reason: Reason; detail: string | null } | null {
  for (const [pattern, reason] of patterns) {
    const found = pattern.exec(words)
    if (found) return { reason, detail: found[1] ?? null }
  }
  return null
}
