import { expect, it } from 'vitest';
import { checks, NEW_KEY, newKeyOf, settingsOf, valuesOf } from './key-values.js';
import type { Key } from './use-keys.js';

type Settings = Pick<Key, 'defaults' | 'limits'>;

const keyWith = (settings: Settings): Key => ({
  ...{ id: '0b2c7aff-b0df-42fc-a7b8-182d2dc7fcce', name: 'ci', createdBy: 'service:ops', expiresAt: null },
  ...{ createdAt: '2026-11-30T00:00:00.000Z', lastUsedAt: null, revokedAt: null, replacedBy: null },
  scopes: ['switch'],
  ...settings,
});
const DEFAULTS: Key['defaults'] = {
  useCase: null,
  assistantId: null,
  userId: null,
  fallback: 'none',
  echo: 'none',
};

it.each<Settings>([
  { defaults: DEFAULTS, limits: { useCases: null, models: 'candidates', users: 'any' } },
  {
    defaults: {
      useCase: 'clinical',
      assistantId: 'nurse',
      userId: 'u',
      fallback: 'same-use-case',
      echo: 'body',
    },
    limits: { useCases: ['clinical'], models: ['eu.a', 'eu.b'], users: ['app-'] },
  },
  { defaults: DEFAULTS, limits: { useCases: null, models: 'any', users: 'own' } },
])('an edit that changes nothing sends the same settings: %j', (settings) => {
  expect(settingsOf(valuesOf(keyWith(settings)))).toEqual(settings);
});

it('a new key ends after its lifetime, or never', () => {
  expect(newKeyOf({ ...NEW_KEY, name: ' ci ' }, 0)).toMatchObject({
    name: 'ci',
    scopes: ['read'],
    expiresAt: null,
  });
  expect(newKeyOf({ ...NEW_KEY, lifetime: '30' }, 0).expiresAt).toBe('1970-01-31T00:00:00.000Z');
});

it('a list that is chosen needs an entry', () => {
  expect(checks.modelIds([], { ...NEW_KEY, models: 'list' })).toMatch(/at least one/);
  expect(checks.modelIds([], NEW_KEY)).toBeNull();
  expect(checks.prefixes([], { ...NEW_KEY, users: 'list' })).toMatch(/at least one/);
  expect(checks.prefixes([], NEW_KEY)).toBeNull();
});
