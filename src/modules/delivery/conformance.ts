/**
 * What every provider must do, whoever it is: run by each adapter's test against the sandbox over HTTP, so that it
 * holds the sandbox too. Provider-specific facts (codes, signatures' vectors) stay in the adapter's own test.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RawRequest, SendVerdict } from '../../kernel/index.ts'
import { type Door, openDoor, openTrouble, type Trouble } from './conformance-support.ts'
import type {
  Attachment,
  CallbackReader,
  OutgoingMessage,
  Provider,
  Receipt,
  ReceiptKind,
  Sender,
} from './ports.ts'

/** A provider with an outside world that it speaks to. */
export interface ProviderWorld {
  provider: Provider
  /** Good settings for the sandbox, changed by the ones given. */
  settings(changes?: Record<string, unknown>): Record<string, unknown>
  /** Where the sandbox's controls are; `/_sandbox/…` is called here. */
  sandboxUrl: string
  /** Tells the sandbox where receipts that are not asked for message by message, and texts, go. */
  connect(doors: { receipts: string; texts: string }): Promise<void>
  close(): Promise<void>
}

/** What the sandbox's recipients rehearse for this provider. */
export interface ProviderFacts {
  /** Its name in `/_sandbox/faults`. */
  name: string
  /** A recipient to whom all goes well; a different one for each n. */
  recipient(n: number): string
  /** Recipients for whom the call itself ends badly. */
  refusals: { to: string; verdict: Partial<SendVerdict> & Pick<SendVerdict, 'kind'> }[]
  /** What is reported about messages to certain recipients, in the end. */
  endings: { to: string; receipt: Partial<Receipt> & { kind: ReceiptKind } }[]
  /** A setting with a wrong value each, and the path that the problem must name. */
  wrongSettings: { changes: Record<string, unknown>; path: string }[]
  wrongCredentials: Record<string, unknown>
  /** The signature covers the URL, so that our attempt id in it can't be changed. */
  signsUrl: boolean
  /** People can text the firm through it. */
  takesTexts: boolean
  /** It carries mail, and files with it. */
  carriesMail: boolean
  /** It can be asked what it accepted. */
  canBeAsked: boolean
}

const timeoutMs = 400

interface SandboxAnswer {
  messages?: {
    providerMessageId: string
    reference: string
    text: string
    subject: string | null
    attachments?: Attachment[]
  }[]
  numbers?: { e164: string }[]
  webhook?: { status: number; attempts: number } | null
}

export function describeProvider(
  name: string,
  facts: ProviderFacts,
  make: () => Promise<ProviderWorld>,
): void {
  describe(`the provider ${name}`, () => {
    let world: ProviderWorld
    let door: Door
    let sender: Sender
    let reader: CallbackReader
    let count = 0

    beforeAll(async () => {
      world = await make()
      door = await openDoor((path) => (path.startsWith('/texts') ? reader.textAnswer?.(null) : undefined))
      const opened = world.provider.open(world.settings())
      sender = opened.sender
      reader = opened.reader
      await world.connect({ receipts: `${door.url}/receipts`, texts: `${door.url}/texts` })
    })

    afterAll(async () => {
      sender?.close?.()
      await door?.close()
      await world?.close()
    })

    /** The sandbox is our own; what it answers is described in DESIGN, "The doors". */
    const control = async (method: string, path: string, body?: unknown): Promise<SandboxAnswer> => {
      const answer = await fetch(`${world.sandboxUrl}/_sandbox/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true)
      return answer.status === 204 ? {} : ((await answer.json()) as SandboxAnswer)
    }

    const accepted = async (to: string) => {
      const { messages } = await control('GET', `messages?to=${encodeURIComponent(to)}`)
      return messages!
    }

    const isMail = () => world.provider.channel === 'email'
    const messageTo = (to: string, changes: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
      attemptId: randomUUID(),
      channel: world.provider.channel,
      to,
      text: 'Your deposition is on October 15.',
      receiptsUrl: `${door.url}/receipts`,
      ...(world.provider.channel === 'email'
        ? { subject: 'Your deposition', html: '<p>October 15</p>' }
        : {}),
      ...changes,
    })
    const next = () => facts.recipient(++count)

    const withFault = async <T>(fault: Record<string, unknown>, task: () => Promise<T>): Promise<T> => {
      await control('PUT', 'faults', [{ provider: facts.name, ...fault }])
      try {
        return await task()
      } finally {
        await control('DELETE', 'faults')
      }
    }

    const receiptsIn = (request: RawRequest): Receipt[] => {
      const read = reader.receipts(request)
      return read.ok ? read.receipts : []
    }
    const isReceipt = (request: RawRequest) => new URL(request.url).pathname === '/receipts'
    const isText = (request: RawRequest) => new URL(request.url).pathname === '/texts'
    const receiptOf = async (attemptId: string, kind: ReceiptKind) => {
      const about = (receipt: Receipt) => receipt.attemptId === attemptId && receipt.kind === kind
      const request = await door.first((one) => isReceipt(one) && receiptsIn(one).some(about))
      return { request, receipt: receiptsIn(request).find(about)! }
    }

    describe('sending', () => {
      it('is accepted under an id, and the outside world has the message as we wrote it, with our attempt id', async () => {
        const message = messageTo(next(), { text: 'Señora Núñez,\n100 % “ready” & more 😀 <b>+1</b>' })
        const verdict = await sender.send(message)
        expect(verdict).toEqual({ kind: 'accepted', providerMessageId: expect.stringMatching(/^.{8,}$/) })
        expect(await accepted(message.to)).toMatchObject([
          {
            providerMessageId: (verdict as { providerMessageId: string }).providerMessageId,
            reference: message.attemptId,
            text: message.text,
          },
        ])
      })

      it.each(facts.refusals)('gives its verdict on $to: $verdict.kind', async ({ to, verdict }) => {
        expect(await sender.send(messageTo(to))).toMatchObject(verdict)
      })

      it.each([500, 503])('is tried again after HTTP %i, since nothing was taken', async (status) => {
        const to = next()
        const verdict = await withFault({ kind: 'status', status }, () => sender.send(messageTo(to)))
        expect(verdict).toMatchObject({ kind: 'retry' })
        expect(await accepted(to)).toEqual([])
      })

      it('is tried again after 429, not before the time that the provider asks for', async () => {
        const verdict = await withFault({ kind: 'status', status: 429 }, () => sender.send(messageTo(next())))
        expect(verdict).toMatchObject({ kind: 'retry', after: expect.any(Number) })
      })

      it('pages the operator when the credentials are refused, and never tells them', async () => {
        const { sender: stranger } = world.provider.open(world.settings(facts.wrongCredentials))
        const verdict = await stranger.send(messageTo(next()))
        expect(verdict).toMatchObject({ kind: 'refused', page: true })
        for (const secret of Object.values(facts.wrongCredentials)) {
          expect(JSON.stringify(verdict)).not.toContain(secret)
        }
        stranger.close?.()
      })

      it('is ambiguous when the provider accepted and the answer was lost', async () => {
        const to = next()
        const verdict = await withFault({ kind: 'reset_after_accept' }, () => sender.send(messageTo(to)))
        expect(verdict).toMatchObject({ kind: 'ambiguous' })
        expect(await accepted(to)).toHaveLength(1)
      })

      it('is ambiguous when no answer comes in time', async () => {
        const { sender: hasty } = world.provider.open(world.settings({ timeoutMs }))
        expect(hasty.timeoutMs).toBe(timeoutMs)
        const verdict = await withFault({ kind: 'timeout' }, () => hasty.send(messageTo(next())))
        expect(verdict).toMatchObject({ kind: 'ambiguous' })
        hasty.close?.()
      })

      it('quotes no contact detail in what it says about a failure', async () => {
        for (const { to } of facts.refusals) {
          expect(JSON.stringify(await sender.send(messageTo(to)))).not.toContain(to.replace('+', ''))
        }
      })

      it.runIf(facts.carriesMail)(
        'brings files with a mail unchanged, and none where none were given',
        async () => {
          const lines = [
            'BEGIN:VCALENDAR',
            'METHOD:REQUEST',
            `SUMMARY:${'ñ 😀 \\, '.repeat(20)}`,
            'END:VCALENDAR',
            '',
          ]
          const attachments: Attachment[] = [
            {
              filename: 'invitation.ics',
              contentType: 'text/calendar; method=REQUEST',
              content: lines.join('\r\n'),
            },
            { filename: 'how to get there.txt', contentType: 'text/plain', content: 'By the F train.\n' },
          ]
          const [to, other] = [next(), next()]
          expect(await sender.send(messageTo(to, { attachments }))).toMatchObject({ kind: 'accepted' })
          expect((await accepted(to))[0]!.attachments).toEqual(attachments)
          await sender.send(messageTo(other))
          expect((await accepted(other))[0]!.attachments ?? []).toEqual([])
        },
      )

      it('mends broken Unicode', async () => {
        const message = messageTo(next(), {
          text: 'half a \ud83d',
          ...(isMail() ? { subject: 'half \ude00' } : {}),
        })
        expect(await sender.send(message)).toMatchObject({ kind: 'accepted' })
        expect(await accepted(message.to)).toMatchObject([{ text: 'half a \ufffd' }])
      })

      it('never throws and is never unsure without cause, whatever text, subject or address it is given', {
        timeout: 60_000,
      }, async () => {
        const anything = fc.string({
          unit: fc.oneof(fc.string({ unit: 'binary', maxLength: 1 }), brokenText),
        })
        // Connections of its own: the first value takes seconds to make on a busy machine, and the outside world hangs up
        // on those that are idle for five; to write on one of them at that moment is a cause to be unsure.
        const { sender: own } = world.provider.open(world.settings())
        await fc.assert(
          fc.asyncProperty(
            anything,
            anything,
            fc.oneof(fc.constant(next()), anything),
            async (text, subject, to) => {
              const verdict = await own.send(messageTo(to, { text, subject }))
              expect(['accepted', 'refused']).toContain(verdict.kind)
            },
          ),
          { numRuns: 100 },
        )
        own.close?.()
      })
    })

    describe('a network in trouble', () => {
      const sendTo = async (baseUrl: string): Promise<SendVerdict> => {
        const { sender: lost } = world.provider.open(world.settings({ baseUrl, timeoutMs }))
        const verdict = await lost.send(messageTo(next()))
        lost.close?.()
        return verdict
      }

      it('is tried again when nobody listens', async () => {
        const gone = await openTrouble('silent')
        await gone.close()
        expect(await sendTo(gone.url)).toMatchObject({ kind: 'retry', code: 'ECONNREFUSED' })
      })

      it('is tried again when the name is not found', async () => {
        expect(await sendTo('http://provider.invalid')).toMatchObject({ kind: 'retry' })
      })

      it('is tried again when TLS can’t be agreed on: nothing of ours was written', async () => {
        const plain = await openTrouble({ status: 200, body: 'not TLS' })
        expect(await sendTo(`https://127.0.0.1:${plain.port}`)).toMatchObject({ kind: 'retry' })
        await plain.close()
      })

      const unsure: [string, Trouble][] = [
        ['the connection is reset after the request', 'resets'],
        ['the answer never comes', 'silent'],
        ['the answer is cut short', 'half an answer'],
        ['the answer’s body never comes', 'slow body'],
        ['a gateway gave up waiting (504)', { status: 504, body: '<html>' }],
        ['the success can’t be read', { status: 201, body: '<html>' }],
        ['the success names no id', { status: 202, body: '{}' }],
      ]
      it.each(unsure)('is ambiguous when %s', async (_, trouble) => {
        const server = await openTrouble(trouble)
        expect(await sendTo(server.url)).toMatchObject({ kind: 'ambiguous' })
        expect(server.seen(), 'requests; an SDK must not try again by itself').toBe(1)
        await server.close()
      })

      it('is tried again when an overloaded front answers in HTML, and waits as long as it says', async () => {
        const server = await openTrouble({ status: 503, headers: { 'retry-after': '17' }, body: '<html>' })
        expect(await sendTo(server.url)).toMatchObject({ kind: 'retry', after: 17 })
        await server.close()
      })

      it('is refused and someone is told when the address leads elsewhere', async () => {
        const server = await openTrouble({
          status: 302,
          headers: { location: 'http://127.0.0.1:9/' },
          body: '',
        })
        expect(await sendTo(server.url)).toMatchObject({ kind: 'refused', page: true })
        await server.close()
      })
    })

    describe('receipts', () => {
      it('carry our attempt id and the provider’s own, up to delivered', async () => {
        const message = messageTo(next())
        const verdict = await sender.send(message)
        const { receipt } = await receiptOf(message.attemptId, 'delivered')
        expect({ kind: 'accepted', providerMessageId: receipt.providerMessageId }).toEqual(verdict)
        expect((await receiptOf(message.attemptId, 'sent')).receipt.key).not.toBe(receipt.key)
      })

      it.each(facts.endings)('say about $to: $receipt.kind', async ({ to, receipt: expected }) => {
        const message = messageTo(to)
        expect(await sender.send(message)).toMatchObject({ kind: 'accepted' })
        const { receipt } = await receiptOf(message.attemptId, expected.kind)
        expect(receipt).toMatchObject(expected)
        if (!expected.suppress) expect(receipt.suppress).toBeUndefined()
        if (!expected.retryable) expect(receipt.retryable).toBeUndefined()
        if (!expected.page) expect(receipt.page).toBeUndefined()
      })

      it('are read the same in any order and any number of times', async () => {
        const requests = door.requests.filter(isReceipt)
        expect(requests.length).toBeGreaterThan(3)
        const inOrder = requests.map(receiptsIn)
        const reversed = requests.toReversed().map(receiptsIn).toReversed()
        const plain = (all: Receipt[][]) => all.flat().map(({ at: _, ...receipt }) => receipt)
        expect(plain(reversed)).toEqual(plain(inOrder))
        expect(plain(inOrder).every(({ key }) => key !== '')).toBe(true)
      })

      it('are refused without a signature, with another’s, and when any one byte was changed', async () => {
        const message = messageTo(next())
        await sender.send(message)
        const { request } = await receiptOf(message.attemptId, 'delivered')
        const read = (changed: RawRequest) => reader.receipts(changed)
        expectSigned(request, read)
        if (facts.signsUrl) {
          const url = request.url.replace(message.attemptId, randomUUID())
          expect(read({ ...request, url })).toMatchObject({ ok: false, status: 403 })
        }
      })
    })

    it.runIf(facts.carriesMail)('says who its mails come from', () => {
      expect(world.provider.from!(world.settings())).toMatchObject({ email: expect.stringContaining('@') })
      for (const nothing of [null, 5, {}]) expect(world.provider.from!(nothing)).toBeNull()
    })

    it('offers what it is said to offer', () => {
      expect(sender.channel).toBe(world.provider.channel)
      expect(isMail()).toBe(facts.carriesMail)
      expect(reader.texts !== undefined).toBe(facts.takesTexts)
      expect(reader.textAnswer !== undefined).toBe(facts.takesTexts)
      expect(sender.find !== undefined).toBe(facts.canBeAsked)
      expect(sender.statusOf !== undefined).toBe(facts.canBeAsked)
    })

    if (facts.takesTexts) {
      it('reads texts, and its answer makes the provider say nothing by itself', async () => {
        const { numbers } = await control('GET', 'twilio/numbers')
        const text = {
          from: next(),
          to: numbers![0]!.e164,
          body: 'I can’t make it Tuesday + ¿jueves? 100 % 😀',
        }
        await control('PUT', `twilio/numbers/${encodeURIComponent(text.to)}`, { smsUrl: `${door.url}/texts` })
        const { webhook } = await control('POST', 'texts?wait=1', text)
        expect(webhook).toMatchObject({ status: 200, attempts: 1 })
        const request = await door.first(isText)
        expect(reader.texts!(request)).toEqual({
          ok: true,
          texts: [{ ...text, providerMessageId: expect.any(String), media: [] }],
        })
        expect(await accepted(text.from), 'what the provider said to the client').toEqual([])
        expectSigned(request, (changed) => reader.texts!(changed))
      })
    }

    if (facts.canBeAsked) {
      it('finds a message whose answer was lost, once it shows, and only that one', async () => {
        const [to, other] = [next(), next()]
        const from = Temporal.Now.instant()
        await control('PUT', 'settings', { [facts.name]: { listLagMs: 60_000 } })
        const lost = messageTo(to)
        await withFault({ kind: 'reset_after_accept' }, () => sender.send(lost))
        await sender.send(messageTo(to, { text: `${lost.text} ` }))
        await sender.send(messageTo(other))
        const query = { to, text: lost.text, from, until: Temporal.Now.instant() }
        expect(await sender.find!(query)).toEqual([])
        await control('PUT', 'settings', { [facts.name]: { listLagMs: 0 } })
        const [message] = (await accepted(to)).filter(({ reference }) => reference === lost.attemptId)
        expect(await sender.find!(query)).toEqual([
          expect.objectContaining({ providerMessageId: message!.providerMessageId }),
        ])
        const before = { from: from.subtract({ hours: 2 }), until: from.subtract({ hours: 1 }) }
        expect(await sender.find!({ ...query, ...before })).toEqual([])
      })

      it('throws when it can’t be asked, rather than finding nothing', async () => {
        const query = { to: next(), text: 'x', from: Temporal.Now.instant(), until: Temporal.Now.instant() }
        await withFault({ kind: 'status', status: 500 }, () => expect(sender.find!(query)).rejects.toThrow())
      })
    }

    if (facts.canBeAsked) {
      it('tells what became of a message as its receipts would, under a key of its own', async () => {
        const message = messageTo(next())
        const verdict = await sender.send(message)
        const { receipt } = await receiptOf(message.attemptId, 'delivered')
        const { providerMessageId } = verdict as { providerMessageId: string }
        const told = await sender.statusOf!(providerMessageId)
        expect(told).toMatchObject({ kind: 'delivered', providerMessageId })
        expect(told!.key).not.toBe(receipt.key)
        expect(await sender.statusOf!(providerMessageId)).toEqual(told)
      })

      it.each(facts.endings.filter((e) => /undelivered|failed|bounced|dropped/.test(e.receipt.kind)))(
        'tells of $to, when asked: $receipt.kind',
        async ({ to, receipt: expected }) => {
          const message = messageTo(to)
          const { providerMessageId } = (await sender.send(message)) as { providerMessageId: string }
          const { receipt } = await receiptOf(message.attemptId, expected.kind)
          const { at: _, key, attemptId, ...same } = receipt
          expect(await sender.statusOf!(providerMessageId)).toMatchObject(same)
        },
      )

      it('knows nothing of an id that is not its own, and throws when it can’t be asked', async () => {
        const { providerMessageId } = (await sender.send(messageTo(next()))) as { providerMessageId: string }
        const stranger = providerMessageId.slice(0, 2) + '0'.repeat(providerMessageId.length - 2)
        expect(await sender.statusOf!(stranger)).toBeNull()
        await withFault({ kind: 'status', status: 500 }, () =>
          expect(sender.statusOf!(providerMessageId)).rejects.toThrow(),
        )
        const { sender: revoked } = world.provider.open(world.settings(facts.wrongCredentials))
        await expect(revoked.statusOf!(providerMessageId)).rejects.toThrow()
        revoked.close?.()
      })
    }

    it('is well with good credentials, and says what is wrong with others or with the network', async () => {
      expect(await sender.check()).toBeNull()
      const { sender: stranger } = world.provider.open(world.settings(facts.wrongCredentials))
      expect(await stranger.check()).toMatch(/\w/)
      const { sender: lost } = world.provider.open(world.settings({ baseUrl: 'http://127.0.0.1:9' }))
      expect(await lost.check()).toMatch(/ECONNREFUSED/)
      stranger.close?.()
      lost.close?.()
    })

    describe('settings', () => {
      it('are accepted when good, secrets as references included', () => {
        const { provider } = world
        expect(provider.parse(world.settings())).toEqual({ ok: true })
        expect(provider.secrets.length).toBeGreaterThan(0)
        const references = world.settings({ [provider.secrets[0]!]: 'env:SOME_SECRET' })
        expect(provider.parse(references)).toEqual({ ok: true })
        expect(() => provider.open(references)).toThrow(provider.secrets[0])
      })

      it.each(facts.wrongSettings)(
        'are refused with the path of what is wrong: $path',
        ({ changes, path }) => {
          const parsed = world.provider.parse(world.settings(changes))
          expect(parsed).toMatchObject({ ok: false })
          expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.path)).toContain(path)
          expect(() => world.provider.open(world.settings(changes))).toThrow()
        },
      )
    })
  })
}

// Lone surrogates, line breaks, NUL, a right-to-left override.
const brokenText = fc.constantFrom('\ud83d', '\ude00', '\r\n', '\0', '\u202e', '<', ',')

/** Holds a reader to one genuine request: it is read as it is, and refused with anything about it changed. */
function expectSigned(
  request: RawRequest,
  read: (request: RawRequest) => { ok: boolean; status?: number },
): void {
  expect(read(request)).toMatchObject({ ok: true })
  const signature = Object.keys(request.headers).find((header) => header.endsWith('signature'))!
  const { [signature]: value, ...unsigned } = request.headers
  expect(read({ ...request, headers: unsigned })).toMatchObject({ ok: false, status: 401 })
  const others = { ...request.headers, [signature]: Buffer.from('another').toString('base64') }
  expect(read({ ...request, headers: others })).toMatchObject({ ok: false, status: 403 })
  expect(value).not.toBe('')
  for (let at = 0; at < request.body.length; at++) {
    const body = Uint8Array.from(request.body)
    body[at]! ^= 1
    expect(read({ ...request, body }), `byte ${at}`).toMatchObject({ ok: false, status: 403 })
  }
}
