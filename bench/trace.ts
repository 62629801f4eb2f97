/** Trace: "did she get it?", asked by phone number over HTTP, as the console does. */
import type { App } from './deployment.ts'
import { percentile, round } from './measure.ts'
import { phoneOf } from './people.ts'

export interface TraceTimes {
  asked: number
  /** Milliseconds, from the question to the last byte of the answer. */
  p50: number
  p95: number
  most: number
  /** Bytes of an answer, on average. */
  bytes: number
}

/** @param clients how many there are; each question is about another one */
export async function traceTimes(app: App, key: string, clients: number, count: number): Promise<TraceTimes> {
  const ask = async (n: number) => {
    const began = performance.now()
    const answer = await fetch(`${app.url}/api/v1/trace?q=${encodeURIComponent(phoneOf(n))}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`trace: ${answer.status} ${text.slice(0, 200)}`)
    if (!text.includes('delivered'))
      throw new Error('trace: the story of a delivered message does not say so')
    return { ms: performance.now() - began, bytes: text.length }
  }
  const step = Math.max(1, Math.floor(clients / (count + 20)))
  for (let i = 0; i < 20; i++) await ask(i * step)
  const answers: { ms: number; bytes: number }[] = []
  for (let i = 20; i < count + 20; i++) answers.push(await ask((i * step) % clients))
  const ms = answers.map((a) => a.ms)
  return {
    asked: count,
    p50: round(percentile(ms, 0.5)),
    p95: round(percentile(ms, 0.95)),
    most: round(Math.max(...ms)),
    bytes: Math.round(answers.reduce((sum, a) => sum + a.bytes, 0) / count),
  }
}
