import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLog, scrub, scrubMarked } from './index.ts'

const canaries = {
  phone: '+13105550177',
  written: '(310) 555-0177',
  bare: '3105550177',
  mail: 'jane.canary@example.test',
  words: 'Dear Jane, your hearing has moved',
}

function capture() {
  const lines: string[] = []
  const log = createLog({ level: 'trace', destination: { write: (line: string) => void lines.push(line) } })
  return { log, lines, text: () => lines.join(''), last: () => JSON.parse(lines.at(-1)!) }
}

const expectNoCanary = (text: string) => {
  for (const canary of Object.values(canaries)) expect(text).not.toContain(canary)
}

describe('the log', () => {
  it('writes one JSON line with time, level, bound fields and message', () => {
    const { log, last } = capture()
    log.child({ firm: 'harbor-pike', matter: 'm-1' }).info({ event: 'e-1', ms: 12 }, 'decided')
    expect(last()).toMatchObject({
      level: 'info',
      firm: 'harbor-pike',
      matter: 'm-1',
      event: 'e-1',
      ms: 12,
      msg: 'decided',
    })
    expect(() => Temporal.Instant.from(last().time)).not.toThrow()
    expect(last()).not.toHaveProperty('dropped')
  })

  it('drops every field that nobody allowed, whatever its name, and names it', () => {
    const { log, text, last } = capture()
    const names = ['body', 'text', 'to', 'from', 'address', 'phone', 'email', 'html', 'whoKnows']
    for (const name of names) {
      log.info({ [name]: canaries.words, firm: 'f' }, 'x')
      expect(last()).toMatchObject({ firm: 'f', dropped: [name] })
    }
    expectNoCanary(text())
  })

  it('drops them from child bindings as well', () => {
    const { log, text } = capture()
    const child = log.child({ to: canaries.phone, firm: 'f' }).child({ body: canaries.words })
    child.setBindings({ email: canaries.mail })
    child.warn('sent')
    expect(text()).toContain('"firm":"f"')
    expectNoCanary(text())
  })

  it('does not write an object under an allowed name', () => {
    const { log, text, last } = capture()
    log.info({ message: { id: 'm', body: canaries.words }, check: [[canaries.words]] }, 'x')
    expect(last().dropped).toEqual(['message', 'check'])
    expectNoCanary(text())
  })

  it('scrubs contact details out of messages, arguments, allowed strings and errors with their causes', () => {
    const { log, text } = capture()
    const error = new Error(`no route to ${canaries.mail}`, {
      cause: new Error(`To ${canaries.phone} is invalid`),
    })
    log.info(`texted ${canaries.phone}`)
    log.info('texted %s and %o', canaries.bare, { a: canaries.mail })
    log.error({ err: error }, `gave up on ${canaries.written}`)
    log.error({ err: error })
    log.error(error)
    log.error({ error })
    log.warn({ reason: `21610: ${canaries.phone}` }, 'refused')
    expectNoCanary(text())
    expect(text()).toContain('no route to [mail]')
    expect(text()).toContain('To [phone] is invalid')
    expect(text()).toContain('texted [number]')
  })

  it('leaves out what libraries hang on their errors', () => {
    const { log, text, last } = capture()
    const error = Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: `Key (address)=(${canaries.phone}) already exists.`,
      config: { data: canaries.words },
      envelope: { to: [canaries.mail] },
    })
    log.error({ err: error }, 'could not store')
    expect(last().err).toMatchObject({ type: 'Error', code: '23505', message: 'duplicate key' })
    expectNoCanary(text())
  })

  it('survives what is thrown although it is no error', () => {
    const { log, last } = capture()
    log.error({ err: `boom ${canaries.mail}` }, 'x')
    expect(last().err).toEqual({ message: 'boom [mail]' })
    log.error({ err: { to: canaries.mail } }, 'x')
    expect(last().err).toEqual({ message: 'a thrown object' })
  })
})

describe('scrub', () => {
  it('finds phone numbers however they are written', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[2-9]\d{2}$/),
        fc.stringMatching(/^[2-9]\d{2}$/),
        fc.stringMatching(/^\d{4}$/),
        fc.constantFrom('', ' ', '.', '-'),
        (area, exchange, line, gap) => {
          const number = [area, exchange, line].join(gap)
          for (const written of [
            `+1${gap}${number}`,
            number,
            `1${gap}${number}`,
            `(${area}) ${exchange}-${line}`,
          ]) {
            expect(scrub(`to ${written}, twice`)).not.toContain(line)
          }
        },
      ),
    )
  })

  it('finds mail addresses however they are wrapped', () => {
    for (const wrapped of [
      '<j.d+x@mail.example.test>',
      'mailto:j@b.example',
      '?to=j%40b.example&x',
      '"j@b.example"',
      'é@bücher.example',
    ]) {
      expect(scrub(`no route to ${wrapped}.`), wrapped).toMatch(/\[mail\]/)
      expect(scrub(wrapped)).not.toMatch(/j[.@%]|é/)
    }
    expect(scrub('a@b.example,c@d.example')).toBe('[mail],[mail]')
  })

  // If not, the test's own time limit ends it.
  it('takes time in proportion to the length, whatever the text', () => {
    for (const unit of ['a', '1 ', '(555) ', 'x.', '@', 'a@', '@a.', '+1', '1-', '%40', '555-555-'])
      scrub(unit.repeat(500_000))
  })

  it('leaves ids, times and sums alone', () => {
    for (const text of [
      '019a3f5e-7c11-7000-8000-012345678901',
      '2026-03-04T05:06:07.123456789Z',
      '2026-03-04 05:06:07.123456+00',
      'SM0123456789abcdef0123456789abcdef',
      'due 1764979200123',
      '$12,345.67 on INV-2026-0042',
    ]) {
      expect(scrub(text)).toBe(text)
    }
  })

  it('keeps ids of ten digits where evidence counts, and takes marked numbers all the same', () => {
    expect(scrubMarked('matter 1675950832')).toBe('matter 1675950832')
    expect(scrubMarked('to +49 30 901820 and a@b.example and %2B13105550177')).toBe(
      'to [phone] and [mail] and [phone]',
    )
  })
})
