import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.js';
import { FakeBus } from '../../test/support/fake-redis.js';
import { anyoneAt, personId, type TokenOwner } from '../platform/auth/person.js';
import type { RedisPubSub } from '../platform/redis/redis-pubsub.js';
import type { Revocation, RevokedSessionsRepository } from './revoked-sessions.repository.js';
import { RevokedSessions } from './revoked-sessions.service.js';

const ISSUER = 'https://login.example.com';
const ADA = personId(ISSUER, 'ada');

let clock: FakeClock;
let sessions: RevokedSessions;
beforeEach(() => {
  clock = new FakeClock();
  const stored: Revocation[] = [];
  const repository = { add: async (one: Revocation) => void stored.push(one), all: async () => [...stored] };
  const bus = new FakeBus() satisfies Partial<RedisPubSub> as unknown as RedisPubSub;
  sessions = new RevokedSessions(
    repository satisfies Partial<RevokedSessionsRepository> as unknown as RevokedSessionsRepository,
    bus,
    clock,
  );
});

/** @param age seconds since the token was issued, by the clock of the issuer */
const owner = (age: number, sessionId: string | null, id = ADA): TokenOwner => ({
  principal: {
    kind: 'person',
    id,
    scopes: new Set(),
    groups: [],
    authenticatedAt: null,
    assurance: null,
  },
  expiresAt: new Date(clock.millis() + 3_600_000),
  issuedAt: new Date(clock.millis() - age * 1000),
  sessionId,
});
const isValid = async (token: TokenOwner) => {
  clock.advance(1_000);
  return sessions.assertValid(token).then(
    () => true,
    () => false,
  );
};

it('ends all sessions of a person, and those of nobody else', async () => {
  const [token, other] = [owner(10, 's1'), owner(10, 's1', personId(ISSUER, 'ben'))];
  await sessions.revoke(ADA, null);
  expect([await isValid(token), await isValid(other)]).toEqual([false, true]);
});

it('ends a session whose issuer has a clock that is ahead', async () => {
  const token = owner(-55, null);
  await sessions.revoke(ADA, null);
  expect(await isValid(token)).toBe(false);
  clock.advance(120_000);
  expect(await isValid(owner(0, null))).toBe(true);
});

it('ends one session for good, and leaves the others', async () => {
  await sessions.revoke(ADA, 's1');
  clock.advance(120_000);
  // Supabase refreshes the token of a session.
  expect([
    await isValid(owner(0, 's1')),
    await isValid(owner(0, 's2')),
    await isValid(owner(0, null)),
  ]).toEqual([false, true, true]);
});

it('ends a session of which the issuer says no person', async () => {
  await sessions.revoke(anyoneAt(ISSUER), 's1');
  const elsewhere = personId('https://other.example.com', 'ada');
  expect([await isValid(owner(0, 's1')), await isValid(owner(0, 's1', elsewhere))]).toEqual([false, true]);
});

it('a logout token that is sent again ends no session that began after it', async () => {
  const issued = new Date(clock.millis());
  await sessions.revoke(ADA, null, issued);
  clock.advance(5_000);
  const next = owner(0, 's2');
  await sessions.revoke(ADA, null, issued);
  expect(await isValid(next)).toBe(true);
});
