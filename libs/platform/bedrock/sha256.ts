import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from 'node:crypto';

type Bytes = ArrayBuffer | ArrayBufferView;
type Secret = string | Bytes;

/** Caches key objects: the SDK passes the same bytes for the same key. */
const keys = new WeakMap<Bytes, KeyObject>();

/**
 * What the SDK's signer hashes with. Its own makes two keys of bytes for each signature, which takes Node 24 25 µs each:
 * here a key is made once.
 */
export class Sha256 {
  private hash: Hash | Hmac;

  constructor(private readonly secret?: Secret) {
    this.hash = begun(secret);
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.hash.digest());
  }

  reset(): void {
    this.hash = begun(this.secret);
  }
}

const begun = (secret: Secret | undefined): Hash | Hmac =>
  secret === undefined
    ? createHash('sha256')
    : createHmac('sha256', typeof secret === 'string' ? secret : keyOf(secret));

function keyOf(bytes: Bytes): KeyObject {
  const key = keys.get(bytes) ?? createSecretKey(bytes as Uint8Array);
  keys.set(bytes, key);
  return key;
}
