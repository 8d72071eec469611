import { describe, expect, it } from 'vitest';
import type { Principal } from '#libs/platform/auth/principal.js';
import { assertFreshSignIn, assertSubstantial } from './break-glass.js';

const NOW = new Date('2026-12-01T03:00:00Z');

const person = (
  changes: Partial<Extract<Principal, { kind: 'person' }>>,
): Extract<Principal, { kind: 'person' }> => ({
  kind: 'person',
  id: '1f3a5b7c:42',
  scopes: new Set(['break-glass']),
  groups: [],
  authenticatedAt: NOW,
  assurance: null,
  ...changes,
});

describe('a sign-in', () => {
  it.each([
    ['of OpenID Connect', null],
    ['of Supabase with a second factor', 'aal2'],
  ] as const)('%s is enough for 15 minutes', (_, assurance) => {
    const at = (time: string) => () =>
      assertFreshSignIn(person({ assurance, authenticatedAt: new Date(time) }), NOW);
    expect(at('2026-12-01T02:45:00Z')).not.toThrow();
    expect(at('2026-12-01T02:44:59.999Z')).toThrow(
      expect.objectContaining({ kind: 'forbidden', code: 'sign_in_again' }),
    );
  });

  it('of an unknown time is too old', () => {
    expect(() => assertFreshSignIn(person({ authenticatedAt: null }), NOW)).toThrow(
      expect.objectContaining({ code: 'sign_in_again' }),
    );
  });

  it('of Supabase without a second factor is not enough', () => {
    expect(() => assertFreshSignIn(person({ assurance: 'aal1' }), NOW)).toThrow(
      expect.objectContaining({ code: 'second_factor_required' }),
    );
  });
});

it.each([
  ['The model answers wrongly', true],
  [' 1234567890 1234567890\n', true],
  ['1234567890 123456789 ', false],
  [' '.repeat(30), false],
  ['\u200b\u00a0\u3000'.repeat(20), false],
  ['😀'.repeat(20), true],
  ['😀'.repeat(19), false],
])('says of the reason %j whether it is one', (reason, expected) => {
  const check = expect(() => assertSubstantial(reason));
  if (expected) check.not.toThrow();
  else check.toThrow(expect.objectContaining({ kind: 'invalid' }));
});
