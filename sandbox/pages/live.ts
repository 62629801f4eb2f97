/**
 * Keeps a page fresh: when news concerns it (`<main data-about>` absent or equal), the parts marked
 * `data-live` are fetched again. Also writes times in the reader's own zone.
 */
export const liveScript = `
const about = document.querySelector('[data-about]')?.dataset.about
function times(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime)
    const today = at.toDateString() === new Date().toDateString()
    time.textContent = at.toLocaleString([], today ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' })
  }
}
function toEnd() {
  for (const chat of document.querySelectorAll('.chat')) chat.scrollTop = chat.scrollHeight
}
let running = false, again = false
export async function refresh() {
  if (running) { again = true; return }
  running = true
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null)
  if (answer?.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const part of document.querySelectorAll('[data-live]')) {
      const next = fresh.querySelector('[data-live="' + part.dataset.live + '"]')
      if (next && next.innerHTML !== part.dataset.seen) {
        part.dataset.seen = next.innerHTML
        part.innerHTML = next.innerHTML
        times(part)
        toEnd()
      }
    }
  }
  running = false
  if (again) { again = false; refresh() }
}
times(document)
toEnd()
const source = new EventSource('/_sandbox/events')
source.onmessage = (message) => {
  const events = JSON.parse(message.data)
  if (about === undefined || events.some((event) => event.type === 'reset' || event.about.toLowerCase() === about)) refresh()
}
window.addEventListener('pagehide', () => source.close())
`
