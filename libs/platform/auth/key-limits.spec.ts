import { describe, expect, it } from 'vitest';
import {
  assertModelAllowed,
  assertUseCasesAllowed,
  assertUserAllowed,
  defaultsOf,
  limitsOf,
} from './key-limits.js';
import { editedSettings, type KeyLimits, NO_SETTINGS } from './key-settings.js';
import type { Principal } from './principal.js';

const key = (limits: Partial<KeyLimits>, userId: string | null = null): Principal => ({
  kind: 'service',
  name: 'chat',
  scopes: new Set(),
  settings: editedSettings(NO_SETTINGS, { limits, defaults: { userId } }),
});
const user: Principal = { kind: 'user', subject: 'anna' };
const job: Principal = { kind: 'system', name: 'recovery' };
const old: Principal = { kind: 'service', name: 'chat', scopes: new Set() };
const refusal = (limit: keyof KeyLimits, text: string) =>
  expect.objectContaining({
    ...{ kind: 'forbidden', code: 'outside_limits_of_key', extensions: { limit } },
    message: expect.stringContaining(text),
  });

describe('use cases', () => {
  it.each([user, job, old, key({})])('have no limit for %j', (principal) => {
    expect(() => assertUseCasesAllowed(principal, 'clinical', 'health')).not.toThrow();
  });

  it('are all in the list, or the error names the one that is not', () => {
    const clinical = key({ useCases: ['clinical', 'triage'] });
    expect(() => assertUseCasesAllowed(clinical, 'triage', 'clinical')).not.toThrow();
    for (const names of [['health'], ['clinical', 'health'], ['health', 'clinical']])
      expect(() => assertUseCasesAllowed(clinical, ...names)).toThrow(
        refusal('useCases', 'clinical, triage, and not in health'),
      );
  });
});

describe('models', () => {
  it.each([user, job, old, key({}), key({ models: 'any' })])('have no list for %j', (principal) => {
    expect(() => assertModelAllowed(principal, 'nova')).not.toThrow();
  });

  it('are in the list of a key that has one', () => {
    expect(() => assertModelAllowed(key({ models: ['nova'] }), 'nova')).not.toThrow();
    expect(() => assertModelAllowed(key({ models: ['nova'] }), 'haiku')).toThrow(
      refusal('models', 'nova, and not haiku'),
    );
  });

  it('may be any for jobs, and for keys that say so', () => {
    expect([user, old, key({}), key({ models: 'any' }), job].map((each) => limitsOf(each).models)).toEqual([
      ...['candidates', 'candidates', 'candidates', 'any', 'any'],
    ]);
  });
});

describe('users', () => {
  it.each([user, job, old, key({})])('have no limit for %j', (principal) => {
    expect(() => assertUserAllowed(principal, 'berta')).not.toThrow();
    expect(() => assertUserAllowed(principal, undefined)).not.toThrow();
  });

  it.each<[KeyLimits['users'], string | null, string | undefined, boolean]>([
    ['own', 'anna', 'anna', true],
    ['own', 'anna', 'berta', false],
    ['own', 'anna', undefined, false],
    ['own', null, undefined, false],
    ['own', null, 'own', false],
    [['a:', 'b:'], null, 'b:1', true],
    [['a:', 'b:'], null, 'c:b:1', false],
    [['a:', 'b:'], null, undefined, false],
    [['a:'], 'anna', 'anna', true],
  ])('with the limit %j and the default user %j: %j is allowed: %j', (users, bound, asked, allowed) => {
    const attempt = () => assertUserAllowed(key({ users }, bound), asked);
    if (allowed) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(refusal('users', users === 'own' ? 'default user' : 'begin with a:'));
  });
});

it('only keys have defaults', () => {
  expect([user, job, old].map(defaultsOf)).toEqual(Array(3).fill(NO_SETTINGS.defaults));
  expect(defaultsOf(key({}, 'anna')).userId).toBe('anna');
});
