import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTHeaderParameters,
  SignJWT,
} from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { JwksServer } from '../../../test/support/jwks-server.js';
import { JWT_ISSUER } from '../../../test/support/test-env.js';
import { SystemClock } from '../clock/clock.js';
import { type Env, loadEnv } from '../config/env.js';
import { JwtVerifier } from './jwt-verifier.js';

const SECRET = 'a-secret-of-supabase-with-more-than-32-characters';
const clock = new SystemClock();
const ISSUER = 'https://project.supabase.test/auth/v1';
const REFUSED = { kind: 'unauthenticated' };

const environment = (changes: Record<string, string>): Env =>
  loadEnv({
    DATABASE_URL: 'postgres://localhost/test',
    REDIS_URL: 'redis://localhost',
    SUPABASE_JWT_ISSUER: ISSUER,
    ...changes,
  });

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const CLAIMS = { sub: 'alice', role: 'authenticated', aud: 'authenticated', iss: ISSUER };

/** A token as Supabase Auth makes them; a claim that is undefined is left out. */
function token(
  claims: Record<string, unknown> = {},
  key: CryptoKey | Uint8Array = new TextEncoder().encode(SECRET),
  header: JWTHeaderParameters = { alg: 'HS256' },
): Promise<string> {
  const all = { ...CLAIMS, exp: inSeconds(60), ...claims };
  return new SignJWT(JSON.parse(JSON.stringify(all))).setProtectedHeader(header).sign(key);
}

async function subjectOf(verifier: JwtVerifier, accessToken: string): Promise<string | undefined> {
  const { principal } = await verifier.ownerOf(accessToken);
  return principal.kind === 'user' ? principal.subject : undefined;
}

describe('with a secret', () => {
  const verifier = new JwtVerifier(environment({ SUPABASE_JWT_SECRET: SECRET }), clock);

  it('ends by the time of PostgreSQL, also where the clock of the process is behind', async () => {
    const ahead = new SystemClock();
    const open = new JwtVerifier(environment({ SUPABASE_JWT_SECRET: SECRET }), ahead);
    const short = await token({ exp: inSeconds(3_600) });
    expect(await subjectOf(open, short)).toBe('alice');
    ahead.correctionMs = 3_600_000;
    expect(open.remembered(short)).toBeUndefined();
    await expect(subjectOf(open, short)).rejects.toMatchObject(REFUSED);
  });

  it('a token of Supabase Auth says whose it is', async () => {
    expect(await subjectOf(verifier, await token())).toBe('alice');
  });

  it('one of several audiences is enough', async () => {
    expect(await subjectOf(verifier, await token({ aud: ['other', 'authenticated'] }))).toBe('alice');
  });

  it.each<[what: string, claims: Record<string, unknown>]>([
    ['has expired', { exp: inSeconds(-1) }],
    ['is not valid yet', { nbf: inSeconds(60) }],
    ['never expires', { exp: undefined }],
    ['is for another audience', { aud: 'other' }],
    ['is for no audience', { aud: undefined }],
    ['is of another issuer', { iss: 'https://evil.example/auth/v1' }],
    ['is of no issuer', { iss: undefined }],
    ['is nobody’s', { sub: undefined }],
    ['is of an empty subject', { sub: '' }],
    ['is of a subject that is longer than an id may be', { sub: 'x'.repeat(129) }],
    ['is of a subject that is no text', { sub: 42 }],
    ['has no role', { role: undefined }],
    ['has an empty role', { role: '' }],
    ['has a role that is no text', { role: ['authenticated'] }],
    ['has a role of the database', { role: 'supabase_admin' }],
    ['has a role of somebody else’s', { role: 'postgres' }],
    ['is of an anonymous sign-in', { is_anonymous: true }],
    ['is of an anonymous sign-in, in other words', { is_anonymous: 'true' }],
    ['has NUL in its subject', { sub: 'ali\u0000ce' }],
    ['has a line break in its subject', { sub: 'ali\nce' }],
    ['expires after the end of time', { exp: 1e300 }],
    ['is Supabase’s anonymous key', { role: 'anon' }],
    ['is Supabase’s service key', { role: 'service_role' }],
  ])('a token that %s is refused', async (_, claims) => {
    await expect(subjectOf(verifier, await token(claims))).rejects.toMatchObject(REFUSED);
  });

  it('an anonymous sign-in is a user where ANONYMOUS_USERS=allow, and one that is none always', async () => {
    const open = new JwtVerifier(
      environment({ SUPABASE_JWT_SECRET: SECRET, ANONYMOUS_USERS: 'allow' }),
      clock,
    );
    expect(await subjectOf(open, await token({ is_anonymous: true }))).toBe('alice');
    expect(await subjectOf(verifier, await token({ is_anonymous: false }))).toBe('alice');
  });

  it('a role that SUPABASE_JWT_ROLES names is a user’s, and only those', async () => {
    const roles = { SUPABASE_JWT_ROLES: 'nurse, doctor' };
    const clinic = new JwtVerifier(environment({ SUPABASE_JWT_SECRET: SECRET, ...roles }), clock);
    expect(await subjectOf(clinic, await token({ role: 'doctor' }))).toBe('alice');
    await expect(subjectOf(clinic, await token())).rejects.toMatchObject(REFUSED);
  });

  it('the last second there is does not hurt', async () => {
    const last = await token({ exp: 8.64e12 });
    await subjectOf(verifier, last);
    expect((await verifier.ownerOf(last)).expiresAt.toISOString()).toBe('+275760-09-13T00:00:00.000Z');
  });

  it('a token that was verified is remembered until it expires, and no other', async () => {
    const exp = inSeconds(3_600);
    const good = await token({ exp });
    expect(verifier.remembered(good)).toBeUndefined();
    await subjectOf(verifier, good);
    expect(verifier.remembered(good)?.principal).toEqual({ kind: 'user', subject: 'alice' });
    expect((await verifier.ownerOf(good)).expiresAt.getTime()).toBe(exp * 1000);
    expect(verifier.remembered(`${good.slice(0, -2)}xx`)).toBeUndefined();
    vi.useFakeTimers({ now: exp * 1000 + 1, toFake: ['Date'] });
    expect(verifier.remembered(good)).toBeUndefined();
    await expect(subjectOf(verifier, good)).rejects.toMatchObject(REFUSED);
    vi.useRealTimers();
  });

  it('a token is verified again after a minute', async () => {
    const good = await token({ exp: inSeconds(600) });
    await subjectOf(verifier, good);
    vi.useFakeTimers({ now: Date.now() + 60_001, toFake: ['Date'] });
    expect(verifier.remembered(good)).toBeUndefined();
    vi.useRealTimers();
  });

  it('the longest id is accepted', async () => {
    const sub = 'x'.repeat(128);
    expect(await subjectOf(verifier, await token({ sub }))).toBe(sub);
  });

  it.each(['HS384', 'HS512'])('%s is refused, though the secret is right', async (alg) => {
    await expect(subjectOf(verifier, await token({}, undefined, { alg }))).rejects.toMatchObject(REFUSED);
  });

  it('a token signed with another secret is refused', async () => {
    const forged = await token({}, new TextEncoder().encode(`${SECRET}!`));
    await expect(subjectOf(verifier, forged)).rejects.toMatchObject(REFUSED);
  });

  it('a token without a signature is refused', async () => {
    const [, payload] = (await token()).split('.');
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    await expect(subjectOf(verifier, `${header}.${payload}.`)).rejects.toMatchObject(REFUSED);
  });

  it('a token that was changed anywhere is refused, and never answered as our own failure', async () => {
    const good = await token();
    for (let at = 0; at < good.length; at += 1) {
      // The last character of each part holds spare bits that mean nothing.
      if (good[at] === '.' || good[at + 1] === '.' || at === good.length - 1) continue;
      const changed = good.slice(0, at) + (good[at] === 'A' ? 'B' : 'A') + good.slice(at + 1);
      await expect(subjectOf(verifier, changed)).rejects.toMatchObject(REFUSED);
    }
  });

  it.each([
    '',
    '.',
    '..',
    'a.b.c',
    'not a token',
    'é.ü.ß',
    '\u0000',
    'eyJhbGciOiJIUzI1NiJ9..',
    'x'.repeat(100_000),
  ])('garbage is refused (%#)', async (garbage) => {
    await expect(subjectOf(verifier, garbage)).rejects.toMatchObject(REFUSED);
  });

  it('the refusal does not say what was wrong, so that it helps nobody who guesses', async () => {
    const refusals = [await token({ exp: 1 }), await token({ role: 'anon' }), 'garbage'].map((bad) =>
      subjectOf(verifier, bad).catch((error: Error) => error.message),
    );
    expect(new Set(await Promise.all(refusals)).size).toBe(1);
  });
});

describe('with a key set', () => {
  let keys: { publicKey: CryptoKey; privateKey: CryptoKey };
  let server: Server;
  let answer: { status: number; body: string };
  let verifier: JwtVerifier;
  const header = { alg: 'ES256', kid: 'current' };

  beforeAll(async () => {
    keys = await generateKeyPair('ES256', { extractable: true });
    server = createServer((_, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'current', alg: 'ES256' };
    answer = { status: 200, body: JSON.stringify({ keys: [jwk] }) };
    const { port } = server.address() as AddressInfo;
    verifier = new JwtVerifier(environment({ SUPABASE_JWKS_URL: `http://127.0.0.1:${port}/jwks` }), clock);
  });

  it('a token signed with a key of the set says whose it is', async () => {
    expect(await subjectOf(verifier, await token({}, keys.privateKey, header))).toBe('alice');
  });

  it('the same claims are demanded as with a secret', async () => {
    for (const claims of [{ exp: inSeconds(-1) }, { role: 'service_role' }, { aud: 'other' }, { iss: 'x' }]) {
      const bad = await token(claims, keys.privateKey, header);
      await expect(subjectOf(verifier, bad)).rejects.toMatchObject(REFUSED);
    }
  });

  it('a public key is no secret: a token signed with it by HS256 is refused', async () => {
    const publicAsSecret = new TextEncoder().encode(await exportSPKI(keys.publicKey));
    const forged = await token({}, publicAsSecret, { alg: 'HS256', kid: 'current' });
    await expect(subjectOf(verifier, forged)).rejects.toMatchObject(REFUSED);
  });

  it('an algorithm that is not pinned is refused, though the key is in the set', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'other', alg: 'ES384' };
    answer = { status: 200, body: JSON.stringify({ keys: [jwk] }) };
    const signed = await token({}, privateKey, { alg: 'ES384', kid: 'other' });
    await expect(subjectOf(verifier, signed)).rejects.toMatchObject(REFUSED);
  });

  it('a token signed with a key that is not in the set is refused', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    for (const kid of ['current', 'unknown']) {
      const forged = await token({}, privateKey, { alg: 'ES256', kid });
      await expect(subjectOf(verifier, forged)).rejects.toMatchObject(REFUSED);
    }
  });

  it.each([
    ['answers with an error', { status: 500, body: '{}' }],
    ['answers with something else', { status: 200, body: '<html>Maintenance</html>' }],
    ['answers with a set that is none', { status: 200, body: '{"keys":"soon"}' }],
  ])('nobody gets 401 while Supabase %s', async (_, failing) => {
    const good = await token({}, keys.privateKey, header);
    answer = failing;
    await expect(subjectOf(verifier, good)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'key_set_unavailable',
      retryAfter: 1,
    });
  });

  it('nobody gets 401 while Supabase cannot be reached', async () => {
    const nobody = new JwtVerifier(environment({ SUPABASE_JWKS_URL: 'http://127.0.0.1:1/jwks' }), clock);
    const good = await token({}, keys.privateKey, header);
    await expect(subjectOf(nobody, good)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(subjectOf(nobody, 'garbage')).rejects.toMatchObject(REFUSED);
  });
});

describe('while a project moves from its secret to a key set', () => {
  let keySet: JwksServer;
  let verifier: JwtVerifier;
  beforeAll(async () => {
    keySet = await JwksServer.start();
    verifier = new JwtVerifier(
      environment({
        SUPABASE_JWT_SECRET: SECRET,
        SUPABASE_JWKS_URL: keySet.url,
        SUPABASE_JWT_ISSUER: JWT_ISSUER,
      }),
      clock,
    );
  });
  afterAll(() => keySet.close());

  it('both kinds of token are good', async () => {
    expect(await subjectOf(verifier, await token({ iss: JWT_ISSUER }))).toBe('alice');
    expect(await subjectOf(verifier, await keySet.token('bob'))).toBe('bob');
  });

  it('neither is taken for the other: not the public key for a secret, nor the secret for a key', async () => {
    const { keys } = await (await fetch(keySet.url)).json();
    const confused = [JSON.stringify(keys[0]), keys[0].x, SECRET].map((text) =>
      new TextEncoder().encode(text),
    );
    const forged = await Promise.all(
      confused.slice(0, 2).map((key) => token({ iss: JWT_ISSUER }, key, { alg: 'HS256', kid: keys[0].kid })),
    );
    const [header, ...rest] = (await token({ iss: JWT_ISSUER })).split('.');
    const renamed = {
      ...JSON.parse(Buffer.from(header!, 'base64url').toString()),
      alg: 'ES256',
      kid: keys[0].kid,
    };
    forged.push([Buffer.from(JSON.stringify(renamed)).toString('base64url'), ...rest].join('.'));
    for (const bad of forged) await expect(subjectOf(verifier, bad)).rejects.toMatchObject(REFUSED);
  });
});

describe('with neither', () => {
  it('every token is refused', async () => {
    await expect(subjectOf(new JwtVerifier(environment({}), clock), await token())).rejects.toMatchObject(
      REFUSED,
    );
  });
});
