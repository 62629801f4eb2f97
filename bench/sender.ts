/** Sends prepared HTTP requests over kept-alive connections, one at a time on each: a load that costs little itself. */
import { connect, type Socket } from 'node:net'

export interface LoadSender {
  /** @returns the status; waits for a free connection first */
  send(request: Buffer): Promise<number>
  close(): void
}

interface Line {
  socket: Socket
  done: ((status: number) => void) | null
  failed: ((error: Error) => void) | null
  received: string
}

export async function openSender(url: string, connections: number): Promise<LoadSender> {
  const { hostname, port } = new URL(url)
  const free: Line[] = []
  const waiting: ((line: Line) => void)[] = []
  const lines = await Promise.all(Array.from({ length: connections }, () => open(hostname, Number(port))))
  const release = (line: Line) => {
    const next = waiting.shift()
    if (next) next(line)
    else free.push(line)
  }
  for (const line of lines) {
    line.socket.on('data', (chunk: Buffer) => {
      line.received += chunk.toString('latin1')
      const end = line.received.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = line.received.slice(0, end)
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      const chunked = /transfer-encoding: chunked/i.test(head)
      if (chunked ? !line.received.endsWith('0\r\n\r\n') : line.received.length < end + 4 + length) return
      line.received = ''
      const done = line.done
      line.done = null
      release(line)
      done?.(Number(head.slice(9, 12)))
    })
    line.socket.on('error', (error) => line.failed?.(error))
    line.socket.on('close', () => line.failed?.(new Error('the app closed the connection')))
    release(line)
  }
  return {
    async send(request) {
      const line = free.pop() ?? (await new Promise<Line>((resolve) => waiting.push(resolve)))
      return new Promise<number>((resolve, reject) => {
        line.done = resolve
        line.failed = reject
        line.socket.write(request)
      })
    },
    close() {
      for (const line of lines) {
        line.failed = null
        line.socket.destroy()
      }
    },
  }
}

function open(host: string, port: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => {
      socket.setNoDelay(true)
      resolve({ socket, done: null, failed: null, received: '' })
    })
    socket.once('error', reject)
  })
}

/** Sends all as fast as they are answered. @throws when any is not answered 2xx */
export async function sendAll(
  sender: LoadSender,
  requests: readonly Buffer[],
  atOnce: number,
): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < requests.length) {
      const status = await sender.send(requests[next++]!)
      if (status < 200 || status > 299) throw new Error(`a webhook was answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
