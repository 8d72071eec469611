import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { actorOf, type Principal } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { ErasuresRepository } from './erasures.repository.js';
import { type Erasure, isPerson, MAX_LATE_MS } from './personal-data.js';
import { PersonalDataRepository } from './personal-data.repository.js';
import { UserUnknownError } from './privacy.errors.js';

/** Rows that one transaction changes. */
const BATCH = 500;
/** Time that a request erases before it leaves the rest to the worker. */
const REQUEST_MS = 3_000;
/** After this time no work that was in progress at the request can still write the person's name. */
const SETTLED_MS = 60_000;

/** Erases people from all stored data: replaces their id by a pseudonym, and removes their text. */
@Injectable()
export class ErasureService {
  private readonly logger = new Logger('Erasure');

  constructor(
    private readonly transactions: Transactions,
    private readonly data: PersonalDataRepository,
    private readonly erasures: ErasuresRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Erases immediately as much as it can. The worker checks again after a minute, for work that was in progress, and
   * completes it. A repeated request meanwhile continues the same erasure.
   * @throws UserUnknownError, InvalidInputError, UnavailableError
   */
  async erase(person: string, principal: Principal): Promise<Erasure> {
    if (!isPerson(person)) throw new InvalidInputError([{ field: 'id', message: 'is not the id of a user' }]);
    const isRunning = await this.erasures.ofPerson(person);
    if (!isRunning && !(await this.data.isKnown(person))) throw new UserUnknownError();
    const erasure = await this.erasures.begin({
      id: randomUUID(),
      person,
      requestedBy: actorOf(principal),
      requestedAt: this.clock.now(),
    });
    await this.pass(erasure, performance.now() + REQUEST_MS);
    return this.erasures.find(erasure.id);
  }

  /**
   * Completes erasures that were requested a minute ago or earlier; idempotent. An erasure that fails does not block
   * the others: the next call retries it.
   */
  async completeDue(): Promise<void> {
    const settled = new Date(this.clock.millis() - SETTLED_MS);
    for (let page = await this.erasures.pendingSince(settled); page.length > 0; ) {
      for (const erasure of page) await this.complete(erasure);
      page = await this.erasures.pendingSince(settled, page.at(-1));
    }
    await this.erasures.forgetHashes(new Date(this.clock.millis() - MAX_LATE_MS));
  }

  /** Lists the newest first. */
  async list(limit: number, before?: string): Promise<Erasure[]> {
    return this.erasures.list(limit, before);
  }

  /** Logs no message of PostgreSQL, which may quote the person. */
  private async complete(erasure: Erasure): Promise<void> {
    try {
      while ((await this.pass(erasure)) > 0);
      await this.erasures.complete(erasure.id, this.clock.now());
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string };
      this.logger.error(`erasure ${erasure.id} is not complete and is retried: ${code ?? name}`);
    }
  }

  /** Erases in all tables once. @returns the number of erased rows */
  private async pass(erasure: Erasure, until = Number.POSITIVE_INFINITY): Promise<number> {
    let total = 0;
    for (const { table } of await this.data.erasable())
      for (let erased = BATCH; erased === BATCH && performance.now() < until; total += erased)
        erased = await this.eraseBatch(table, erasure);
    return total;
  }

  /** Erases rows and counts them in one transaction. */
  private async eraseBatch(table: string, erasure: Erasure): Promise<number> {
    return this.transactions.run(async (tx) => {
      if (!(await this.erasures.lock(erasure.id, tx))) return 0;
      const erased = await this.data.erase(table, erasure, BATCH, tx);
      if (erased.rows > 0) await this.erasures.add(erasure.id, table, erased, tx);
      return erased.rows;
    });
  }
}
