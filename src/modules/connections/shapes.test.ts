import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { driftOf, type Look, learned, lookAt, lostOf, type Shape, settledAfter } from './shapes.ts'

const looks: Look[] = ['text', 'number', 'flag', 'list', 'record', 'empty', 'lost']
const shapeOf = (seen: readonly Look[]): Shape =>
  seen.reduce(learned, { seen: 0, lost: 0, kind: null } as Shape)

describe('a field of a payload', () => {
  it.each([
    [{ a: { b: 'x' } }, 'text'],
    [{ a: { b: 5 } }, 'number'],
    [{ a: { b: false } }, 'flag'],
    [{ a: { b: [] } }, 'list'],
    [{ a: { b: {} } }, 'record'],
    [{ a: { b: null } }, 'empty'],
    [{ a: null }, 'empty'],
    [{ a: {} }, 'lost'],
    [{}, 'lost'],
    [{ a: 'text' }, 'lost'],
    [{ a: [1] }, 'lost'],
    [null, 'empty'],
  ])('is looked at: %j is %s', (body, look) => {
    expect(lookAt(body, 'a.b')).toBe(look)
  })

  it('is not found where only its prototype has it', () => {
    expect(lookAt({ a: {} }, 'a.constructor')).toBe('lost')
    expect(lostOf({}, ['__proto__', 'toString'])).toHaveLength(2)
  })
})

describe('what payloads have always had', () => {
  it('is known after twenty, and nothing drifts before', () => {
    const young = shapeOf(Array<Look>(settledAfter - 1).fill('text'))
    expect(driftOf('f', young, 'lost')).toBeNull()
    const settled = learned(young, 'text')
    expect(driftOf('f', settled, 'lost')).toEqual({ field: 'f', was: 'text', is: 'lost' })
    expect(driftOf('f', settled, 'record')).toEqual({ field: 'f', was: 'text', is: 'record' })
    expect(driftOf('f', settled, 'text')).toBeNull()
  })

  it('may be empty at any time', () => {
    expect(driftOf('f', shapeOf(Array<Look>(30).fill('text')), 'empty')).toBeNull()
  })

  it('expects nothing of a field that was missing once, or has been of two kinds', () => {
    const sometimes = shapeOf(['lost', ...Array<Look>(30).fill('text')])
    expect(driftOf('f', sometimes, 'lost')).toBeNull()
    const various = shapeOf(['number', ...Array<Look>(30).fill('text')])
    expect(driftOf('f', various, 'flag')).toBeNull()
    expect(driftOf('f', various, 'lost')).toEqual({ field: 'f', was: 'there', is: 'lost' })
  })

  it('never calls a payload drifted that is like one of those it was learned from', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...looks), { minLength: 1, maxLength: 60 }), (seen) => {
        const shape = shapeOf(seen)
        const counted = seen.slice(0, settledAfter)
        for (const look of counted) expect(driftOf('f', shape, look)).toBeNull()
        expect(shape.seen).toBe(counted.length)
      }),
    )
  })
})
