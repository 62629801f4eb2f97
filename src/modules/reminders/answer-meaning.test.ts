import { describe, expect, it } from 'vitest'
import { meaningOf } from '../conversations/index.ts'
import { answerIn } from './answer-meaning.ts'

const words = { confirm: ['C'], reschedule: ['R'] }
const list = (text: string) => text.trim().split(' · ')

describe('a text that answers', () => {
  it.each(
    list(`C · c · C. · "C" ·  c ! · (C) · Ｃ · C, thank you · C please · confirm · Confirmed! · I confirm · CONFIRMO · confirmado
      · 👍 · 👍🏽 ·  👍👍🏿 · C 👍 · c gracias`),
  )('%j confirms', (text) => expect(answerIn(text, words)).toBe('confirm'))

  it.each(list('R · r. · R! · Reschedule · reschedule please · Reprogramar · r, por favor · Reagendar.'))(
    '%j asks for another date',
    (text) => expect(answerIn(text, words)).toBe('reschedule'),
  )

  it('may have other letters, a number or a word of its own, in any case and with any accent', () => {
    const own = { confirm: ['1', 'Sí confirmo'], reschedule: ['2', 'Otro día'] }
    for (const text of ['1', '1.', 'si confirmo', 'SÍ, CONFIRMO', 'confirmo'])
      expect(answerIn(text, own)).toBe('confirm')
    for (const text of ['2', 'otro dia', 'Otro día, por favor'])
      expect(answerIn(text, own)).toBe('reschedule')
    expect(answerIn('C', own)).toBeNull()
  })
})

describe('a text that a person must read', () => {
  it.each(
    list(`C but where do I park? · R I have surgery that day · I can come · C R · C or R? · see you · ok · yes · si · no ·
      not confirmed · can't confirm · C C C · cc · 👎 · 👍👎 · why C? · c'est bien · ? · 🙂 · Reply C to confirm`),
  )('%j is no answer', (text) => expect(answerIn(text, words)).toBeNull())

  it('is one that answers a question which was not put', () => {
    expect(answerIn('reschedule', { confirm: ['C'], reschedule: [] })).toBeNull()
    expect(answerIn('👍', { confirm: [], reschedule: ['R'] })).toBeNull()
  })
})

it('none of the words that are always understood means STOP, START or HELP', () => {
  for (const text of [
    'confirm',
    'confirmed',
    'I confirm',
    'confirmo',
    'confirmar',
    'reschedule',
    'reprogramar',
    'reagendar',
    'cambiar fecha',
    '👍',
  ])
    expect(meaningOf(text).meaning, text).toBe('text')
})
