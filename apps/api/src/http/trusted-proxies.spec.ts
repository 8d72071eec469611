import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { trustedProxies } from './trusted-proxies.js';

/** The address of a client, as the api sees it. */
async function clientOf(remoteAddress: string, forwardedFor: string, hops: number) {
  const server = fastify({ trustProxy: trustedProxies(['uniquelocal'], hops) });
  server.get('/', async ({ ip }) => ip);
  const headers = { 'x-forwarded-for': forwardedFor };
  return (await server.inject({ url: '/', remoteAddress, headers })).body;
}

it.each([
  ['the client’s own, which the balancer has appended', ['10.0.0.5', '10.1.2.3'], '10.1.2.3'],
  ['not what a client of a private network made up', ['10.0.0.5', '203.0.113.9, 10.1.2.3'], '10.1.2.3'],
  ['not what it made up of private addresses', ['10.0.0.5', '10.9.9.9, 10.1.2.3'], '10.1.2.3'],
  ['the connection’s where that is no proxy', ['203.0.113.9', '10.1.2.3'], '203.0.113.9'],
  ['the client’s over a socket for both families', ['::ffff:10.0.0.5', '203.0.113.9'], '203.0.113.9'],
])('the address behind one proxy is %s', async (_, [remote, forwardedFor], expected) => {
  expect(await clientOf(remote!, forwardedFor!, 1)).toBe(expected);
});

it.each([
  ['the client’s', '203.0.113.9, 10.0.0.4'],
  ['not what it made up', '198.51.100.1, 203.0.113.9, 10.0.0.4'],
])('the address behind two proxies is %s', async (_, forwardedFor) => {
  expect(await clientOf('10.0.0.5', forwardedFor, 2)).toBe('203.0.113.9');
});

it.each([
  [['10.0.0.0/24'], '10.0.0.9', true],
  [['10.0.0.0/24'], '10.0.1.9', false],
  [['10.0.0.7'], '10.0.0.7', true],
  [['fd00::/8'], 'fd12::1', true],
  [['loopback'], '::1', true],
  [['LinkLocal'], '169.254.1.1', true],
  [['uniquelocal'], 'not an address', false],
])('%j has %s: %s', (ranges, address, expected) => {
  expect(trustedProxies(ranges, 1)(address, 0)).toBe(expected);
});
