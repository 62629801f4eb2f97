import { expect, it } from 'vitest'
import { withoutSecrets } from './without-secrets.ts'

it('leaves nothing of a secret, however it was written: plain, in an address, in base64', () => {
  const secret = 'p@ss/word+1'
  const text = [
    `401 for ${secret}`,
    `GET https://x.example/?key=${encodeURIComponent(secret)}`,
    Buffer.from(secret).toString('base64'),
  ].join(' · ')
  const shown = withoutSecrets(text, [secret, 'p@ss'])
  expect(shown).toBe('401 for ••• · GET https://x.example/?key=••• · •••')
})

it('hides what stands where passwords and tokens stand, though nobody named it', () => {
  expect(withoutSecrets('smtp://me:hunter2@mail.example:587 said 535', [])).toBe(
    'smtp://•••@mail.example:587 said 535',
  )
  expect(withoutSecrets('Authorization: Bearer abc.def-1 refused', [])).toBe(
    'Authorization: Bearer ••• refused',
  )
})

it('leaves short values and everything else as it is', () => {
  expect(withoutSecrets('no answer in 15 s', ['no', ''])).toBe('no answer in 15 s')
})
