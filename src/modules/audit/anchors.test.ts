import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sealed } from '../../../test/support/audit.ts'
import type { Anchor } from './index.ts'

describe('anchors', () => {
  it('are one line per batch, with the log saying the same without prints', async () => {
    const { file, lines, seal, verify } = await sealed()
    const anchored = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(anchored.map((line) => line.n)).toEqual([1, 2, 3, 4])
    expect(Buffer.from(anchored[0].prints, 'base64')).toHaveLength(2 * 6)
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({
      n: 4,
      link: anchored[3].link,
      entries: 2,
      signature: anchored[3].signature,
    })
    expect(lines.join('')).not.toMatch(/prints|dropped/)
    const told: unknown[] = []
    const hook: Anchor = { name: 'hook', append: async (_, lines) => void told.push(...lines) }
    const broken: Anchor = { name: 'broken', append: async () => Promise.reject(new Error('away')) }
    await seal({ others: [broken, hook] })
    expect(told).toMatchObject([{ n: 5 }])
    expect(told[0]).not.toHaveProperty('prints')
    expect((await verify()).ok).toBe(true)
  })

  it('are written at the next seal when a crash or a full disk came between', async () => {
    const { seal, verify, note, anchors, deps } = await sealed()
    const full = { ...anchors, append: () => Promise.reject(new Error('ENOSPC')) }
    expect(await seal({ anchors: full })).toMatchObject({ batches: 1 })
    expect(await verify()).toMatchObject({ ok: true, unanchored: 1 })
    expect(await deps.metrics.auditFailures.get()).toMatchObject({
      values: [{ value: 1, labels: { step: 'anchor' } }],
    })
    await note('later')
    await seal()
    expect(await verify()).toMatchObject({ ok: true, unanchored: 0, batches: 6 })
  })

  it('survive a line torn by a crash', async () => {
    const { seal, verify, file } = await sealed()
    appendFileSync(file, '{"firm":"01')
    await seal()
    expect(await verify()).toMatchObject({ ok: true, unreadableAnchors: 1, batches: 5, unanchored: 0 })
  })

  it('that are missing or changed are found: a line, the last lines, the file', async () => {
    const { verify, file } = await sealed()
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    const put = (kept: string[]) => writeFileSync(file, kept.map((line) => `${line}\n`).join(''))
    put(lines.toSpliced(1, 1))
    expect((await verify()).problems).toMatchObject([{ kind: 'anchor_missing', n: 2 }])
    put(lines.slice(0, 3))
    expect((await verify()).problems).toMatchObject([{ kind: 'anchor_missing', n: 4 }])
    put(lines.with(2, lines[2]!.replace(/"link":"../, '"link":"zz')))
    expect((await verify()).problems).toMatchObject([
      { kind: 'anchor_differs', n: 3 },
      { kind: 'anchor_missing', n: 3 },
    ])
    rmSync(file)
    expect((await verify()).problemCount).toBe(4)
    put(lines)
    expect((await verify()).ok).toBe(true)
  })
})
