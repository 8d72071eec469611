import { BlockList, isIPv6 } from 'node:net';

const RANGES: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/**
 * Returns whether an address of an `X-Forwarded-For` is a proxy, for Fastify's `trustProxy`: hop 0 is the connection
 * itself. Limits the number of hops: behind an internal load balancer a client's address is in a trusted range, too.
 * Without a limit the header that this client sent would be trusted.
 */
export function trustedProxies(ranges: string[], hops: number): (address: string, hop: number) => boolean {
  const trusted = new BlockList();
  for (const range of ranges.flatMap((name) => RANGES[name.toLowerCase()] ?? name)) {
    const [address = '', bits] = range.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  return (address, hop) => hop < hops && trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
