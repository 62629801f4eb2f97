import { describe, expect, it } from 'vitest'
import { faultWords, meaningOf, readFault } from './faults.ts'

const meaning = (node: unknown, own = {}) => meaningOf(readFault(node), own)

describe('a Fault', () => {
  it('means what its code says, in SOAP 1.1', () => {
    expect(meaning({ faultcode: 'soap:Client.NoSuchCase', faultstring: 'x' })).toBe('not_found')
    expect(meaning({ faultcode: 'soap:Server', detail: { ErrorCode: { $value: 'Busy' } } })).toBe('busy')
    expect(meaning({ faultcode: 'soap:Client' })).toBe('refused')
    expect(meaning({ faultcode: 'soap:Server' })).toBe('unavailable')
  })

  it('and in SOAP 1.2', () => {
    const node = {
      Code: { Value: 'env:Sender', Subcode: { Value: 'm:NothingChanged' } },
      Reason: { Text: { $value: 'none', attributes: { 'xml:lang': 'en' } } },
    }
    expect(readFault(node)).toEqual({ codes: 'env:Sender m:NothingChanged', message: 'none' })
    expect(meaning(node)).toBe('nothing')
    expect(meaning({ Code: { Value: 'env:Receiver' } })).toBe('unavailable')
  })

  it('means what the connection says, by code or by words', () => {
    const node = {
      faultcode: 'soap:Server',
      faultstring: 'Object reference not set: case 117',
      detail: { n: '-2147' },
    }
    expect(meaning(node, { 'object reference': 'not_found' })).toBe('not_found')
    expect(meaning(node, { '-2147': 'busy' })).toBe('busy')
    expect(meaning({ faultcode: 'soap:Client.NoSuchCase' }, { NoSuchCase: 'refused' })).toBe('refused')
  })

  it('is tried again when it says nothing', () => {
    for (const node of [null, '', {}, { faultcode: null }, { faultcode: { a: { b: {} } } }]) {
      expect(meaning(node)).toBe('unavailable')
      expect(faultWords(readFault(node))).toBe('without a code')
    }
  })

  it('is told of without what it quotes', () => {
    const fault = readFault({
      faultcode: 'soap:Server',
      faultstring: 'jim@x.example.com',
      detail: 'jim@x.example.com',
    })
    expect(faultWords(fault)).toBe('soap:Server [address]')
  })
})
