// Makes docs/images/running.png anew: starts Tipstaff on free ports with a DATA_DIR of its own, changes a matter's
// status in the sandbox's CMS as a paralegal would, and puts what the client then sees into one picture.
// Run it as: node scripts/screenshots.mjs [file.png]
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import { root } from './pinned-node.mjs'

const largest = 400 * 1024
const status = 'Deposition Scheduled'
/** Whom the picture is about: between them it is day at every hour of the year, so that no quiet hours hold the text. */
const people = [
  { zone: 'Europe/London', matter: 21008, phone: '+13475550118', mail: 'oliver.hartley@example.net' },
  { zone: 'Pacific/Auckland', matter: 21005, phone: '+12065550115', mail: 'aroha.ngata@example.org' },
]

async function freePort() {
  const server = createServer()
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address()
  await new Promise((done) => server.close(done))
  return port
}

/** `npm start`, as the README says it. @returns where both answer, and how to end it */
async function startTipstaff() {
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const folder = mkdtempSync(join(tmpdir(), 'tipstaff-pictures-'))
  chmodSync(folder, 0o711) // as root, PostgreSQL's own user has to pass through
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      DATA_DIR: join(folder, 'data'),
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  await new Promise((done, fail) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
      if (said.includes('Ctrl-C')) done()
    })
    child.once('exit', () => fail(new Error(`npm start ended by itself:\n${said}`)))
  })
  const stop = async () => {
    // npm may end before what it started: the whole group must be gone before its files are removed.
    for (let signal = 'SIGTERM'; alive(-child.pid, signal); signal = 0) await delay(100)
    rmSync(folder, { recursive: true, force: true })
  }
  return { sandbox: `http://127.0.0.1:${sandboxPort}`, stop }
}

function alive(pid, signal) {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

const hourIn = (zone) =>
  Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zone }).format())

async function inTheCms(sandbox, method, path, body) {
  const answer = await fetch(`${sandbox}/_sandbox/cms/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
}

async function messagesTo(sandbox, address, count) {
  for (;;) {
    const answer = await fetch(`${sandbox}/_sandbox/messages?to=${encodeURIComponent(address)}`)
    const { messages } = await answer.json()
    if (messages.length >= count) return
    await delay(100)
  }
}

/**
 * What went before: discovery began, of which the client was told; then a deposition in nine days, at 14:00 UTC, was
 * put into the calendar, so that the message of the picture has a date to say in the client's own zone.
 */
async function before(sandbox, { matter, phone }) {
  await inTheCms(sandbox, 'PATCH', `matters/${matter}`, { matter_stage: { name: 'Discovery' } })
  await messagesTo(sandbox, phone, 1)
  const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
  await inTheCms(sandbox, 'POST', 'calendar_entries', {
    summary: 'Deposition',
    start_at: `${day}T14:00:00Z`,
    end_at: `${day}T16:00:00Z`,
    matter: { id: matter },
    calendar_entry_event_type: { name: 'Deposition' },
  })
}

async function take(browser, sandbox, person) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 }, deviceScaleFactor: 1.5 })
  const shot = async (locator) => (await locator.screenshot()).toString('base64')

  await page.goto(`${sandbox}/cms`)
  const card = page.locator(`[data-matter="${person.matter}"]`)
  await card.locator('select[name=stage]').selectOption(status)
  const began = performance.now()
  await card.locator('form[data-do=stage] button').click()

  const phone = await browser.newPage({ viewport: { width: 460, height: 720 }, deviceScaleFactor: 1.5 })
  await phone.goto(`${sandbox}/phone/${encodeURIComponent(person.phone)}`)
  await phone.locator('.bubble').nth(1).waitFor()
  const seconds = (performance.now() - began) / 1000
  // Delivered texts carry no mark; until then they do.
  await phone.locator('.chat .pill').first().waitFor({ state: 'detached' })

  const mail = await browser.newPage({ viewport: { width: 1000, height: 1000 }, deviceScaleFactor: 1.5 })
  await mail.goto(`${sandbox}/mail/${person.mail}`)
  await mail.locator('nav[data-live=mails] a').first().click()
  await mail.frameLocator('iframe.letter').locator('.card').waitFor()

  await card.locator('[role=status]').filter({ hasText: status }).waitFor()
  return {
    seconds,
    cms: await shot(card),
    phone: await shot(phone.locator('.phone')),
    mail: await shot(mail.locator('article.card')),
  }
}

const collage = ({ cms, phone, mail }) => `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 28px; width: 1344px; background: #f1efe9; color: #1d1f24; font: 17px/1.4 "Liberation Sans", Arial, sans-serif; }
.row { display: grid; grid-template-columns: 440px 376px 1fr; gap: 24px; align-items: start; }
p { margin: 0 0 10px; font-weight: 600; } p b { color: #1f4e79; margin-right: 6px; }
img { display: block; width: 100%; border-radius: 10px; box-shadow: 0 1px 4px #0002; }
</style><div class="row">
<div><p><b>1</b>Someone changes a status in the CMS</p><img src="data:image/png;base64,${cms}"></div>
<div><p><b>2</b>The client’s phone</p><img src="data:image/png;base64,${phone}"></div>
<div><p><b>3</b>The client’s mailbox</p><img src="data:image/png;base64,${mail}"></div>
</div>`

async function compose(browser, pictures, file) {
  for (const deviceScaleFactor of [1.25, 1, 0.8]) {
    const page = await browser.newPage({ viewport: { width: 1400, height: 400 }, deviceScaleFactor })
    await page.setContent(collage(pictures), { waitUntil: 'load' })
    writeFileSync(file, await page.screenshot({ fullPage: true }))
    await page.close()
    if (statSync(file).size <= largest) return
  }
  throw new Error(`${file} is larger than ${largest} bytes at any size`)
}

const file = resolve(process.argv[2] ?? join(root, 'docs', 'images', 'running.png'))
const executablePath = process.env.CHROMIUM || '/usr/bin/chromium'
const tipstaff = await startTipstaff()
try {
  const person = people.find(({ zone }) => hourIn(zone) >= 8 && hourIn(zone) < 20) ?? people[0]
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    await before(tipstaff.sandbox, person)
    const pictures = await take(browser, tipstaff.sandbox, person)
    await compose(browser, pictures, file)
    const size = Math.round(statSync(file).size / 1024)
    console.log(
      `${file}: ${size} KB; the text was on the phone ${pictures.seconds.toFixed(2)} s after the click.`,
    )
  } finally {
    await browser.close()
  }
} finally {
  await tipstaff.stop()
}
