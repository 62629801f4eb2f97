import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { otherOwners, referenceProblem, secretFile } from './secret-references.ts'

describe('a firm may name', () => {
  it.each([
    'env:HARBOR_PIKE_TOKEN',
    'env:TIPSTAFF_SHARED_SMTP',
    'file:twilio-token',
    'file:clio/token',
    'stored:anything',
  ])('its own and what is shared: %s', (reference) =>
    expect(referenceProblem(reference, 'harbor-pike')).toBeNull(),
  )

  it.each([
    'env:DATABASE_URL',
    'env:DATABASE_ADMIN_URL',
    'env:SECRET_KEY_FILE',
    'env:TIPSTAFF_LEASE',
    'env:PGPASSWORD',
    'env:AWS_SECRET_ACCESS_KEY',
    'env:HARBOR_PIKER',
    'env:OTHER_TOKEN',
    'env:HARBOR_TOKEN',
    'file:../other/token',
    'file:/run/secrets/../x',
  ])('nothing else: %s', (reference) => expect(referenceProblem(reference, 'harbor-pike')).not.toBeNull())

  it('none of ours even if its key looks like it', () => {
    expect(referenceProblem('env:DATABASE_URL', 'database')).toMatch('belongs to the deployment')
    expect(referenceProblem('env:SECRET_KEY_FILE', 'secret')).toMatch('belongs to the deployment')
    expect(referenceProblem('env:TIPSTAFF_LEASE', 'tipstaff')).toMatch('belongs to the deployment')
  })

  it('not what may be that of a firm whose key begins with its own', () => {
    expect(otherOwners('HARBOR_PIKE_TWILIO_TOKEN', 'harbor')).toEqual(['harbor-pike', 'harbor-pike-twilio'])
    expect(otherOwners('HARBOR_TOKEN', 'harbor')).toEqual([])
  })
})

describe('a file of secrets', () => {
  const home = mkdtempSync(join(tmpdir(), 'tipstaff-secrets-'))
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  const dir = join(home, 'secrets')
  for (const folder of ['acme', 'other', 'shared']) {
    mkdirSync(join(dir, folder), { recursive: true })
    writeFileSync(join(dir, folder, 'token'), folder)
  }
  writeFileSync(join(home, 'secret.key'), 'ours')
  symlinkSync(join(home, 'secret.key'), join(dir, 'acme', 'link'))
  symlinkSync(join(dir, 'acme', 'token'), join(dir, 'acme', 'current'))

  it('lies in the firm’s own folder or the shared one; a relative path begins in its own', async () => {
    expect(await secretFile('token', dir, 'acme')).toBe(join(dir, 'acme', 'token'))
    expect(await secretFile('current', dir, 'acme')).toBe(join(dir, 'acme', 'token'))
    expect(await secretFile(join(dir, 'shared', 'token'), dir, 'acme')).toBe(join(dir, 'shared', 'token'))
  })

  it.each([
    ['another firm’s', join(dir, 'other', 'token')],
    ['ours', join(home, 'secret.key')],
    ['what a link leads out to', 'link'],
    ['what is above', '../other/token'],
    ['the folder itself', join(dir, 'acme')],
    ['what any machine has', '/etc/hostname'],
  ])('is never %s', async (_, path) => {
    await expect(secretFile(path, dir, 'acme')).rejects.toThrow()
  })
})
