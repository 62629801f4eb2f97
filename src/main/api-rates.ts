/** How often one key, or one person, may ask the API: what holds where the operator says nothing (config.ts). */
import type { Rate } from '../platform/http/rate.ts'

export interface ApiRates {
  key: Rate
  /** One person, with all pages they have open. */
  person: Rate
}

/**
 * A script at twenty a second. A person with fifty pages open, each of which reads five things anew every second, which
 * is as fast as a page goes (web/console/src/api/live.ts): a console never comes to the end of it, however many sit in
 * one office.
 */
export const usualRates: ApiRates = {
  key: { quota: 1_200, seconds: 60 },
  person: { quota: 15_000, seconds: 60 },
}
