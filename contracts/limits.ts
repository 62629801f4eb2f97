/** Figures that pages and the server share; without zod, which no page needs. */

/**
 * NIST SP 800-63B-4 §3.1.1.2: length is what counts, and 15 characters where nothing else stands beside a password. The
 * longest keeps hashing cheap.
 */
export const passwordLength = { least: 15, most: 128 } as const
