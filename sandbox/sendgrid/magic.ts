// Addresses that rehearse a failure, by their local part (a `+tag` is ignored), at any domain.
// The table in sandbox/README.md is checked against this file by a test.

/** What becomes of a mail at a magic address, in the order in which it happens. */
export type MailStep =
  | 'processed'
  | 'deferred'
  | 'delivered'
  | 'bounce'
  | 'blocked'
  | 'dropped'
  | 'spamreport'
  | 'unsubscribe'
  | 'group_unsubscribe'
  | 'open'
  | 'machine open'
  | 'click'

export const ordinary: readonly MailStep[] = ['processed', 'delivered']

export const magicSteps: Record<string, readonly MailStep[]> = {
  bounce: ['processed', 'bounce'],
  blocked: ['processed', 'blocked'],
  dropped: ['dropped'],
  deferred: ['processed', 'deferred', 'delivered'],
  spamreport: ['processed', 'delivered', 'spamreport'],
  unsubscribe: ['processed', 'delivered', 'unsubscribe'],
  groupunsubscribe: ['processed', 'delivered', 'group_unsubscribe'],
  open: ['processed', 'delivered', 'open'],
  machineopen: ['processed', 'delivered', 'machine open'],
  click: ['processed', 'delivered', 'open', 'click'],
  silent: [],
  outoforder: ['delivered', 'processed'],
  doubled: ['processed', 'processed', 'delivered', 'delivered'],
}

/** Things that happen to the call itself; the mail is accepted. */
export const magicCalls = ['early', 'reset', 'hang'] as const

/** `error429@…`: the call is refused with that status. */
export const refusedStatuses: readonly number[] = [400, 401, 403, 413, 429, 500, 503]

/** The local part without its tag, in lower case. */
export function localPart(address: string): string {
  return address.slice(0, address.lastIndexOf('@')).split('+')[0]!.toLowerCase()
}

/** The status that an address asks the call to be refused with. */
export function refusalOf(address: string): number | undefined {
  const found = /^error(\d{3})$/.exec(localPart(address))
  const status = Number(found?.[1])
  return refusedStatuses.includes(status) ? status : undefined
}
