/** The main job, end to end: a matter changes in the CMS and the right client is told, once, in their words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorld, type World } from '../support/world.ts'

describe('a change of status in the CMS', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.close())

  it('reaches the client by text and mail, in their language', async () => {
    await world.changeStage(21001, 'Deposition Scheduled')
    await world.settled()
    const told = await world.messages()
    expect(told.map((m) => m.channel).toSorted()).toEqual(['email', 'sms'])
    expect(told.every((m) => m.text.includes('Maria'))).toBe(true)
    expect(told.find((m) => m.channel === 'email')!.subject).toBe('Su testimonio oral')
  })

  it('ends delivered, as the receipts tell', async () => {
    const states = await world.rows<{ state: string }>('select state from messages')
    expect(states.map((s) => s.state)).toEqual(['delivered', 'delivered'])
  })
})
