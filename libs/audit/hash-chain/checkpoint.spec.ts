import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CheckpointKeys } from './checkpoint.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const PRIVATE = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
const SPKI = publicKey.export({ format: 'der', type: 'spki' });
const PUBLIC = SPKI.toString('base64');

// Functions, so that keys which are not read fail a test and not the load of this file.
const signer = () => new CheckpointKeys({ privateKey: PRIVATE, publicKeys: [] });
const reader = () => new CheckpointKeys({ publicKeys: [PUBLIC] });
const nobody = () => new CheckpointKeys({ publicKeys: [] });
const made = { position: 7, hash: Buffer.alloc(32, 0xab), sealedAt: new Date('2026-01-15T10:00:00.120Z') };
const signed = () => ({ ...made, signature: signer().signatureFor(made) });

it('signs the documented text', () => {
  const text = `["bedrock-model-orchestrator/checkpoint/1",7,"${'ab'.repeat(32)}","2026-01-15T10:00:00.120Z"]`;
  expect(verify(null, Buffer.from(text), publicKey, signed().signature!.value)).toBe(true);
});

it('names its key by the first 16 digits of the SHA-256 of the public key', () => {
  const digest = createHash('sha256').update(SPKI).digest('hex');
  expect(signed().signature!.keyId).toBe(digest.slice(0, 16));
});

describe('a signature', () => {
  it('is valid for a reader with the public key, and unknown to every other', () => {
    const statuses = [signer(), reader(), nobody()].map((keys) => keys.signatureStatusOf(signed()));
    expect(statuses).toEqual(['valid', 'valid', 'unknown_key']);
  });

  it.each([
    ['position', { position: 8 }],
    ['hash', { hash: Buffer.alloc(32, 0xac) }],
    ['time', { sealedAt: new Date('2026-01-15T10:00:00.121Z') }],
  ])('does not count for another %s', (_, changes) => {
    expect(reader().signatureStatusOf({ ...signed(), ...changes })).toBe('invalid');
  });

  it('is missing where there is no key to sign with', () => {
    const unsigned = { ...made, signature: reader().signatureFor(made) };
    expect(unsigned.signature).toBeNull();
    expect(signer().signatureStatusOf(unsigned)).toBe('unsigned');
  });
});

it('knows what it can do', () => {
  const can = ({ canSign, canVerify }: CheckpointKeys) => [canSign, canVerify];
  expect([signer(), reader(), nobody()].map(can)).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
});
