import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { control, sendMail, sendText, startSandbox } from '../testing.ts'
import { createFaults, parseFaults } from './faults.ts'

describe('which calls a fault hits', () => {
  it('hits the same calls for the same seed, and about its share of them', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (seed, share) => {
        const run = () => {
          const faults = createFaults()
          faults.set([{ provider: 'twilio', kind: 'status', share, seed }])
          return Array.from({ length: 2000 }, () => faults.pick('twilio') !== undefined)
        }
        const hits = run()
        expect(run()).toEqual(hits)
        expect(Math.abs(hits.filter(Boolean).length / 2000 - share)).toBeLessThan(0.07)
      }),
      { numRuns: 50 },
    )
  })

  it('is over after its count, and leaves other providers and recipients alone', () => {
    const faults = createFaults()
    faults.set([{ provider: 'twilio', kind: 'status', count: 2, match: { to: '+1' } }])
    expect(faults.pick('sendgrid', { to: '+1' })).toBeUndefined()
    expect(faults.pick('twilio', { to: '+2' })).toBeUndefined()
    expect(faults.pick('twilio', { to: '+1' })).toEqual({ kind: 'status', status: 500 })
    expect(faults.pick('twilio', { to: '+1' })).toBeDefined()
    expect(faults.pick('twilio', { to: '+1' })).toBeUndefined()
    expect(faults.list()[0]!.hits).toBe(2)
  })

  it('spends no reset on a call that accepts nothing', () => {
    const faults = createFaults()
    faults.set([{ provider: 'twilio', kind: 'reset_after_accept', count: 1 }])
    expect(faults.pick('twilio', { writes: false })).toBeUndefined()
    expect(faults.pick('twilio', { writes: true })).toEqual({ kind: 'reset_after_accept' })
  })
})

describe('what an order of faults may be', () => {
  it.each([
    [{}, 'body'],
    [[{ kind: 'status' }], '[0].provider'],
    [[{ provider: 'twilio', kind: 'nonsense' }], '[0].kind'],
    [[{ provider: 'twilio', kind: 'status', status: 200 }], '[0].status'],
    [
      [
        { provider: 'twilio', kind: 'slow' },
        { provider: 'ses', kind: 'slow', share: 2 },
      ],
      '[1].share',
    ],
    [[{ provider: 'twilio', kind: 'slow', delay: 2 }], '[0].delay'],
    [[{ provider: 'twilio', kind: 'slow', match: { from: 'x' } }], '[0].match.from'],
  ])('%j is refused at %s', (input, field) => {
    expect(parseFaults(input)).toMatchObject({ bad: { field } })
  })

  it('is refused by the control with 400 and changes nothing', async () => {
    const { url, core } = await startSandbox()
    core.faults.set([{ provider: 'ses', kind: 'slow' }])
    const answer = await control(url, 'PUT', '/_sandbox/faults', [{ provider: 'x', kind: 'slow' }])
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { field: '[0].provider' } })
    expect(core.faults.list()).toHaveLength(1)
  })
})

describe('what each kind does', () => {
  const order = (url: string, fault: object) => control(url, 'PUT', '/_sandbox/faults', [fault])

  it('status: the provider’s own error body, nothing accepted, and normal again after DELETE', async () => {
    const { url, core } = await startSandbox()
    await order(url, { provider: 'twilio', kind: 'status', status: 503 })
    const failed = await sendText(url, {})
    expect(failed.status).toBe(503)
    expect(await failed.json()).toMatchObject({ code: 20503, status: 503, more_info: expect.any(String) })
    expect(core.messages.list({})).toEqual([])
    await control(url, 'DELETE', '/_sandbox/faults')
    expect((await sendText(url, {})).status).toBe(201)
    expect(core.calls.list({}).map((call) => call.status)).toEqual([503, 201])
  })

  it('status: SendGrid’s shape for SendGrid', async () => {
    const { url } = await startSandbox()
    await order(url, { provider: 'sendgrid', kind: 'status', status: 429 })
    const failed = await sendMail(url)
    expect(failed.status).toBe(429)
    expect(failed.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(await failed.json()).toEqual({ errors: [{ message: 'too many requests', field: null, help: {} }] })
  })

  it('timeout: no answer, nothing accepted, logged with status 0', async () => {
    const { url, core } = await startSandbox()
    await order(url, { provider: 'twilio', kind: 'timeout', delayMs: 30 })
    await expect(sendText(url, {})).rejects.toThrow()
    expect(core.messages.list({})).toEqual([])
    expect(core.calls.list({})).toMatchObject([{ provider: 'twilio', status: 0 }])
  })

  it('reset_after_accept: accepted and logged, but no answer', async () => {
    const { url, core } = await startSandbox()
    await order(url, { provider: 'twilio', kind: 'reset_after_accept', count: 1 })
    const callback = 'http://127.0.0.1:1/receipts?attempt=att_7'
    await expect(sendText(url, { StatusCallback: callback })).rejects.toThrow()
    expect(core.messages.list({})).toMatchObject([{ reference: 'att_7', to: '+12025550111' }])
    expect(core.calls.list({})).toMatchObject([{ status: 0, reference: 'att_7' }])
    expect((await sendText(url, {})).status).toBe(201)
  })

  it('slow: the normal answer, later', async () => {
    const { url, core } = await startSandbox()
    await order(url, { provider: 'sendgrid', kind: 'slow', delayMs: 40 })
    const start = performance.now()
    expect((await sendMail(url)).status).toBe(202)
    expect(performance.now() - start).toBeGreaterThanOrEqual(38)
    expect(core.messages.list({})).toHaveLength(1)
  })
})
