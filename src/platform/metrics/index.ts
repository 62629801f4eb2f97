/**
 * What is counted and measured, in one place. No label carries a firm, client or matter: their number is unbounded,
 * and /metrics is no place for names. For one firm's view there are the trace and the console.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Buckets in seconds. The goals lie at 12 and 25 ms (webhook to provider), so that is where they are dense. */
const quick = [0.001, 0.0025, 0.005, 0.0075, 0.01, 0.0125, 0.015, 0.02, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const calls = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30]

/** @param options.process also measure this process: memory, processor, event loop lag, garbage collection */
export function createMetrics(options: { process?: boolean } = {}) {
  const registry = new Registry()
  if (options.process ?? true) collectDefaultMetrics({ register: registry })

  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter<L>({ name: `tipstaff_${name}`, help, labelNames, registers: [registry] })
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge<L>({ name: `tipstaff_${name}`, help, labelNames, registers: [registry] })
  const histogram = <L extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly L[] = [],
  ) => new Histogram<L>({ name: `tipstaff_${name}`, help, buckets, labelNames, registers: [registry] })

  const scrapeErrors = counter(
    'scrape_errors_total',
    'Collectors that failed or were too slow while /metrics was read',
  )
  const collectors: (() => Promise<void>)[] = []

  return {
    // In.
    hooks: counter('hooks_total', 'Webhooks received, by kind of connection and what became of them', [
      'kind',
      'outcome',
    ]),
    hookSeconds: histogram('hook_seconds', "From a webhook's first byte to our answer", quick, ['outcome']),
    events: counter('events_total', 'Events, by type and outcome', ['type', 'outcome']),
    texts: counter('incoming_texts_total', 'Texts from clients, by meaning', ['meaning']),
    fetches: counter('fact_fetches_total', 'Facts fetched from a case management system', [
      'kind',
      'outcome',
    ]),
    polled: counter(
      'polled_records_total',
      'Records that lists of a case management system brought: told (news that no webhook had brought), kept, unreadable, gone',
      ['what', 'model'],
    ),
    reminders: counter('reminders_total', 'Reminders of appointments: planned, said, skipped, superseded', [
      'outcome',
    ]),
    digests: counter('digests_total', 'Digests that ended: digest, one, nothing', ['outcome']),
    cmsWrites: counter('cms_writes_total', 'Tries to write into a case management system', [
      'kind',
      'outcome',
    ]),
    fetchSeconds: histogram('fact_fetch_seconds', 'How long fetching facts took', calls, ['kind']),

    // Out.
    notices: counter('notices_total', 'Notices, by the state they came to', ['state']),
    messages: counter('messages_total', 'Messages, by channel and the state they came to', [
      'channel',
      'state',
    ]),
    attempts: counter('attempts_total', 'Calls to providers that were to send a message', [
      'provider',
      'verdict',
    ]),
    providerSeconds: histogram('provider_latency_seconds', 'How long a provider took to answer', calls, [
      'provider',
    ]),
    dispatchSeconds: histogram(
      'dispatch_seconds',
      'From a message due (decided, or released) to its first call to the provider',
      quick,
    ),
    receipts: counter('receipts_total', 'What providers reported', ['provider', 'kind']),
    callbacks: counter('callbacks_total', 'Calls to /receipts and /texts', ['provider', 'outcome']),
    deadLetters: counter('dead_letters_total', 'Messages that came to need a human', ['cause']),

    // What waits.
    queueAge: gauge('queue_age_seconds', 'How long the oldest due work of a lane has been due', ['lane']),
    queueDepth: gauge('queue_depth', 'How much work of a lane is due', ['lane']),
    deadLettersOpen: gauge('dead_letters_open', 'Dead letters that nobody has dealt with'),
    unknownOpen: gauge('unknown_open', 'Messages of which nobody knows yet whether the provider took them'),
    quarantineOpen: gauge('quarantine_open', 'Input that could not be understood and waits for a fix'),
    tasksOpen: gauge('tasks_open', 'Staff tasks that are open'),
    held: gauge(
      'held',
      'Whether this deployment sends nothing until a person releases it (restored backup): 1 or 0',
    ),

    sweepAge: gauge(
      'sweep_age_seconds',
      'How long ago a worker of this deployment last looked for due work, whichever it was',
    ),

    // Doors and machinery.
    httpRequests: counter('http_requests_total', 'Requests answered', ['route', 'method', 'status']),
    httpSeconds: histogram('http_request_seconds', 'How long requests took', quick, ['route']),
    jobs: counter('jobs_total', 'Batches of work done', ['lane', 'outcome']),
    jobSeconds: histogram('job_seconds', 'How long a batch took', calls, ['lane']),
    databaseErrors: counter('database_errors_total', 'Connections to the database that broke', []),
    databaseConnections: gauge('database_connections', 'Connections of the pool', ['state']),

    // Those who are told, and the proof.
    alerts: counter('alerts_total', 'Alerts raised, repeats included', ['kind', 'severity']),
    alertDeliveries: counter('alert_deliveries_total', 'Tries to tell the operators', ['path', 'outcome']),
    pings: counter('pings_total', 'Calls to the services that watch for our silence', ['outcome']),
    auditEntries: counter('audit_entries_sealed_total', 'Audit entries sealed'),
    auditBatches: counter('audit_batches_sealed_total', 'Audit batches sealed'),
    auditFailures: counter('audit_failures_total', 'Seals or anchors that failed', ['step']),
    auditLag: gauge('audit_unsealed_age_seconds', 'How old the oldest entry is that no seal covers yet'),

    registry,
    scrapeErrors,

    /** Registers what fills gauges just before they are read; a failing one is counted and the others still shown. */
    beforeScrape(collect: () => Promise<void>): void {
      collectors.push(collect)
    },

    /**
     * @param within how long collectors may take, in milliseconds; the last known figures are shown of those that don't make it
     * @returns the text that GET /metrics answers, and its content type
     */
    async expose(within = 2_000): Promise<{ contentType: string; body: string }> {
      await Promise.all(
        collectors.map(async (collect) => {
          const timer = Promise.withResolvers<never>()
          const handle = setTimeout(() => timer.reject(new Error('too slow')), within)
          try {
            await Promise.race([collect(), timer.promise])
          } catch {
            scrapeErrors.inc()
          } finally {
            clearTimeout(handle)
          }
        }),
      )
      return { contentType: registry.contentType, body: await registry.metrics() }
    },
  }
}

export type Metrics = ReturnType<typeof createMetrics>
