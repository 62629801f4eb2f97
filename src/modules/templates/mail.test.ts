import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileTemplate } from './compile.ts'
import { toContext } from './context.ts'
import { mailParts } from './mail.ts'
import { renderMessage } from './render.ts'
import { templateConfig } from './types.ts'

const parts = (markdown: string, more = {}) =>
  mailParts({ subject: 'Hello', markdown, firmName: 'Harbor & Pike', language: 'en', ...more })

const between = (html: string) => html.slice(html.indexOf('class="card"'), html.indexOf('class="foot"'))

describe('a mail', () => {
  it('has both parts, and the plain one reads like a letter', () => {
    const { html, text } = parts(
      [
        '# News',
        'Dear *María*,\\\nthe **hearing** has moved. See [the map](https://maps.example/x?a=1&b=2) or https://harborpike.example.',
        '- bring your passport\n- bring the letter\n  - and a copy\n- call us',
        '1. first\n2. second',
        '> as the court said',
        '---',
        'Write to staff@harborpike.example',
      ].join('\n\n'),
    )
    expect(text).toBe(`News

Dear María,
the hearing has moved. See the map (https://maps.example/x?a=1&b=2) or https://harborpike.example.

- bring your passport
- bring the letter
  - and a copy
- call us

1. first
2. second

> as the court said

---

Write to staff@harborpike.example

-- 
This message was sent by Harbor & Pike.
`)
    expect(html).toContain('<h1>News</h1>')
    expect(html).toContain('<a href="https://maps.example/x?a=1&amp;b=2">the map</a>')
    expect(html).toContain('Harbor &amp; Pike')
    expect(html).not.toContain('Stop these emails')
  })

  it('offers the way out in the language of the client', () => {
    const unsubscribeUrl = 'https://tipstaff.example/u/"x"?a=1&b=2'
    const en = parts('Hello', { unsubscribeUrl })
    expect(en.text).toContain(`Stop these emails: ${unsubscribeUrl}`)
    expect(en.html).toContain(
      '<a href="https://tipstaff.example/u/&quot;x&quot;?a=1&amp;b=2">Stop these emails</a>',
    )
    const es = parts('Hola', { unsubscribeUrl, language: 'es' })
    expect(es.html).toContain('<html lang="es">')
    expect(es.html).toContain('>Dejar de recibir estos correos</a>')
    expect(es.text).toContain('Este mensaje fue enviado por Harbor & Pike.')
  })

  it('carries no HTML, no pictures and no links of other kinds', () => {
    const body = between(
      parts(
        '<script>alert(1)</script> ![x](https://spy.example/p.gif) [a](javascript:alert(1)) [b](data:text/html,x) [c](/local) Docs.No',
      ).html,
    )
    expect(body).toContain('&lt;script&gt;')
    expect(body).not.toMatch(/<(script|img)/)
    expect(body.match(/href="[^"]*"/g)).toEqual(['href="https://spy.example/p.gif"'])
  })

  it('escapes what frames it', () => {
    const { html } = mailParts({
      subject: '</title><script>',
      markdown: 'Hello',
      firmName: '<b>"Firm"</b>\r\nX',
      language: 'en',
      preheader: '</div><img>',
    })
    expect(html).not.toMatch(/<(script|b|img)[ >]/)
    expect(html).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>')
  })

  it('is the same bytes each time', () => {
    const markdown = 'Dear María, see [x](https://example.com) and **y**.'
    expect(parts(markdown)).toEqual(parts(markdown))
  })
})

describe('a value in a mail', () => {
  const compiled = compileTemplate(
    templateConfig.parse({
      key: 'greeting',
      languages: {
        en: {
          email: {
            subject: 'Hello',
            body: '{{ client.name }}\n\nDear {{ client.name }}, **{{ client.name }}**\n\n- {{ client.name }}\n\n> {{ client.name }}\n\n# {{ client.name }}',
          },
        },
      },
    }),
  )
  if (!compiled.ok) throw new Error('does not compile')
  const body = (name: string): string | null => {
    const rendered = renderMessage(compiled.template, {
      language: 'en',
      fallbackLanguage: 'en',
      channel: 'email',
      context: toContext({ client: { name }, matter: {}, firm: {}, event: {} }),
      timeZone: 'UTC',
    })
    return rendered.ok ? between(parts(rendered.text).html) : null
  }
  const tags = (html: string | null) => html?.match(/<[^>]*>/g)?.filter((tag) => tag !== '<br>')
  const expected = tags(body('Maria'))

  it.each([
    '[x](http://evil.example)',
    '<script>alert(1)</script>',
    '# x',
    '- x',
    '1. x',
    '    x',
    '```\nx\n```',
    'x\n===',
    'a\n\n# b\n\n- c\n\n1. d\n\n> e\n\n---',
    'http://evil.example',
    'www.evil.example',
    'me@evil.example',
    'mailto:me@evil.example',
    '//evil.example',
    '<http://evil.example>',
    '&lt;b&gt; &#60;i&#62;',
    '![x](http://evil.example/p.gif)',
    '**bold** _it_ ~~no~~ `code`',
    'a|b\n-|-\nc|d',
    '[x]: http://evil.example\n\n[x]',
    '\\[x](http://evil.example)',
    'x\u2028# y\u0085- z',
  ])('%j is text', (name) => {
    expect(tags(body(name))).toEqual(expected)
  })

  it('is text, whatever it is', () => {
    const scraps = fc.constantFrom(
      ...'[](){}<>*_`#+-.!~|:/@&;"\'\\=\n\t 0123abc'.split(''),
      'http://',
      'https://evil.example',
      'www.',
      'a@b.co',
      '<b>',
      '</p>',
      '<!--',
      '-->',
      '&lt;',
      '&#x3c;',
      '\n\n',
      '    ',
      '```',
      '---',
      '\u2028',
      '\r\n',
      'é',
      '😀',
      '](',
      '![',
    )
    const names = fc.oneof(
      fc.array(scraps, { minLength: 1, maxLength: 25 }).map((s) => s.join('')),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(names, (name) => {
        const html = body(name)
        // Blank names hold the message.
        if (html !== null) expect(tags(html)).toEqual(expected)
      }),
      { numRuns: 1_000 },
    )
  })

  it('reads as it was written', () => {
    const clean = fc.string({ unit: fc.constantFrom(...'[](){}<>*_`#+-.!~|:/@&;"\'\\=0123abcé😀,?$% ') })
    fc.assert(
      fc.property(clean, (name) => {
        const wanted = name.trim().replace(/ {2,}/g, ' ')
        if (wanted === '') return
        const rendered = renderMessage(compiled.template, {
          language: 'en',
          fallbackLanguage: 'en',
          channel: 'email',
          context: toContext({ client: { name }, matter: {}, firm: {}, event: {} }),
          timeZone: 'UTC',
        })
        expect(rendered.ok && parts(rendered.text).text.split('\n')[0]).toBe(wanted)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps its line breaks, and may be the address of a link', () => {
    expect(body('one\r\n\r\ntwo')).toContain('one<br>\n')
    const link = compileTemplate(
      templateConfig.parse({
        key: 'link',
        languages: { en: { email: { subject: 'Pay', body: '[Pay now]({{ event.url }})' } } },
      }),
    )
    const rendered = renderMessage(link.ok ? link.template : compiled.template, {
      language: 'en',
      fallbackLanguage: 'en',
      channel: 'email',
      context: toContext({
        client: {},
        matter: {},
        firm: {},
        event: { url: 'https://pay.example/a_b?x=1&y=(2)' },
      }),
      timeZone: 'UTC',
    })
    expect(rendered.ok && parts(rendered.text).html).toContain('href="https://pay.example/a_b?x=1&amp;y=(2)"')
  })
})
