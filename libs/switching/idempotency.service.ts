import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ownerOf } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import type { Caller } from './switch.js';
import { IdempotencyKeyReusedError, RequestInProgressError } from './switching.errors.js';

const KEPT_MS = 24 * 3_600_000;
const EXPIRY_BATCH_SIZE = 5_000;

/** Returns the stored response for a repeated request, from the same transaction that the first committed. */
@Injectable()
export class IdempotencyService {
  constructor(
    private readonly repository: IdempotencyRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` unless the caller's key has a stored response.
   * @param command what is asked: another one with the same key is refused
   * @throws RequestInProgressError, IdempotencyKeyReusedError
   */
  async once<T>(caller: Caller, command: object, tx: Transaction, work: () => Promise<T>): Promise<T> {
    const key = caller.idempotencyKey;
    if (key === undefined) return work();
    const owner = ownerOf(caller.principal);
    const requestHash = createHash('sha256').update(JSON.stringify(command)).digest('base64');
    const now = this.clock.now();
    // Reads after the reservation, so that the result of a concurrent request with this key is visible.
    const [reserved, stored] = await Promise.all([
      this.repository.reserve(owner, key, tx),
      this.repository.find(owner, key, new Date(now.getTime() - KEPT_MS), tx),
    ]);
    if (!reserved) throw new RequestInProgressError();
    if (stored && stored.requestHash !== requestHash) throw new IdempotencyKeyReusedError();
    if (stored) return JSON.parse(stored.answer) as T;
    const answer = await work();
    this.repository.store(owner, key, { requestHash, answer: JSON.stringify(answer), at: now }, tx);
    return answer;
  }

  async forgetOld(): Promise<void> {
    const before = new Date(this.clock.millis() - KEPT_MS);
    while ((await this.repository.forget(before, EXPIRY_BATCH_SIZE)) === EXPIRY_BATCH_SIZE);
  }
}
