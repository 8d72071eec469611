import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** A statement about the chain that can be kept elsewhere: up to this position, these rows, and no others. */
export interface Checkpoint {
  position: number;
  hash: Buffer;
  sealedAt: Date;
  /** Null: a worker without a signing key made it. */
  signature: { keyId: string; value: Buffer } | null;
}

export type SignatureStatus = 'valid' | 'invalid' | 'unsigned' | 'unknown_key';

/** The bytes that are signed: JSON without spaces, the hash in hexadecimal, the time in UTC with milliseconds. */
const statement = ({ position, hash, sealedAt }: Omit<Checkpoint, 'signature'>): Buffer =>
  Buffer.from(
    JSON.stringify([
      'bedrock-model-orchestrator/checkpoint/1',
      position,
      hash.toString('hex'),
      sealedAt.toISOString(),
    ]),
  );

/** Ed25519 keys of checkpoints: an optional one to sign with, and the trusted ones. */
export class CheckpointKeys {
  private readonly trusted = new Map<string, KeyObject>();
  private readonly signing: { key: KeyObject; id: string } | undefined;

  /** @param keys base64 of PKCS #8 (private) and of SPKI (public), as OpenSSL writes them in DER */
  constructor(keys: { privateKey?: string; publicKeys: string[] }) {
    for (const text of keys.publicKeys) this.trust(createPublicKey(der(text, 'spki')));
    if (keys.privateKey === undefined) return;
    const key = createPrivateKey(der(keys.privateKey, 'pkcs8'));
    this.signing = { key, id: this.trust(createPublicKey(key)) };
  }

  get canSign(): boolean {
    return this.signing !== undefined;
  }

  get canVerify(): boolean {
    return this.trusted.size > 0;
  }

  signatureFor(checkpoint: Omit<Checkpoint, 'signature'>): Checkpoint['signature'] {
    if (!this.signing) return null;
    return { keyId: this.signing.id, value: sign(null, statement(checkpoint), this.signing.key) };
  }

  signatureStatusOf(checkpoint: Checkpoint): SignatureStatus {
    if (!checkpoint.signature) return 'unsigned';
    const key = this.trusted.get(checkpoint.signature.keyId);
    if (!key) return 'unknown_key';
    return verify(null, statement(checkpoint), key, checkpoint.signature.value) ? 'valid' : 'invalid';
  }

  private trust(key: KeyObject): string {
    const id = createHash('sha256')
      .update(key.export({ format: 'der', type: 'spki' }))
      .digest('hex')
      .slice(0, 16);
    this.trusted.set(id, key);
    return id;
  }
}

const der = <T extends 'pkcs8' | 'spki'>(text: string, type: T) =>
  ({ key: Buffer.from(text, 'base64'), format: 'der', type }) as const;
