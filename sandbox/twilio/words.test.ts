import fc from 'fast-check'
import segments from 'sms-segments-calculator'
import { describe, expect, it } from 'vitest'
import { segmentCount } from './segments.ts'
import { repliesIn } from './twiml.ts'

describe('segments', () => {
  it.each([
    ['', 1],
    ['x'.repeat(160), 1],
    ['x'.repeat(161), 2],
    ['x'.repeat(306), 2],
    ['x'.repeat(307), 3],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['ж'.repeat(70), 1],
    ['ж'.repeat(71), 2],
    ['😟'.repeat(35), 1],
    ['😟'.repeat(36), 2],
  ])('%#: %s characters', (body, count) => {
    expect(segmentCount(body)).toBe(count)
  })

  it('agree with Twilio’s own calculator on any mix of characters', () => {
    const { SegmentedMessage } = segments
    const letters = fc.constantFrom(...'abc xyz€^{é', 'ж', '’', '😟')
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 400 }), (list) => {
        const body = list.join('')
        expect(segmentCount(body)).toBe(new SegmentedMessage(body, 'auto').segmentsCount)
      }),
    )
  })
})

describe('TwiML', () => {
  it.each([
    ['<Response/>', []],
    ['<Response></Response>', []],
    [
      '<Response><Message>Hi</Message><Message>there</Message></Response>',
      [{ body: 'Hi' }, { body: 'there' }],
    ],
    [
      '<Response><Message to="+12025550112"><Body>a &lt; b &#38; &#x1F600;</Body></Message></Response>',
      [{ body: 'a < b & 😀', to: '+12025550112' }],
    ],
    ['<Response><Message><![CDATA[<b>]]></Message></Response>', [{ body: '<b>' }]],
    [
      '<Response><Message><Media>https://example.com/a.png</Media>See</Message></Response>',
      [{ body: 'See' }],
    ],
    ['<Response><Dial>+1</Dial></Response>', []],
    ['not xml', []],
  ])('%s', (answer, replies) => {
    expect(repliesIn('text/xml; charset=utf-8', answer)).toEqual(replies)
  })

  it('a plain text is a reply; JSON is none', () => {
    expect(repliesIn('text/plain', 'Hi')).toEqual([{ body: 'Hi' }])
    expect(repliesIn('application/json', '{"a":1}')).toEqual([])
  })
})
