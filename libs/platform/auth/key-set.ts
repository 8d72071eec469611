import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { UnavailableError } from '../errors/errors.js';

/** Keys of this age are read again, in the background. */
const FRESH_MS = 600_000;
/** Keys that could not be read again are believed for this long: `stale-if-error`. */
const KEPT_MS = 24 * 3_600_000;
/** Minimum time between reads of the key set after an unknown key id or a failure. */
const ASK_AGAIN_MS = 1_000;
const TIMEOUT_MS = 2_000;

/** The public keys of an issuer, kept while they cannot be read. */
export class KeySet {
  private keys: JWTVerifyGetKey | undefined;
  private readAt = Number.NEGATIVE_INFINITY;
  private askedAt = Number.NEGATIVE_INFINITY;
  private failure: unknown;
  private reading: Promise<void> | undefined;

  constructor(private readonly url: string) {}

  /**
   * Returns the key that a token names.
   * @throws JWKSNoMatchingKey if the issuer has no such key
   * @throws UnavailableError if the set cannot be read
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const age = Date.now() - this.readAt;
    if (!this.keys || age >= KEPT_MS) await this.read();
    else if (age >= FRESH_MS && this.mayAsk()) this.read().catch(() => undefined);
    try {
      return await this.keys!(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.readUnlessJustRead();
      return this.keys!(header, token);
    }
  };

  /** The issuer may have a key that it did not have before. @throws UnavailableError */
  private async readUnlessJustRead(): Promise<void> {
    if (this.reading || this.mayAsk()) await this.read();
    else if (this.failure !== undefined) throw unavailable(this.failure);
  }

  private mayAsk(): boolean {
    return Date.now() - this.askedAt >= ASK_AGAIN_MS;
  }

  /** Reads once, however many wait for it. @throws UnavailableError */
  private async read(): Promise<void> {
    this.reading ??= this.readNow().finally(() => {
      this.reading = undefined;
    });
    await this.reading;
  }

  private async readNow(): Promise<void> {
    this.askedAt = Date.now();
    try {
      const options = { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'manual' } as const;
      const answer = await fetch(this.url, { ...options, headers: { accept: 'application/json' } });
      if (answer.status !== 200) throw new Error(`The key set answered ${answer.status}`);
      this.keys = createLocalJWKSet(await answer.json());
      this.readAt = Date.now();
      this.failure = undefined;
    } catch (error) {
      this.failure = error;
      throw unavailable(error);
    }
  }
}

const unavailable = (cause: unknown) =>
  new UnavailableError('key_set_unavailable', 'The token cannot be checked right now. Try again shortly.', {
    cause,
  });
