import { expect, it } from 'vitest';
import { ChannelSecrets } from './channel-secrets.js';

const [ONE, OTHER] = ['1'.repeat(32), '2'.repeat(32)];
const secretsOf = (...keys: string[]) => new ChannelSecrets({ WEBHOOK_SIGNING_KEYS: keys });

it('a secret is read with its key, also after another one came before it', () => {
  const encrypted = secretsOf(ONE).encrypt('a', 'the secret ä');
  expect(encrypted).not.toContain('secret');
  expect(secretsOf(OTHER, ONE).decrypt('a', encrypted)).toBe('the secret ä');
});

it('a secret is not read for another channel, without its key, or changed', () => {
  const encrypted = secretsOf(ONE).encrypt('a', 'secret');
  expect(secretsOf(ONE).decrypt('b', encrypted)).toBeUndefined();
  expect(secretsOf(OTHER).decrypt('a', encrypted)).toBeUndefined();
  const [name, text] = encrypted.split('.') as [string, string];
  const changed = `${name}.${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
  expect(secretsOf(ONE).decrypt('a', changed)).toBeUndefined();
  expect(secretsOf(ONE).decrypt('a', `${name}.`)).toBeUndefined();
});

it('the same secret is never encrypted alike, and an empty one is read', () => {
  const secrets = secretsOf(ONE);
  expect(secrets.encrypt('a', '')).not.toBe(secrets.encrypt('a', ''));
  expect(secrets.decrypt('a', secrets.encrypt('a', ''))).toBe('');
});

it('without a key there is no channel', () => {
  expect(() => secretsOf().encrypt('a', 'secret')).toThrow(/WEBHOOK_SIGNING_KEYS is not set/);
});
