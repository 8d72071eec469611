import type { JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { authenticatedAt, claimAt, namesIn, personId, scopesOfRoles, tokenOwner } from './person.js';

describe('a claim', () => {
  const payload = { app_metadata: { roles: ['a', 7, '', 'b'] }, groups: 'one', constructor: undefined };

  it.each([
    ['app_metadata.roles', ['a', 'b']],
    ['groups', ['one']],
    ['groups.length', []],
    ['app_metadata.toString', []],
    ['nothing.at.all', []],
  ])('at %s has the names %j', (path, names) => {
    expect(namesIn(claimAt(payload, path))).toEqual(names);
  });
});

it('has the scopes of its roles together, and none of a role that is not configured', () => {
  const roles = { ops: ['read', 'operate'], lead: ['read', 'audit'] } as const;
  expect([...scopesOfRoles(['ops', 'lead', 'toString', 'unknown'], roles)]).toEqual([
    'read',
    'operate',
    'audit',
  ]);
});

it.each<[JWTPayload, string | undefined]>([
  [{ auth_time: 1_000 }, '1970-01-01T00:16:40.000Z'],
  [
    {
      amr: [
        { method: 'password', timestamp: 1_000 },
        { method: 'totp', timestamp: 2_000 },
      ],
    },
    '1970-01-01T00:33:20.000Z',
  ],
  [
    {
      amr: [{ method: 'password', timestamp: 1_000 }, { method: 'token_refresh', timestamp: 2_000 }, null],
    },
    '1970-01-01T00:16:40.000Z',
  ],
  [{ amr: ['pwd'] }, undefined],
  [{ auth_time: 'now' }, undefined],
  [{}, undefined],
])('says of %j that the person signed in at %s', (payload: JWTPayload, expected) => {
  expect(authenticatedAt(payload)?.toISOString()).toBe(expected);
});

it('has different ids for one subject of two issuers', () => {
  const ids = ['https://a.example', 'https://b.example'].map((issuer) => personId(issuer, '42'));
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}:42$/);
});

it.each([
  [{ sid: 'one' }, 'one'],
  [{ session_id: 'two' }, 'two'],
  [{}, null],
])('knows the session of %j as %j', (payload, expected) => {
  const claims = { iss: 'https://a.example', sub: '42', exp: 1, ...payload };
  expect(tokenOwner(claims, { kind: 'user', subject: '42' }).sessionId).toBe(expected);
});
