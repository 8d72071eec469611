import { createHash, createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { appendToChain, commitmentTo, GENESIS, hashOf } from './hash-chain.js';

const SALT = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
const row = {
  kind: 'switch' as const,
  format: 1,
  subjectId: 'a1',
  facts: ['a1', 'conversation', null, 'Größe "π" \n'],
  person: ['user-456', 'user:user-456', null, 'Cost'],
};

// Computed by another program (Python's hashlib, hmac and json) from the documented format.
it('makes the commitment and the hash that the format documents', () => {
  const commitment = commitmentTo(row.person, SALT);
  expect(commitment.toString('hex')).toBe('3ebec159686d9226d68708c5cefa05bcf0e65bdf5b34b0884c259adfb74602d9');
  const first = hashOf(GENESIS, row, commitment);
  expect(first.toString('hex')).toBe('0b2e673603dd72c3d099bb4a7310350905fcffe55813d6136dab9b4459c592a8');
  const erasure = { kind: 'erasure' as const, format: 1, subjectId: 'e1', facts: ['e1', '12'] };
  expect(hashOf(first, erasure, null).toString('hex')).toBe(
    'c78293106ac68c9b170b9a4d0691136071648b385c9653e9a1550b18a0294884',
  );
});

it('chains rows behind the last entry, each with its own salt', () => {
  const head = { position: 41, hash: createHash('sha256').update('head').digest() };
  const [a, b] = appendToChain(head, [row, { ...row, subjectId: 'a2', facts: ['a2'] }]);
  expect([a!.position, b!.position]).toEqual([42, 43]);
  expect(a!.hash).toEqual(hashOf(head.hash, row, a!.commitment));
  expect(b!.hash).toEqual(hashOf(a!.hash, { ...row, facts: ['a2'] }, b!.commitment));
  expect(a!.salt).not.toEqual(b!.salt);
  expect(a!.commitment).toEqual(createHmac('sha256', a!.salt!).update(JSON.stringify(row.person)).digest());
});

it('does not show in its commitments that two rows belong to one person', () => {
  const [a, b] = appendToChain({ position: 0, hash: GENESIS }, [row, row]);
  expect(a!.commitment).not.toEqual(b!.commitment);
});

it('has no commitment and no salt for a row without a person', () => {
  const [entry] = appendToChain({ position: 0, hash: GENESIS }, [{ ...row, kind: 'erasure', person: null }]);
  expect(entry).toMatchObject({ commitment: null, salt: null });
});
