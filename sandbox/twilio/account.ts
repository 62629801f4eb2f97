/** The one Twilio account that the sandbox plays. */
export type Account = {
  sid: string
  authToken: string
  /** Sends from any of its numbers. */
  serviceSid: string
  /** Numbers that belong to the account, by E.164. */
  numbers: Map<string, PhoneNumber>
}

export type PhoneNumber = {
  sid: string
  e164: string
  smsUrl: string
  friendlyName: string
  createdAt: number
}

/** Test credentials; they open nothing but this sandbox. */
export const defaultTwilio = {
  sid: `AC${'f1'.repeat(16)}`,
  authToken: 'sandbox-twilio-auth-token',
  serviceSid: `MG${'f1'.repeat(16)}`,
  number: '+12015550123',
} as const

// A firm may have several offices: all of +1 201 555 0120…0129 are the account's. +15005550006 is Twilio's own.
const ownNumbers = [
  defaultTwilio.number,
  ...Array.from({ length: 10 }, (_, i) => `+1201555012${i}`).filter((e164) => e164 !== defaultTwilio.number),
  '+15005550006',
]

/** Makes the account; `smsUrl` is where its numbers send incoming texts, '' for nowhere. */
export function createAccount(
  options: { sid?: string; authToken?: string; smsUrl?: string; numbers?: readonly string[] },
  now: number,
): Account {
  const account: Account = {
    sid: options.sid ?? defaultTwilio.sid,
    authToken: options.authToken ?? defaultTwilio.authToken,
    serviceSid: defaultTwilio.serviceSid,
    numbers: new Map(),
  }
  for (const e164 of [...ownNumbers, ...(options.numbers ?? [])])
    addNumber(account, e164, options.smsUrl ?? '', now)
  return account
}

/** Gives the account a number, or an existing one another webhook. */
export function addNumber(account: Account, e164: string, smsUrl: string, now: number): PhoneNumber {
  const found = account.numbers.get(e164)
  if (found) {
    found.smsUrl = smsUrl
    return found
  }
  // The same number has the same sid in every run, so that it can be written into a configuration.
  const sid = `PN${e164.slice(1).padStart(32, '0')}`
  const number = { sid, e164, smsUrl, friendlyName: e164, createdAt: now }
  account.numbers.set(e164, number)
  return number
}
