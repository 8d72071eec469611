import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { KeySet } from './key-set.js';

const HOUR_MS = 3_600_000;
const NO_KEY = { code: 'ERR_JWKS_NO_MATCHING_KEY' };

let server: Server;
let answer: { status: number; body: string };
let asked: number;
let keySet: KeySet;
let keys: { publicKey: CryptoKey; privateKey: CryptoKey };

const publish = async (publicKey: CryptoKey, kid: string) => {
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256' };
  answer = { status: 200, body: JSON.stringify({ keys: [jwk] }) };
};
/** Verifies a token that the key of this id has signed. */
const check = async (kid = 'current', { privateKey } = keys) => {
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
  return (await jwtVerify(token, keySet.find)).protectedHeader.kid;
};
const later = (ms: number) => vi.useFakeTimers({ now: Date.now() + ms, toFake: ['Date'] });

beforeAll(async () => {
  server = createServer((_, response) => {
    asked += 1;
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());
beforeEach(async () => {
  keys = await generateKeyPair('ES256', { extractable: true });
  keySet = new KeySet(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);
  await publish(keys.publicKey, 'current');
  asked = 0;
  await check();
});
afterEach(() => {
  vi.useRealTimers();
});

it('keys that were read stay good for a day while the set is away, and no longer', async () => {
  answer = { status: 503, body: '{}' };
  for (const hours of [1, 22]) {
    later(hours * HOUR_MS);
    expect(await check()).toBe('current');
  }
  later(2 * HOUR_MS);
  await expect(check()).rejects.toMatchObject({ kind: 'unavailable', code: 'key_set_unavailable' });
  await publish(keys.publicKey, 'current');
  expect(await check()).toBe('current');
});

it('keys are read again in the background, once', async () => {
  later(600_000);
  for (let n = 0; n < 3; n += 1) await check();
  await eventually(() => expect(asked).toBe(2));
});

it('a key that was taken out of the set is good no more', async () => {
  await publish((await generateKeyPair('ES256', { extractable: true })).publicKey, 'next');
  later(600_000);
  await check();
  await eventually(() => expect(check()).rejects.toMatchObject(NO_KEY));
});

it('a new key is good immediately, also the second within seconds', async () => {
  for (const kid of ['second', 'third']) {
    later(1_000);
    const next = await generateKeyPair('ES256', { extractable: true });
    await publish(next.publicKey, kid);
    expect(await check(kid, next)).toBe(kid);
  }
  expect(asked).toBe(3);
});

it('strangers make us ask once a second, however many come', async () => {
  later(1_000);
  const strangers = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => check(`stranger-${n}`)));
  for (const stranger of strangers) expect(stranger).toMatchObject({ reason: NO_KEY });
  await expect(check('late')).rejects.toMatchObject(NO_KEY);
  expect(asked).toBe(2);
});

it('a key that nobody can look up is not refused but unavailable, and known keys stay good', async () => {
  answer = { status: 503, body: '{}' };
  later(1_000);
  for (let n = 0; n < 3; n += 1) await expect(check('new')).rejects.toMatchObject({ kind: 'unavailable' });
  expect(asked).toBe(2);
  expect(await check()).toBe('current');
});
