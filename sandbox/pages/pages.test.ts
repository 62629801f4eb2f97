import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { control, sendMail, sendText, startReceiver, startSandbox } from '../testing.ts'
import { html } from './layout.ts'

const get = async (url: string) => {
  const answer = await fetch(url)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

describe('markup', () => {
  it('escapes every value, wherever it comes from', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(html`<p title="${text}">${[text]}</p>`.markup).not.toMatch(
          /<p title="[^"]*["<>'][^>]*"|<(?!\/?p[ >])/,
        )
      }),
    )
    expect(html`<b>${'<script>'}</b>${html`<i>${'"'}</i>`}${null}${false}`.markup).toBe(
      '<b>&#60;script&#62;</b><i>&#34;</i>',
    )
  })
})

describe('pages', () => {
  it.each(['/', '/phone', '/phone/+12025550111', '/mail', '/mail/ada@example.com', '/faults'])(
    '%s is there, also when empty',
    async (path) => {
      const { url } = await startSandbox()
      const { status, text } = await get(url + path)
      expect(status).toBe(200)
      expect(text).toContain('<main id="main">')
    },
  )

  it('a phone shows what the firm and the client said, in order and escaped', async () => {
    const { url } = await startSandbox()
    await sendText(url, { Body: 'One <b>bold</b>' })
    await control(url, 'POST', '/_sandbox/texts', { from: '+12025550111', to: '+12015550123', body: 'Two' })
    const { text } = await get(`${url}/phone/+12025550111`)
    expect(text).toContain('One &#60;b&#62;bold')
    expect(text.indexOf('One &#60;')).toBeLessThan(text.indexOf('>Two<'))
    expect((await get(`${url}/phone`)).text).toContain('/phone/+12025550111')
  })

  it('a mail is shown in a frame where nothing runs; loading it is an open, its link a click', async () => {
    const firm = await startReceiver()
    const { url, core } = await startSandbox({ sendgrid: { webhookUrl: firm.url } })
    await sendMail(url)
    await firm.until(1)
    const { id } = core.messages.list({})[0]!
    const page = await get(`${url}/mail/ada@example.com/${id}`)
    expect(page.text).toContain(
      `sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mail/ada@example.com/${id}/html"`,
    )
    const letter = await get(`${url}/mail/ada@example.com/${id}/html`)
    expect(letter.headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/)
    const before = firm.received.length
    await fetch(`${url}${/src="(\/_sandbox\/open\/[^"]+)"/.exec(letter.text)![1]}`, {
      headers: { 'user-agent': 'Firefox' },
    })
    const click = await fetch(`${url}${/href="(\/_sandbox\/click\/[^"]+)"/.exec(letter.text)![1]}`, {
      redirect: 'manual',
    })
    expect(click.headers.get('location')).toBe('https://example.com/a?b=1&c=2')
    await fetch(`${url}/mail/ada@example.com/${id}/machine-open`, { method: 'POST' })
    const wanted = (events: { event: string }[]) =>
      events.filter(({ event }) => event === 'open' || event === 'click')
    let count = before + 1
    let events: {
      event: string
      sg_machine_open?: boolean
      useragent: string
      url?: string
      sg_event_id: string
    }[] = []
    while (events.length < 3) {
      const received = await firm.until(count++)
      events = wanted(received.flatMap((call) => JSON.parse(call.body))) as typeof events
    }
    expect(events.map(({ event, sg_machine_open }) => [event, sg_machine_open])).toEqual([
      ['open', false],
      ['click', undefined],
      ['open', true],
    ])
    expect(events[0]!.useragent).toBe('Firefox')
    expect(events[1]!.url).toBe('https://example.com/a?b=1&c=2')
    expect(new Set(events.map((event) => event.sg_event_id)).size).toBe(3)
  })

  it('carries no pixel and no tracked link when the sender wants none', async () => {
    const { url, core } = await startSandbox()
    await sendMail(url, {
      tracking_settings: { open_tracking: { enable: false }, click_tracking: { enable: false } },
    })
    const { text } = await get(`${url}/mail/ada@example.com/${core.messages.list({})[0]!.id}/html`)
    expect(text).not.toContain('/_sandbox/')
  })
})

describe('an invitation in the mailbox', () => {
  const invite = (url: string, sequence: number, method = 'REQUEST', uid = 'a@b') => {
    const text = [
      'BEGIN:VCALENDAR',
      `METHOD:${method}`,
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `SEQUENCE:${sequence}`,
      'DTSTART:20301018T210000Z',
      'DTEND:20301018T220000Z',
      'SUMMARY:Motion\\, <b>he',
      ' aring</b>',
      'ORGANIZER;CN="a:b":mailto:x@example.com',
      'LOCATION:Room 5\\nNew York',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n')
    const content = Buffer.from(text).toString('base64')
    const type = `text/calendar; method=${method}`
    return sendMail(url, { attachments: [{ content, filename: 'invitation.ics', type }] })
  }

  it('shows when, what and where, escaped, and whether it is new, an update or a cancellation', async () => {
    const { url, core } = await startSandbox()
    await invite(url, 1)
    await invite(url, 2)
    await invite(url, 2)
    await invite(url, 1)
    await invite(url, 3, 'CANCEL')
    await invite(url, 1, 'REQUEST', 'other@b')
    const pages = await Promise.all(
      core.messages.list({}).map(async ({ id }) => (await get(`${url}/mail/ada@example.com/${id}`)).text),
    )
    expect(pages.map((page) => /<section[^>]*>\s*<p class="small soft">([^<]*)/.exec(page)?.[1])).toEqual([
      'New invitation · REQUEST, sequence 1',
      'Updates an invitation · REQUEST, sequence 2',
      'The same invitation again · REQUEST, sequence 2',
      'Older than an invitation seen before: ignored · REQUEST, sequence 1',
      'Cancels an invitation · CANCEL, sequence 3',
      'New invitation · REQUEST, sequence 1',
    ])
    expect(pages[0]).toContain('<strong>Motion, &#60;b&#62;hearing&#60;/b&#62;</strong>')
    expect(pages[0]).toContain('<time datetime="2030-10-18T21:00:00Z">2030-10-18 21:00 UTC</time>')
    expect(pages[0]).toContain('Room 5\nNew York')
  })

  it('can be kept as the file that came, and is not opened in the page', async () => {
    const { url, core } = await startSandbox()
    await invite(url, 1)
    const [mail] = core.messages.list({})
    const at = `${url}/mail/ada@example.com/${mail!.id}/files`
    const { text, headers } = await get(`${at}/0`)
    expect(text).toBe(mail!.attachments![0]!.content)
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''invitation.ics`)
    expect((await get(`${at}/1`)).status).toBe(404)
    expect((await get(`${at}/x`)).status).toBe(404)
  })
})

describe('one-click unsubscribe', () => {
  it('POSTs what RFC 8058 asks for, without credentials', async () => {
    const firm = await startReceiver()
    const { url, core } = await startSandbox()
    const headers = {
      'List-Unsubscribe': `<mailto:u@example.com>, <${firm.url}/u?t=1>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }
    await sendMail(url, { headers })
    const { id } = core.messages.list({})[0]!
    const answer = await fetch(`${url}/mail/ada@example.com/${id}/unsubscribe`, {
      method: 'POST',
      headers: { cookie: 'a=b' },
    })
    expect(await answer.json()).toEqual({ said: 'unsubscribed' })
    const [call] = firm.received
    expect([call!.url, call!.body, call!.headers.cookie]).toEqual([
      '/u?t=1',
      'List-Unsubscribe=One-Click',
      undefined,
    ])
  })

  it('is not offered without the second header', async () => {
    const { url, core } = await startSandbox()
    await sendMail(url, { headers: { 'List-Unsubscribe': '<https://example.com/u>' } })
    const { id } = core.messages.list({})[0]!
    expect((await get(`${url}/mail/ada@example.com/${id}`)).text).toContain('No one-click unsubscribe')
    expect((await fetch(`${url}/mail/ada@example.com/${id}/unsubscribe`, { method: 'POST' })).status).toBe(
      404,
    )
  })
})

it('tells open pages what changed, gathered and without repeats', async () => {
  const { url } = await startSandbox()
  const stream = await fetch(`${url}/_sandbox/events`)
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toContain('hello')
  await sendText(url, {})
  await sendText(url, {})
  const { value } = await reader.read()
  const events = JSON.parse(value!.replace(/^data: /, '')) as { type: string }[]
  expect(events.filter((event) => event.type === 'message')).toEqual([
    { type: 'message', about: '+12025550111' },
  ])
  await reader.cancel()
})
