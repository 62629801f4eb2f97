/** The console of a large firm, in a browser and for many at once. */
import { applyFirm, environmentOf, makeCluster, type Sandbox, startApp } from '../deployment.ts'
import { writeHistory } from '../history.ts'
import { round } from '../measure.ts'
import { firmIds, makePeople, phoneOf } from '../people.ts'
import type { Goal } from '../report.ts'
import { openSender } from '../sender.ts'
import { throughput, tipstaff } from '../throughput.ts'
import { Progress, webhook } from '../webhooks.ts'
import { makeMoreMatters, makePile, type Pile } from './firm.ts'
import { go, openBrowser, pageTimes } from './pages.ts'
import { searchTimes } from './search.ts'
import { invitationOf, join, staff } from './staff.ts'
import { watching } from './watching.ts'

export interface ConsoleSize {
  clients: number
  matters: number
  messages: number
  pile: Pile
  searches: number
  consoles: number
  seconds: number
}

export async function consoleFigures(
  sandbox: Sandbox,
  size: ConsoleSize,
  say: (text: string) => void,
  reach: (goal: Goal) => void,
) {
  const cluster = await makeCluster('console')
  const { admin } = cluster
  try {
    await applyFirm(cluster, sandbox, 'bench')
    const ids = await firmIds(admin, 'bench')
    await makePeople(admin, ids, 0, size.clients)
    const progress = new Progress()
    const warm = { from: size.clients - 500, count: 500 }
    const first = await startApp(cluster, sandbox)
    await throughput(tipstaff(first), { cluster, sandbox }, progress, warm)
    await first.stop()
    await makeMoreMatters(admin, ids, size.clients, size.matters - size.clients)
    say(`       writing ${size.messages.toLocaleString('en')} messages of history…`)
    await writeHistory(admin, ids, size.messages)
    await makePile(admin, ids, size.pile)

    const app = await startApp(cluster, sandbox)
    try {
      const email = 'dana@example.com'
      const link = await invitationOf(email, environmentOf(cluster, sandbox))
      const owner = await join(app.url, link, email, admin)
      const members = await staff(app.url, owner, size.consoles, Math.ceil(size.consoles / 5), admin)

      const search = await searchTimes(app.url, owner, size.clients, size.searches)
      const walled = await searchTimes(app.url, members[0]!.cookie, size.clients, size.searches)
      say(`       search: ${JSON.stringify({ search, walled })}`)
      reach({ what: 'search, p95', value: search.p95, unit: 'ms', goal: { most: 100 } })
      reach({ what: 'search behind a wall, p95', value: walled.p95, unit: 'ms', goal: { most: 100 } })

      const browser = await openBrowser(app.url, owner)
      const { rows: subjects } = await admin.query<{ client: string; matter: string }>(
        'select client_id as client, id as matter from matters where firm_id = $1 and external_id = $2',
        [ids.firmId, 'M5'],
      )
      const pages = await pageTimes(browser.context, subjects[0]!)
      const shown = await newsTimes(await (await browser.context()).newPage(), app.url, progress, warm.from)
      await browser.close()
      say(`       pages: ${JSON.stringify({ ...pages, shown })}`)
      reach({
        what: 'console: first page from nothing, slowest of 5',
        value: pages.first,
        unit: 'ms',
        goal: { most: 1_500 },
      })
      reach({
        what: 'console: any later page, the slowest (median of 3 tabs)',
        value: pages.slowest,
        unit: 'ms',
        goal: { most: 300 },
      })
      reach({
        what: 'console: from a webhook to its being shown, slowest',
        value: shown.most,
        unit: 'ms',
        goal: { most: 1_000 },
      })

      const watched = await watching(
        app,
        members.map((member) => member.cookie),
        progress,
        {
          from: 1_000,
          matters: Math.min(5_000, size.clients - 2_000),
          perSecond: 100,
          seconds: size.seconds,
        },
        async () => {
          const { rows } = await admin.query<{ action: string; count: number }>(
            'select action, count(*)::int as count from audit_entries where firm_id = $1 group by action',
            [ids.firmId],
          )
          return Object.fromEntries(rows.map(({ action, count }) => [action, count]))
        },
      )
      say(`       watching: ${JSON.stringify(watched)}`)
      const many = `${watched.consoles} consoles, 100 messages/s`
      reach({ what: `${many}: updates missed`, value: watched.missed, unit: '', goal: { most: 0 } })
      reach({
        what: `${many}: memory at the end, to the second quarter`,
        value: round(watched.memory.last / watched.memory.second, 2),
        unit: '',
        goal: { most: 1.1 },
      })
      return { search, walled, pages, shown, watched }
    } finally {
      await app.stop()
    }
  } finally {
    await cluster.close()
  }
}

/** A client's story is open; something happens in one of their matters. */
async function newsTimes(
  page: Awaited<
    ReturnType<Awaited<ReturnType<Awaited<ReturnType<typeof openBrowser>>['context']>>['newPage']>
  >,
  url: string,
  progress: Progress,
  from: number,
) {
  const ms: number[] = []
  const sender = await openSender(url, 1)
  await page.goto('/')
  await page.evaluate("arrived('')")
  for (let n = from; n < from + 20; n++) {
    await go(page, `/trace?q=${encodeURIComponent(phoneOf(n))}`)
    const before = (await page.evaluate("document.querySelector('.story').textContent")) as string
    const shown = page.evaluate(`new Promise((done) => {
      const look = () => document.querySelector('.story')?.textContent !== ${JSON.stringify(before)}
        ? done(performance.timeOrigin + performance.now()) : requestAnimationFrame(look)
      look()
    })`) as Promise<number>
    // A look is under way in the page before anything happens.
    await page.evaluate('new Promise(requestAnimationFrame)')
    const began = performance.timeOrigin + performance.now()
    await sender.send(webhook('bench-cms', new URL(url).host, n, progress.next(n)))
    ms.push((await shown) - began)
  }
  sender.close()
  return { p50: round(ms.toSorted((a, b) => a - b)[10]!), most: round(Math.max(...ms)) }
}
