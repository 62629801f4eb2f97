/**
 * Which addresses a URL from a firm's configuration may lead to. Without this, one firm's webhook could read the
 * cloud's metadata service or another service on the same network (server-side request forgery).
 */
import { BlockList, isIP } from 'node:net'

/** Never: unspecified, link-local (cloud metadata), multicast, documentation, reserved (RFC 6890 and its registries). */
const never = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  never.addSubnet(net, prefix, 'ipv4')
}
for (const [net, prefix] of [
  // IPv4 addresses in disguise, which could be any of the above: compatible, NAT64, Teredo, 6to4. ::ffff:… BlockList knows.
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fe80::', 10],
  ['ff00::', 8],
  ['fd00:ec2::', 32],
  ['2001:db8::', 32],
] as const) {
  never.addSubnet(net, prefix, 'ipv6')
}

/** Only where the deployment says so: this machine and its own network. */
const inside = new BlockList()
for (const [net, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  inside.addSubnet(net, prefix, 'ipv4')
}
inside.addAddress('::1', 'ipv6')
inside.addSubnet('fc00::', 7, 'ipv6')
inside.addSubnet('fec0::', 10, 'ipv6')

/**
 * @param address an IP address as a resolver gives it
 * @param allowPrivate loopback and private networks may be reached: the sandbox, or a service beside the firm's own
 * @returns why it may not be reached, or null
 */
export function refusedAddress(address: string, allowPrivate: boolean): string | null {
  const family = isIP(address)
  if (family === 0) return 'is not an IP address'
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  if (address !== '::1' && never.check(address, kind)) return 'is an address that no webhook may have'
  if (!allowPrivate && inside.check(address, kind)) return 'is an address inside the network'
  return null
}
