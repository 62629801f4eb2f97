import { describe, expect, it } from 'vitest'
import { refusedAddress } from './reach.ts'

const inside = [
  '127.0.0.1',
  '127.9.9.9',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '::1',
  'fc00::1',
  'fd12:3456::1',
  'fec0::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
]
const never = [
  '0.0.0.0',
  '169.254.169.254',
  '224.0.0.1',
  '255.255.255.255',
  '240.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '::',
  'fe80::1',
  'ff02::1',
  'fd00:ec2::254',
  '::ffff:169.254.169.254',
  '::7f00:1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::a9fe:a9fe',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '2001:db8::1',
  'localhost',
  '',
]
const outside = [
  '1.1.1.1',
  '93.184.216.34',
  '172.15.0.1',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700::1111',
  '::ffff:1.1.1.1',
]

describe("an address that a firm's webhook leads to", () => {
  it.each(inside)('%s is reached only where the deployment allows its own network', (address) => {
    expect(refusedAddress(address, false)).not.toBeNull()
    expect(refusedAddress(address, true)).toBeNull()
  })

  it.each(never)('%s is never reached', (address) => {
    expect(refusedAddress(address, false)).not.toBeNull()
    expect(refusedAddress(address, true)).not.toBeNull()
  })

  it.each(outside)('%s may be reached', (address) => {
    expect(refusedAddress(address, false)).toBeNull()
  })
})
