import type { SandboxEvent } from '../core/deps.ts'
import type { Events } from '../core/events.ts'

// A bench makes thousands of events a second; an open page needs a few.
const gatherMs = 100
const aliveMs = 15_000

/** Server-sent events for the pages: lists of `{type, about}`, gathered for a moment and without repeats. */
export function eventStream(events: Events): Response {
  let stop = () => {}
  const stream = new ReadableStream<string>({
    start(controller) {
      let gathered = new Map<string, SandboxEvent>()
      let timer: NodeJS.Timeout | undefined
      const flush = () => {
        timer = undefined
        controller.enqueue(`data: ${JSON.stringify([...gathered.values()])}\n\n`)
        gathered = new Map()
      }
      const unlisten = events.listen((event) => {
        gathered.set(`${event.type} ${event.about}`, event)
        timer ??= setTimeout(flush, gatherMs)
      })
      const alive = setInterval(() => controller.enqueue(': alive\n\n'), aliveMs)
      stop = () => {
        unlisten()
        clearTimeout(timer)
        clearInterval(alive)
      }
      controller.enqueue(': hello\n\n')
    },
    cancel: () => stop(),
  })
  return new Response(stream.pipeThrough(new TextEncoderStream()), {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  })
}
