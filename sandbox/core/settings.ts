import { type Bad, bad, isBad, optionalNumber, record } from './input.ts'

/** How fast and in which way the outside world behaves; `PUT /_sandbox/settings` changes it. */
export type Settings = {
  twilio: {
    /** A new message shows in the list only after this long, ms. */
    listLagMs: number
    /** Delays after acceptance of the status callbacks, ms. */
    sentAfterMs: number
    deliveredAfterMs: number
    /** Wait before the one retry of an incoming text's webhook, ms. */
    inboundRetryMs: number
    /** How long Twilio waits for the answer of an incoming text's webhook, ms. */
    inboundTimeoutMs: number
    /** Adds OptOutType to incoming texts, as a Messaging Service with Advanced Opt-Out does. */
    advancedOptOut: boolean
  }
  sendgrid: {
    processedAfterMs: number
    deliveredAfterMs: number
    /** Events are posted together after this long, ms, or when this many wait. */
    flushMs: number
    batchSize: number
    /** First wait before a batch is posted again, ms; doubles up to the longest, until 24 h have passed. */
    retryFirstMs: number
    retryLongestMs: number
  }
}

export function defaultSettings(): Settings {
  return {
    twilio: {
      listLagMs: 3_000,
      sentAfterMs: 50,
      deliveredAfterMs: 150,
      inboundRetryMs: 1_000,
      inboundTimeoutMs: 15_000,
      advancedOptOut: false,
    },
    sendgrid: {
      processedAfterMs: 20,
      deliveredAfterMs: 100,
      flushMs: 50,
      batchSize: 200,
      retryFirstMs: 1_000,
      retryLongestMs: 60_000,
    },
  }
}

/** Applies a part of the settings in place; nothing is changed when any field is wrong. */
export function applySettings(settings: Settings, input: unknown): Bad | undefined {
  const body = record(input, '', Object.keys(settings))
  if (isBad(body)) return body
  const changes: (() => void)[] = []
  for (const [group, values] of Object.entries(settings) as [string, Record<string, number | boolean>][]) {
    if (body[group] === undefined) continue
    const fields = record(body[group], group, Object.keys(values))
    if (isBad(fields)) return fields
    for (const name of Object.keys(fields)) {
      const value = readSetting(fields, name, group, typeof values[name] === 'boolean')
      if (isBad(value)) return value
      changes.push(() => {
        values[name] = value
      })
    }
  }
  for (const change of changes) change()
  return undefined
}

function readSetting(
  fields: Record<string, unknown>,
  name: string,
  group: string,
  flag: boolean,
): number | boolean | Bad {
  const value = fields[name]
  if (flag) return typeof value === 'boolean' ? value : bad(`${group}.${name}`, 'must be true or false')
  return optionalNumber(fields, name, 0, 86_400_000, group) ?? bad(`${group}.${name}`, 'must be a number')
}
