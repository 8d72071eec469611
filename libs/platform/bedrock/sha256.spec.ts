import { expect, it } from 'vitest';
import { Sha256 } from './sha256.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const hex = async (hash: Sha256) => Buffer.from(await hash.digest()).toString('hex');
const KEY = bytes('Jefe');

it.each([
  // FIPS 180-4, RFC 4231
  ['abc', undefined, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'what do ya want for nothing?',
    'Jefe',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  ['what do ya want for nothing?', KEY, '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
  [
    'what do ya want for nothing?',
    KEY.buffer,
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
])('hashes %j with the key %j', async (text, secret, expected) => {
  for (const _ of [1, 2]) {
    const hash = new Sha256(secret);
    hash.update(bytes('something else'));
    hash.reset();
    hash.update(bytes(text));
    expect(await hex(hash)).toBe(expected);
  }
});
