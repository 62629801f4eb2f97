import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { smtpMailer } from './index.ts'

interface Received {
  from: string
  to: string[]
  data: string
}

/** As much of RFC 5321 as one conversation takes. @param answers replies that differ from yes, by verb */
async function smtpServer(answers: Record<string, string> = {}) {
  const received: Received[] = []
  const verbs: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let mail: Received = { from: '', to: [], data: '' }
    let inData = false
    let rest = ''
    const say = (line: string) => line !== 'silence' && socket.write(`${line}\r\n`)
    say(answers.greeting ?? '220 test ESMTP')
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      const lines = (rest + chunk).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (inData) {
          if (line !== '.') mail.data += `${line}\n`
          else {
            inData = false
            received.push(mail)
            mail = { from: '', to: [], data: '' }
            say(answers.message ?? '250 kept')
          }
          continue
        }
        const verb = line.split(/[ :]/)[0]!.toUpperCase()
        verbs.push(verb)
        if (answers[verb]) say(answers[verb])
        else if (verb === 'DATA') {
          inData = true
          say('354 go on')
        } else if (verb === 'QUIT') {
          say('221 bye')
          socket.end()
        } else {
          if (verb === 'MAIL') mail.from = line
          if (verb === 'RCPT') mail.to.push(line)
          say('250 fine')
        }
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { received, verbs, url: `smtp://127.0.0.1:${port}`, port }
}

const mail = {
  id: '019a3f5e-7c11-7000-8000-000000000001',
  to: ['ops@firm.example', 'night@firm.example'],
  subject: '[Tipstaff page] Harbor & Pike: a message could not be delivered',
  text: 'dead_letter: …\n.\na line that is a dot',
}
const from = 'tipstaff@firm.example'

describe('alerts by SMTP', () => {
  it('reach the operators in a real conversation', async () => {
    const { received, url, verbs } = await smtpServer()
    expect(await smtpMailer({ url, from }).send(mail)).toEqual({ ok: true })
    expect(received).toHaveLength(1)
    const [{ from: sender, to, data }] = received as [Received]
    expect(sender).toContain('<tipstaff@firm.example>')
    expect(to).toEqual(['RCPT TO:<ops@firm.example>', 'RCPT TO:<night@firm.example>'])
    expect(data).toContain('From: Tipstaff <tipstaff@firm.example>')
    expect(data).toContain('Message-ID: <019a3f5e-7c11-7000-8000-000000000001@firm.example>')
    expect(data).toContain('Auto-Submitted: auto-generated')
    expect(data).toContain('Harbor & Pike')
    expect(data).toMatch(/^\.\.$/m)
    expect(verbs).toContain('EHLO')
  })

  it('carry no header that a subject or an address smuggles in', async () => {
    const { received, url } = await smtpServer()
    const subject = 'x\r\nBcc: evil@example.test\r\n\r\nbody'
    expect(await smtpMailer({ url, from }).send({ ...mail, subject })).toEqual({ ok: true })
    expect(received[0]?.data).not.toMatch(/^Bcc:/im)
    expect(received[0]?.to).toHaveLength(2)
    for (const to of [
      'a@b.example\r\nBcc: evil@example.test',
      'a@b.example, evil@example.test',
      '<a@b.example>',
      'x',
    ]) {
      expect(await smtpMailer({ url, from }).send({ ...mail, to: [to] }), to).toEqual({
        ok: false,
        detail: 'a recipient is not a plain mail address',
      })
    }
    expect(received).toHaveLength(1)
  })

  it('fail as a value, without addresses in the words, when the server refuses, hangs or is not there', async () => {
    const refusing = await smtpServer({ RCPT: '550 no such user ops@firm.example' })
    const refused = await smtpMailer({ url: refusing.url, from }).send(mail)
    expect(refused).toMatchObject({ ok: false, detail: expect.stringContaining('550') })
    expect(JSON.stringify(refused)).not.toContain('ops@')

    for (const answers of [
      { greeting: 'silence' },
      { EHLO: 'silence', HELO: 'silence' },
      { message: 'silence' },
    ]) {
      const { url } = await smtpServer(answers)
      expect(await smtpMailer({ url, from, timeoutMs: 200 }).send(mail)).toMatchObject({ ok: false })
    }
    const gone = await smtpServer()
    expect(await smtpMailer({ url: 'smtp://127.0.0.1:1', from }).send(mail)).toMatchObject({ ok: false })
    expect(gone.received).toEqual([])
  })

  it('never send a password in the clear', async () => {
    const { port, verbs } = await smtpServer({ EHLO: '250 AUTH PLAIN LOGIN', STARTTLS: '502 not here' })
    const url = `smtp://user:secret@127.0.0.1:${port}`
    expect(await smtpMailer({ url, from }).send(mail)).toMatchObject({ ok: false })
    expect(verbs).not.toContain('AUTH')
  })

  it("are refused a server or sender that can't be one", () => {
    for (const url of ['http://mail.example', 'mail.example', '']) {
      expect(() => smtpMailer({ url, from }), url).toThrow('smtp:')
    }
    expect(() => smtpMailer({ url: 'smtp://mail.example', from: 'Tipstaff <a@b.example>' })).toThrow('sender')
  })
})
