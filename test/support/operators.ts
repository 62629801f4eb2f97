/** The operators of a firm: a webhook and a mailbox that are nothing to do with its carriers. */
import { createServer as createHttp } from 'node:http'
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net'

export interface Alerted {
  kind: string
  cause: string
  severity: string
  title: string
  detail: Record<string, unknown>
}

/** @returns where they are reached, as the example firm's references name it, and what reached them */
export async function startOperators() {
  const webhooks: Alerted[] = []
  const mails: string[] = []
  const http = createHttp(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    webhooks.push((JSON.parse(Buffer.concat(chunks).toString()) as { data: Alerted }).data)
    response.writeHead(204).end()
  })
  const sockets = new Set<Socket>()
  const smtp = createTcp((socket) => {
    sockets.add(socket)
    converse(socket, mails)
  })
  const env = {
    HARBOR_PIKE_OPERATORS_WEBHOOK: `http://127.0.0.1:${await listening(http)}/alerts`,
    HARBOR_PIKE_OPERATORS_WEBHOOK_SECRET: `whsec_${Buffer.from('a secret of the operators, 32 b.').toString('base64')}`,
    HARBOR_PIKE_OPERATORS_SMTP: `smtp://127.0.0.1:${await listening(smtp)}`,
  }
  return {
    env,
    webhooks,
    mails,
    close() {
      for (const socket of sockets) socket.destroy()
      smtp.close()
      http.close()
      http.closeAllConnections()
    },
  }
}

/** As much of RFC 5321 as one mail takes. */
function converse(socket: Socket, mails: string[]): void {
  let rest = ''
  let mail: string | null = null
  const say = (line: string) => socket.write(`${line}\r\n`)
  say('220 operators')
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (mail !== null && line !== '.') mail += `${line}\n`
      else if (mail !== null) {
        mails.push(mail)
        mail = null
        say('250 kept')
      } else if (line.toUpperCase() === 'DATA') {
        mail = ''
        say('354 go on')
      } else if (line.toUpperCase() === 'QUIT') socket.end('221 bye\r\n')
      else say('250 fine')
    }
  })
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  )
