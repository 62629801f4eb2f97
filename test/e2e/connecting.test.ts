/** A person lets us into the firm's case management system, takes that back, and lets us in again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/kernel/index.ts'
import { connectCommand, disconnectCommand, listConnectionsCommand } from '../../src/main/commands/connect.ts'
import { diagnose } from '../../src/main/commands/doctor.ts'
import { createKey } from '../../src/modules/console/index.ts'
import { launchChromium } from '../support/chromium.ts'
import { clio, letIn } from '../support/letting-in.ts'
import { track } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ letInBy: 'person' })
})
afterAll(() => world.close())

const james = '+13105550112'
const told = async () => (await world.messages({ to: james })).length
const alerts = () =>
  world.rows<{ kind: string; severity: string; open: boolean }>(
    'select kind, severity, resolved_at is null as open from alerts order by raised_at',
  )
const counts = () => world.control('GET', '/_sandbox/cms/oauth') as Promise<Record<string, number>>

/** What a command printed. */
async function command(
  run: (deps: Parameters<typeof connectCommand>[0]) => Promise<number>,
): Promise<{ code: number; printed: string }> {
  let printed = ''
  const print = (text: string) => {
    printed += text
  }
  const terminal = { out: print, err: print, colour: false }
  const code = await run({ ...world.runtime, terminal, by: 'cli:tester' })
  return { code, printed }
}

async function api(method: string, path: string, scopes: ('read' | 'operate')[] = ['read', 'operate']) {
  const { key } = await world.runtime.db.forFirm(world.firmId, (tx) =>
    createKey(
      tx,
      { name: 'test', scopes },
      { by: 'test', now: world.clock.now(), newId: world.runtime.newId },
    ),
  )
  const answer = await fetch(`${world.appUrl}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}` },
  })
  const body = (await answer.json()) as { items: { key: string; state: string }[] }
  return { status: answer.status, body }
}

const standing = async (): Promise<string> => {
  const { body } = await api('GET', '/connections')
  return body.items.find(({ key }) => key === clio)!.state
}

const doctor = async () => {
  const findings = await diagnose({
    runtime: world.runtime,
    config: { publicUrl: world.appUrl, dataDir: world.dataDir, sandbox: null },
    databaseUrl: world.database.appUrl,
    clock: systemClock,
    env: { HARBOR_PIKE_TWILIO_URL: world.sandboxUrl },
    fetch,
    freeBytes: () => 50e9,
  })
  return findings.find(({ name }) => name === `connection ${clio}`)
}

describe('before anybody has let us in', () => {
  it('the connection waits for a person, and everything says so', async () => {
    expect(await standing()).toBe('needs_person')
    expect(await doctor()).toMatchObject({
      status: 'fail',
      detail: 'waits for a person: nobody has connected it yet',
      todo: `run "npx tipstaff connect ${clio}"`,
    })
    const { printed } = await command((deps) => listConnectionsCommand(deps, {}))
    expect(printed).toMatch(new RegExp(`${clio} +clio +needs a person`))
    expect(printed).toMatch(/harbor-pike-twilio +twilio +connected/)
  })

  it('what needs it waits', async () => {
    await track(world, 21002, 'Investigation')
    await world.settled()
    expect(await told()).toBe(0)
    expect(await world.rows('select reason from inbound_deliveries where state = $1', ['waiting'])).toEqual([
      { reason: 'first sight' },
    ])
    expect(await alerts()).toEqual([{ kind: 'cms_unreachable', severity: 'page', open: true }])
  })
})

describe('letting us in', () => {
  it('begins with a command that prints our address and the system’s own', async () => {
    const { code, printed } = await command((deps) => connectCommand(deps, clio, {}))
    expect(code).toBe(0)
    expect(printed).toMatch(new RegExp(`  ${world.appUrl}/connect/[\\w-]+\\.[\\w-]+\n`))
    const address = new URL(/^ {2}(\S+authorize\S+)$/m.exec(printed)![1]!)
    expect(address.origin).toBe(world.sandboxUrl)
    expect(Object.fromEntries(address.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'sandbox-clio-client',
      redirect_uri: `${world.appUrl}/connect/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
    const asJson = await command((deps) => connectCommand(deps, clio, { json: true }))
    expect(JSON.parse(asJson.printed)).toMatchObject({
      address: expect.stringContaining('/connect/'),
      authorisation: expect.stringContaining('/oauth/authorize'),
    })
    expect(await command((deps) => connectCommand(deps, 'harbor-pike-twilio', {}))).toMatchObject({
      code: 1,
      printed: expect.stringContaining('nobody need connect harbor-pike-twilio'),
    })
    expect(await command((deps) => connectCommand(deps, 'nowhere', {}))).toMatchObject({ code: 1 })
  })

  it('can be begun by the API, with the scope for it', async () => {
    const made = await api('POST', `/connections/${clio}/connect`)
    expect(made).toMatchObject({ status: 200, body: { address: expect.any(String) } })
    expect((await api('POST', `/connections/${clio}/connect`, ['read'])).status).toBe(403)
    expect((await api('POST', '/connections/harbor-pike-twilio/connect')).status).toBe(409)
    expect((await api('POST', '/connections/nowhere/connect')).status).toBe(404)
  })

  const invite = async () => {
    const made = await world.runtime.connecting.invite(world.firmId, clio, 'cli:tester')
    if (!made.ok) throw new Error(made.message)
    return made.value
  }

  it('ends without harm when they say no', async () => {
    const { authorisation } = await invite()
    const asked = new URL(authorisation).searchParams
    const answer = await fetch(`${world.sandboxUrl}/oauth/authorize`, {
      method: 'POST',
      body: new URLSearchParams({
        redirect_uri: asked.get('redirect_uri')!,
        state: asked.get('state')!,
        answer: 'deny',
      }),
    })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('You said no')
    expect(await standing()).toBe('needs_person')
  })

  it('is refused with a state that is unknown, old, or used, and with no code', async () => {
    const back = (query: Record<string, string>) =>
      fetch(`${world.appUrl}/connect/callback?${new URLSearchParams(query)}`)
    for (const state of ['', 'x', 'A'.repeat(43)]) {
      const answer = await back({ state, code: 'c' })
      expect(answer.status).toBe(400)
      expect(await answer.text()).toContain('has been used or is too old')
    }
    const stateOf = async () => new URL((await invite()).authorisation).searchParams.get('state')!
    const wrongCode = await stateOf()
    const refused = await back({ state: wrongCode, code: 'made-up' })
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('invalid_grant')
    expect((await back({ state: wrongCode, code: 'made-up' })).status).toBe(400)
    const strange = await back({ state: await stateOf(), error: '<script>alert(1)</script>' })
    expect([strange.status, (await strange.text()).includes('<script')]).toEqual([400, false])
    const old = await stateOf()
    await world.advance({ minutes: 10 })
    expect((await back({ state: old, code: 'c' })).status).toBe(400)
    expect(await world.rows('select from cms_tokens')).toEqual([])
  })

  it('by a link that is older than an hour leads nowhere', async () => {
    const { address } = await invite()
    await world.advance({ minutes: 60 })
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(404)
  })

  it('in a browser: they press Approve, and what waited goes on at once', { timeout: 90_000 }, async () => {
    const { address } = await invite()
    const browser = await launchChromium()
    try {
      const page = await browser.newPage()
      const wrong: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') wrong.push(message.text())
      })
      await page.goto(address)
      expect(page.url()).toContain(`${world.sandboxUrl}/oauth/authorize`)
      await page.getByRole('button', { name: 'Approve' }).click()
      await page.getByRole('heading', { name: 'Connected' }).waitFor()
      expect(await page.getByRole('main').textContent()).toContain('Harbor & Pike')
      // The page's own style is let through by its policy, and nothing else is asked for.
      const font = await page.evaluate("getComputedStyle(document.querySelector('h1')).lineHeight")
      expect(font).not.toBe('normal')
      expect(wrong).toEqual([])
    } finally {
      await browser.close()
    }
    await world.settled()
    expect(await told()).toBe(1)
    expect(await standing()).toBe('connected')
    expect(await doctor()).toMatchObject({ status: 'ok' })
    expect((await alerts()).map(({ open }) => open)).toEqual([false])
    const actions = await world.rows('select action, actor from audit_entries where action like $1', [
      'connection.%',
    ])
    expect(actions).toEqual([{ action: 'connection.connected', actor: 'cli:tester' }])
  })

  it('has its lists read and webhooks made, and from here on changes come by themselves', async () => {
    // One for each list of Clio's, and none that is still in its first pass.
    expect(
      await world.rows("select model from cms_streams where phase = 'following' order by model"),
    ).toMatchObject(
      ['bill', 'calendar_entry', 'communication', 'contact', 'document', 'document', 'matter'].map(
        (model) => ({ model }),
      ),
    )
    await world.changeStage(21002, 'Demand Sent')
    await world.settled()
    expect(await told()).toBe(2)
  })

  it('answers with a page that loads nothing, is cached nowhere and tells no other site its address', async () => {
    const answer = await letIn(world)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    )
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const html = await answer.text()
    expect(html).not.toMatch(/<script|code=|sandbox-clio-secret/)
  })
})

describe('a consent that is taken back', () => {
  it('breaks the connection, tells the operators once, and nothing is lost', async () => {
    await world.control('POST', '/_sandbox/cms/oauth/revoke')
    await world.advance({ hours: 2 })
    for (const [matter, status] of [
      [21002, 'Complaint Filed'],
      [21003, 'Investigation'],
      [21005, 'Investigation'],
    ] as const)
      await track(world, matter, status)
    await world.settled()
    for (const minutes of [1, 2, 5, 15]) await world.advance({ minutes })
    expect(await standing()).toBe('broken')
    expect(await doctor()).toMatchObject({
      status: 'fail',
      detail: 'waits for a person: it lets us in no more',
    })
    expect((await alerts()).filter(({ open }) => open)).toEqual([
      { kind: 'cms_disconnected', severity: 'page', open: true },
    ])
    expect(await world.rows("select count(*)::int as n from alerts where kind = 'cms_disconnected'")).toEqual(
      [{ n: 1 }],
    )
    // Asked once: who knows that the consent is gone does not ask again.
    expect(await counts()).toMatchObject({ refreshesRefused: 1 })
    expect(await world.rows('select from inbound_deliveries where state = $1', ['waiting'])).toHaveLength(3)
    expect(await told()).toBe(2)
  })

  it('given again, what waited goes on at once and each is told once', async () => {
    expect((await letIn(world)).status).toBe(200)
    await world.settled()
    expect(await world.rows('select from inbound_deliveries where state = $1', ['waiting'])).toEqual([])
    expect(await told()).toBe(3)
    expect(await standing()).toBe('connected')
    expect((await alerts()).filter(({ open }) => open)).toEqual([])
  })

  it('by our own command is given back at the CMS too, with its webhooks', async () => {
    const { code, printed } = await command((deps) => disconnectCommand(deps, clio, {}))
    expect([code, printed]).toEqual([0, expect.stringContaining(`Disconnected: ${clio}`)])
    expect(await counts()).toMatchObject({ consents: 0 })
    expect(await standing()).toBe('needs_person')
    expect(await world.rows("select from hook_subscriptions where state <> 'ended'")).toEqual([])
    const again = await command((deps) => disconnectCommand(deps, clio, { json: true }))
    expect(JSON.parse(again.printed)).toEqual({ connection: clio, disconnected: false })
  })
})

it('no log line holds a token, a secret or a code', async () => {
  const lines = world.logged.join('')
  expect(lines).not.toMatch(/Bearer|sandbox-clio-secret|access_token|code=/)
})
