/** What the conformance suite stands on: a door for callbacks, and servers that fail in ways no sandbox should. */
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import type { RawRequest } from '../../kernel/index.ts'

export interface Door {
  /** Where it listens, without a slash at the end. */
  url: string
  /** All that came so far, oldest first. */
  requests: readonly RawRequest[]
  /** The first request that fits, past or future. Never gives up: the test's own time-out does. */
  first(fits: (request: RawRequest) => boolean): Promise<RawRequest>
  close(): Promise<void>
}

/** Takes callbacks as the app's doors would, and keeps them raw. @param answer what it answers at a path */
export async function openDoor(
  answer: (path: string) => { contentType: string; body: string } | undefined,
): Promise<Door> {
  const requests: RawRequest[] = []
  const waiting = new Set<() => void>()
  let url = ''
  const server = http.createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value)
    const path = incoming.url ?? '/'
    requests.push({ method: incoming.method ?? '', url: url + path, headers, body: Buffer.concat(chunks) })
    const content = answer(path)
    outgoing.writeHead(content ? 200 : 204, content ? { 'content-type': content.contentType } : {})
    outgoing.end(content?.body)
    for (const look of [...waiting]) look()
  })
  url = `http://127.0.0.1:${await listening(server)}`
  return {
    url,
    requests,
    first: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = requests.find(fits)
          if (!found) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    close: () => closed(server),
  }
}

/** How a broken server treats each connection. */
export type Trouble =
  /** Closes as soon as the first bytes of a request arrive. */
  | 'resets'
  /** Reads and never answers. */
  | 'silent'
  /** Promises more bytes than it sends, then closes. */
  | 'half an answer'
  /** Sends the head of an answer and then nothing. */
  | 'slow body'
  | { status: number; headers?: Record<string, string>; body: string }

/** A server that is in trouble, with a count of the connections on which it saw a request. */
export async function openTrouble(trouble: Trouble) {
  let seen = 0
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // Whatever the client does to a connection in trouble is its right.
    socket.on('error', () => {})
    socket.once('data', () => {
      seen++
      if (trouble === 'resets') socket.resetAndDestroy()
      else if (trouble === 'half an answer')
        socket.end('HTTP/1.1 201 Created\r\ncontent-length: 400\r\n\r\n{"sid":"SM')
      else if (trouble === 'slow body') socket.write('HTTP/1.1 201 Created\r\ncontent-length: 400\r\n\r\n{')
      else if (trouble !== 'silent') socket.end(written(trouble))
    })
  })
  const port = await listening(server)
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen: () => seen,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return closed(server)
    },
  }
}

function written({
  status,
  headers = {},
  body,
}: {
  status: number
  headers?: Record<string, string>
  body: string
}) {
  const all = { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} Whatever\r\n${lines.join('')}\r\n${body}`
}

function listening(server: net.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

function closed(server: net.Server): Promise<void> {
  if (server instanceof http.Server) server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
