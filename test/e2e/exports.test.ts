/** A matter's whole communication in one file, which proves itself: and says where somebody altered it. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MatterId } from '../../src/kernel/index.ts'
import { type Communication, exportMatter } from '../../src/modules/exports/index.ts'
import { closeMatter, scopes } from '../../src/modules/staff/index.ts'
import { apiWorld, type FirmWorld, newId, somebody, zone } from './api-support.ts'
import { phone } from './api-things.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let firm: FirmWorld
let key: string
let ana: Awaited<ReturnType<FirmWorld['client']>>
let files: Record<string, Uint8Array>
let told: Communication
const folder = mkdtempSync(join(tmpdir(), 'tipstaff-export-'))
const name = 'Ana Γεωργίου Жукова Núñez'
const number = phone()

const exported = async (language: 'en' | 'es' = 'en') => {
  const made = await exportMatter(world.deps, {
    firmId: firm.firmId,
    matterId: ana.matterId as MatterId,
    by: 'cli:olga',
    byName: 'Olga',
    language,
    zone,
    inFirm: firm.inFirm,
  })
  return made!
}

beforeAll(async () => {
  world = await apiWorld()
  firm = await world.firm('exporting')
  key = (await firm.key(scopes, 'script')).key
  ana = await firm.client(name, { phone: number, mail: 'ana@mail.example' }, 'E-2030/17')
  await firm.tell(ana, { messages: [{ channel: 'sms' }, { channel: 'email' }] })
  const sent = await firm.send({ kind: 'accepted', providerMessageId: 'replaced' })
  await firm.receipt(firm.connections.twilio, {
    providerMessageId: `SM${sent[0]!.attemptId}`,
    attemptId: sent[0]!.attemptId,
    kind: 'delivered',
    code: null,
    detail: null,
    suppress: null,
    retryable: false,
    page: false,
  } as never)
  await firm.inFirm((tx) =>
    tx.run(
      `insert into incoming_texts (firm_id, id, connection_id, provider_message_id, from_address, to_address, body, meaning,
         client_ids, matter_ids, received_at)
       values (current_firm(), $1, $2, 'SMin1', $3, '+12015550123', $4, 'text', $5, $6, $7)`,
      [
        newId(),
        firm.connections.twilio,
        number,
        '¿Cuándo? Завтра; αύριο — 明天 😀',
        [ana.id],
        [ana.matterId],
        world.clock.now().add({ minutes: 3 }),
      ],
    ),
  )
  await firm.tell(ana, {
    notice: {
      state: 'suppressed',
      reason: 'opted_out',
      gates: [{ channel: 'sms', gate: 'opted_out', verdict: 'suppress', reason: 'texted STOP' }],
    },
  })
  await world.call(key, 'POST', '/pauses', { scope: 'matter', target: 'E-2030/17', reason: 'talks' })
  // Elsewhere on this server a transaction may be open still, and hold the seal back.
  for (;;) {
    await world.deps.record.seal(firm.firmId)
    const { body } = await world.call(key, 'GET', '/audit?limit=200')
    if (body.items.every((e: { sealed: boolean }) => e.sealed)) break
  }
  files = unzipSync((await exported()).zip)
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(folder, file), bytes)
  told = JSON.parse(Buffer.from(files['communication.json']!).toString())
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await world.deps.signIn.close()
})

/** Runs the program that lies in the export, as whoever got it would. */
async function verified(...args: string[]) {
  const run = promisify(execFile)
  const { stdout, code } = await run(process.execPath, [join(folder, 'verify.mjs'), '--json', ...args]).then(
    (done) => ({ ...done, code: 0 }),
    (failed: { stdout: string; code: number }) => failed,
  )
  return {
    code,
    ...(JSON.parse(stdout) as { ok: boolean; altered: string[]; proven: string[]; notes: string[] }),
  }
}

describe('an export', () => {
  it('holds what was said and heard, with words, channel, contact point, attempts, receipts and why', () => {
    expect(told.messages).toHaveLength(2)
    expect(told.messages.find((m) => m.channel === 'sms')).toMatchObject({
      body: 'Your case is in discovery now.',
      address: number,
      rule: 'status-update',
      state: 'delivered',
      attempts: [{ verdict: 'accepted' }],
      receipts: [{ kind: 'delivered' }],
      wordsLeftOut: null,
    })
    expect(told.texts).toMatchObject([{ from: number, body: '¿Cuándo? Завтра; αύριο — 明天 😀' }])
    expect(told.notSaid).toMatchObject([{ state: 'suppressed', reason: 'opted_out' }])
    expect(told.pauses).toMatchObject([{ scope: 'matter', reason: 'talks', by: 'the key "script"' }])
    expect(told.deeds.map((d) => d.action)).toEqual(
      expect.arrayContaining(['message.queued', 'attempt.accepted', 'receipt.delivered', 'pause.begun']),
    )
  })

  it('reads as a PDF with title and language, in any European script; what its typeface lacks is said by number', async () => {
    const pdf = await getDocumentProxy(new Uint8Array(files['communication.pdf']!))
    const { text } = await extractText(pdf, { mergePages: true })
    for (const words of [
      name,
      'Your case is in discovery now.',
      '¿Cuándo? Завтра; αύριο — [U+660E][U+5929] [U+1F600]',
      'texted STOP',
      'accepted',
      'delivered',
      'talks',
      'Oct 15, 2026, 12:00:00 EDT (16:00:00 UTC)',
    ])
      expect(text).toContain(words)
    const { info } = await getMeta(pdf)
    expect(info).toMatchObject({
      Title: `Communication in the matter E-2030/17 ${name} v. Acme · Firm exporting`,
      Language: 'en',
    })
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true })
  })

  it('is in Spanish for whoever wants that', async () => {
    const parts = unzipSync((await exported('es')).zip)
    const pdf = await getDocumentProxy(new Uint8Array(parts['communication.pdf']!))
    const { text } = await extractText(pdf, { mergePages: true })
    expect(text).toContain('Comunicación en el asunto E-2030/17')
    expect(text).toContain('Lo que se decidió'.toLowerCase().slice(3))
    expect((await getMeta(pdf)).info).toMatchObject({ Language: 'es' })
  })

  it('stands in the record, with the digests of what was handed out', async () => {
    const { body } = await world.call(key, 'GET', '/audit?act=matter.exported&matter=E-2030/17')
    const ours = body.items.find((e: { data: { export: string } }) => e.data.export === told.export.id)
    expect(ours).toMatchObject({ actor: 'cli:olga', data: { json: expect.stringMatching(/^[0-9a-f]{64}$/) } })
  })

  it('proves itself by the program that lies in it', async () => {
    const { keyId } = JSON.parse(Buffer.from(files['manifest.json']!).toString())
    const result = await verified('--key', keyId)
    expect(result).toMatchObject({ ok: true, code: 0, altered: [], notes: [] })
    expect(result.proven).toEqual(
      expect.arrayContaining([
        '6 files are, byte for byte, those that were handed over',
        'the words of 2 messages are those in the record',
        `${told.deeds.length} entries of the record are those that were sealed`,
      ]),
    )
    expect((await verified('--key', '0123456789abcdef')).altered).toEqual([
      `manifest.json is signed by the key ${keyId}, not by 0123456789abcdef`,
    ])
  })
})

describe('one byte altered', () => {
  /** Swaps one character for another right behind a piece of text, or the byte at a place; and puts it back afterwards. */
  async function alter(file: string, where: RegExp | number, also: string[] = []) {
    const path = join(folder, file)
    const before = readFileSync(path)
    const after = Buffer.from(before)
    const at =
      typeof where === 'number'
        ? where
        : (() => {
            const found = where.exec(before.toString('latin1'))
            if (!found) throw new Error(`${file} has no ${where}`)
            return found.index + found[0].length
          })()
    // Another digit for a digit, another letter for a letter: what stands there still has its form.
    after[at] = before[at]! ^ 1
    writeFileSync(path, after)
    try {
      return await verified(...also)
    } finally {
      writeFileSync(path, before)
    }
  }

  const places: [what: string, file: string, where: RegExp | number, said: RegExp][] = [
    ['the PDF, in its head', 'communication.pdf', 6, /^communication\.pdf was altered/],
    ['the PDF, in its midst', 'communication.pdf', 20_000, /^communication\.pdf was altered/],
    [
      'the words of a message',
      'communication.json',
      /"body": "You/,
      /the message .* its words, or their salt, are not those/,
    ],
    ['the salt of a message', 'communication.json', /"salt": "/, /its words, or their salt, are not those/],
    [
      'when a message left',
      'communication.json',
      /"sentAt": "20/,
      /messages\[\d\] \([0-9a-f-]{36}.*was altered/,
    ],
    ['a receipt', 'communication.json', /"kind": "de/, /messages\[\d\] .* was altered/],
    ['an attempt', 'communication.json', /"verdict": "ac/, /messages\[\d\] .* was altered/],
    [
      'a contact point',
      'communication.json',
      /"address": "\+1646/,
      /(messages|clients)\[\d\] .* was altered/,
    ],
    ['a text that came in', 'communication.json', /"to": "\+12/, /texts\[0\] .* was altered/],
    [
      'a decision not to say something',
      'communication.json',
      /"reason": "opted_/,
      /notSaid\[0\] .* was altered/,
    ],
    ['what happened', 'communication.json', /"raw": "D/, /events\[\d\].* was altered/],
    ['a pause', 'communication.json', /"reason": "ta/, /(pauses|deeds)\[\d+\].* was altered/],
    ['who did what', 'communication.json', /"actor": "ap/, /deeds\[\d+\].* was altered/],
    ['what was done', 'communication.json', /"action": "pause\.b/, /otherwise than the record/],
    [
      'the name of the matter',
      'communication.json',
      /"number": "E-/,
      /communication\.json: matter \(.*was altered/,
    ],
    ['who made it', 'communication.json', /"madeBy": "O/, /communication\.json: export \(.*was altered/],
    ['the form of the JSON', 'communication.json', 0, /communication\.json can't be read as JSON/],
    ['a blank of the JSON', 'communication.json', /\{\n/, /^communication\.json was altered/],
    [
      'the actor of an entry',
      'record.json',
      /\n\s+"tipst/,
      /the entry \d+\/\d+\/\d+ .*is not what was sealed/,
    ],
    ['the time of an entry', 'record.json', /"2026-10-/, /the entry .* is not what was sealed/],
    ['the hash of words in an entry', 'record.json', /bodyHash\\": \\"/, /are not those in the record/],
    ['a hash beside the way', 'record.json', /"path": \[\n\s+"/, /the entry .* is not what was sealed/],
    ['the place of an entry', 'record.json', /"index": /, /the entry .* is not what was sealed/],
    ['the root of a batch', 'seals.json', /"root": "/, /batch \d+: what it says does not give its link/],
    ['the link of a batch', 'seals.json', /"link": "/, /batch \d+: what it says does not give its link/],
    ['the signature of a batch', 'seals.json', /"signature": "/, /batch \d+: its signature was altered/],
    [
      'when a batch was sealed',
      'seals.json',
      /"sealedAt": "2/,
      /batch \d+: what it says does not give its link/,
    ],
    ['what a batch covers', 'seals.json', /"xidTo": "/, /batch \d+: what it says does not give its link/],
    [
      'the public key',
      'seals.json',
      /BEGIN PUBLIC KEY-----\\nMCowBQYDK2VwAyEA/,
      /seals\.json: the key .* (was altered|is another one)/,
    ],
    ['a digest of a file', 'manifest.json', /"communication\.pdf": "/, /the signature does not fit/],
    ['a digest of an item', 'manifest.json', /"messages": \[\n\s+"/, /the signature does not fit/],
    ['the signature', 'signature.txt', 3, /the signature does not fit/],
    ['the explanation', 'README.txt', 10, /^README\.txt was altered/],
    [
      'the program itself, where it explains itself',
      'verify.mjs',
      /Checks an ex/,
      /^verify\.mjs was altered/,
    ],
  ]
  it.each(places)('is found and named: %s', async (_, file, where, said) => {
    const { code, ok, altered } = await alter(file, where)
    expect({ code, ok }).toEqual({ code: 1, ok: false })
    expect(
      altered.some((line) => said.test(line)),
      altered.join('\n'),
    ).toBe(true)
    // Whatever it is, it is not laid at another file's door.
    expect(
      altered.some((line) => line.startsWith(file) || line.includes(file)),
      altered.join('\n'),
    ).toBe(true)
  })

  it('is found in words that were altered together with every digest that is not signed', async () => {
    const path = join(folder, 'record.json')
    const before = readFileSync(path)
    writeFileSync(path, before.toString().replace('"pause.begun"', '"pause.begum"'))
    const { altered } = await verified()
    writeFileSync(path, before)
    expect(altered).toContainEqual(expect.stringMatching(/pause\.begum of matter:.* is not what was sealed/))
  })

  it('or a file taken away, or one put beside them, is told', async () => {
    const path = join(folder, 'communication.pdf')
    const before = readFileSync(path)
    rmSync(path)
    expect((await verified()).altered).toEqual(['communication.pdf is missing'])
    writeFileSync(path, before)
    writeFileSync(join(folder, 'note.txt'), 'by hand')
    expect(await verified()).toMatchObject({
      ok: true,
      notes: [expect.anything(), 'Not part of the export: note.txt'],
    })
    rmSync(join(folder, 'note.txt'))
  })

  it('in the anchors, or a batch that they do not know, is told to whoever has them', async () => {
    const anchors = join(folder, '..', `${firm.firmId}.jsonl`)
    const { batches } = JSON.parse(Buffer.from(files['seals.json']!).toString())
    const lines = batches.map((b: { n: number; link: string }) => ({
      firm: firm.firmId,
      n: b.n,
      link: b.link,
    }))
    const write = (of: unknown[]) =>
      writeFileSync(anchors, of.map((line) => `${JSON.stringify(line)}\n`).join(''))
    write(lines)
    expect((await verified('--anchors', anchors)).proven).toContain(
      `${batches.length} batches are those that were anchored`,
    )
    write(lines.with(0, { ...lines[0], link: lines[0].link.replace(/./, 'x') }))
    expect((await verified('--anchors', anchors)).altered).toEqual([
      `the anchors know batch ${lines[0].n} with another link`,
    ])
    write(lines.slice(1))
    expect((await verified('--anchors', anchors)).altered).toEqual([
      `the anchors do not know batch ${lines[0].n}`,
    ])
    rmSync(anchors)
  })
})

describe('behind a wall', () => {
  it('there is no such matter to hand out; and another’s export has nothing of a closed one', async () => {
    const walled = await somebody(world, firm, 'attorney')
    const ask = (id: string) => world.call(walled, 'POST', `/matters/${id}/exports`, {})
    expect(await ask(ana.matterId)).toMatchObject({ status: 200, type: 'application/zip' })
    await firm.inFirm((tx) =>
      closeMatter(tx, { matterId: ana.matterId, staffId: walled.staffId }, 'her brother', {
        by: 'test',
        now: world.clock.now(),
      }),
    )
    expect(await ask(ana.matterId)).toMatchObject({ status: 404 })
    const ben = await firm.client('Ben', { phone: phone() }, 'B-9')
    await firm.tell(ben, { messages: [{ channel: 'sms' }] })
    expect(await ask(ben.matterId)).toMatchObject({ status: 200 })
    const reader = await somebody(world, firm, 'read_only')
    expect(await world.call(reader, 'POST', `/matters/${ben.matterId}/exports`, {})).toMatchObject({
      status: 403,
    })
  })
})
