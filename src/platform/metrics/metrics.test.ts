import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createMetrics } from './index.ts'

const metrics = createMetrics()
afterAll(() => metrics.registry.clear())

interface Rule {
  alert: string
  expr: string
  labels: { severity: string }
  annotations: { summary: string }
}
const shipped = parse(
  readFileSync(new URL('../../../ops/prometheus-alerts.yaml', import.meta.url), 'utf8'),
) as {
  groups: { name: string; rules: Rule[] }[]
}
const rules = shipped.groups.flatMap((group) => group.rules)

/** What prom-client knows of a metric but its types keep to themselves. */
interface Labelled {
  name: string
  labelNames: string[]
}

/** Names in PromQL that are followed by neither `(` nor stand inside quotes, braces or `by (…)`. */
const metricNames = (expr: string) =>
  expr
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\b(?:by|without|on)\s*\([^)]*\)/g, '')
    .match(/\b[a-z]\w*_\w+\b(?!\s*\()/g) ?? []

/** Every series name that the registry exposes: histograms show three. */
async function exposed() {
  const list = await metrics.registry.getMetricsAsJSON()
  return new Set(
    list.flatMap((metric) =>
      (metric.type as unknown) === 'histogram'
        ? ['_bucket', '_sum', '_count'].map((suffix) => metric.name + suffix)
        : [metric.name],
    ),
  )
}

describe('metrics', () => {
  it('are all there that the shipped alert rules speak of, with the labels they match on', async () => {
    const known = await exposed()
    expect(rules.length).toBeGreaterThan(15)
    for (const rule of rules) {
      const names = metricNames(rule.expr)
      expect(names, rule.alert).not.toEqual([])
      for (const name of names) expect(known, `${rule.alert}: ${name}`).toContain(name)
      for (const [, name, matchers] of rule.expr.matchAll(/(tipstaff_\w+)\{([^}]*)\}/g)) {
        const metric = metrics.registry.getSingleMetric(name!.replace(/_bucket$/, '')) as unknown as Labelled
        for (const [, label] of matchers!.matchAll(/(\w+)\s*[=!]/g))
          expect(metric.labelNames).toContain(label)
      }
    }
  })

  it('has rules that say how bad it is and what it means', () => {
    for (const rule of rules) {
      expect(['page', 'warning'], rule.alert).toContain(rule.labels.severity)
      expect(rule.annotations.summary, rule.alert).toBeTruthy()
    }
    expect(new Set(rules.map((rule) => rule.alert)).size).toBe(rules.length)
  })

  it('carry no label that could name a firm, a person or a case', () => {
    const forbidden = /firm|client|matter|address|phone|mail|message|event_id/
    const own = createMetrics({ process: false }).registry.getMetricsAsArray() as unknown as Labelled[]
    expect(own.length).toBeGreaterThan(30)
    for (const metric of own)
      for (const label of metric.labelNames) expect(label, metric.name).not.toMatch(forbidden)
  })

  it('ask absent() only of figures that are there from the start: one with labels appears at its first use', () => {
    for (const rule of rules) {
      for (const [, name] of rule.expr.matchAll(/absent\((\w+)/g)) {
        const metric = metrics.registry.getSingleMetric(name!) as unknown as Labelled
        expect(metric.labelNames, rule.alert).toEqual([])
      }
    }
  })

  it('show this process: memory and event loop lag', async () => {
    const { body, contentType } = await metrics.expose()
    expect(contentType).toContain('text/plain')
    expect(body).toMatch(/^process_resident_memory_bytes \d{7,}/m)
    expect(body).toContain('nodejs_eventloop_lag_p99_seconds')
  })

  it('start at zero where an absent figure would look like an absent process', async () => {
    expect((await metrics.expose()).body).toMatch(/^tipstaff_dead_letters_open 0$/m)
  })

  it('are shown even when a collector fails or hangs, which is counted', async () => {
    const own = createMetrics({ process: false })
    own.beforeScrape(async () => own.deadLettersOpen.set(3))
    own.beforeScrape(async () => Promise.reject(new Error('database away')))
    own.beforeScrape(() => new Promise(() => {}))
    const { body } = await own.expose(5)
    expect(body).toMatch(/^tipstaff_dead_letters_open 3$/m)
    expect(body).toMatch(/^tipstaff_scrape_errors_total 2$/m)
  })

  it('are apart for each call: no global registry', async () => {
    const [one, two] = [createMetrics({ process: false }), createMetrics({ process: false })]
    one.texts.inc({ meaning: 'stop' })
    expect((await two.expose()).body).not.toContain('meaning="stop"')
  })
})
