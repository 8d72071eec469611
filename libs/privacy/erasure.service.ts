import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { actorOf, type Principal } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { ErasuresRepository } from './erasures.repository.js';
import { type Erasure, isPerson } from './personal-data.js';
import { PersonalDataRepository } from './personal-data.repository.js';
import { UserUnknownError } from './privacy.errors.js';

/** Rows that one transaction changes. */
const BATCH = 500;
/** How long a request erases before it leaves the rest to the worker. */
const REQUEST_MS = 3_000;
/** After this time nothing that was under way when the request came can still write the person's name. */
const SETTLED_MS = 60_000;

/** Takes people out of everything that is stored: a pseudonym stands in their place, what they wrote is gone. */
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
   * Erases at once what it can. The worker looks again after a minute, for what was under way, and completes it.
   * Asking again while that lasts continues the same erasure.
   * @throws UserUnknownError, InvalidInputError, UnavailableError
   */
  async erase(person: string, principal: Principal): Promise<Erasure> {
    if (!isPerson(person)) throw new InvalidInputError([{ field: 'id', message: 'is not the id of a user' }]);
    const isRunning = await this.erasures.ofPerson(person);
    if (!isRunning && !(await this.data.isKnown(person))) throw new UserUnknownError();
    const erasure = await this.erasures.begin({
      ...{ id: randomUUID(), person },
      ...{ requestedBy: actorOf(principal), requestedAt: this.clock.now() },
    });
    await this.pass(erasure, performance.now() + REQUEST_MS);
    return this.erasures.find(erasure.id);
  }

  /**
   * Completes what was requested a minute ago or earlier. The worker calls it, as often as it likes. An erasure that
   * fails does not block the others: the next call tries it again.
   */
  async completeDue(): Promise<void> {
    const settled = new Date(this.clock.millis() - SETTLED_MS);
    for (let page = await this.erasures.pendingSince(settled); page.length > 0; ) {
      for (const erasure of page) await this.complete(erasure);
      page = await this.erasures.pendingSince(settled, page.at(-1));
    }
  }

  /** Newest first. */
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
      this.logger.error(`erasure ${erasure.id} is not complete and will be tried again: ${code ?? name}`);
    }
  }

  /** Looks through everything once. @returns how many rows were erased */
  private async pass(erasure: Erasure, until = Number.POSITIVE_INFINITY): Promise<number> {
    let total = 0;
    for (const { table } of await this.data.erasable())
      for (let erased = BATCH; erased === BATCH && performance.now() < until; total += erased)
        erased = await this.eraseBatch(table, erasure);
    return total;
  }

  /** What was erased and that it was are committed together. */
  private async eraseBatch(table: string, erasure: Erasure): Promise<number> {
    return this.transactions.run(async (tx) => {
      if (!(await this.erasures.lock(erasure.id, tx))) return 0;
      const erased = await this.data.erase(table, erasure, BATCH, tx);
      if (erased.rows > 0) await this.erasures.add(erasure.id, table, erased, tx);
      return erased.rows;
    });
  }
}
