import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { UnavailableError } from '#libs/platform/errors/errors.js';
import { CoalescingTask } from '#libs/platform/process/coalescing-task.js';
import { ErasedPeople } from '#libs/privacy/erased-people.service.js';
import { CallMetrics } from './call-metrics.js';
import { type Invocation, withPseudonym } from './invocation.js';
import { InvocationsRepository } from './invocations.repository.js';
import { type Segment, UsageJournal } from './journal/usage-journal.js';

/**
 * `durable`: it is in PostgreSQL. `journalled`: it is in the journal until PostgreSQL takes it, and a kill does not lose
 * it. `buffered`: it is only in the memory of this process until then.
 */
export type Recorded = 'durable' | 'journalled' | 'buffered';

interface Waiting {
  invocation: Invocation;
  /** Where the journal has it. */
  segment?: Segment;
  /** Passes the outcome to the caller of `record`, which may have stopped waiting. */
  settle: (outcome: 'durable' | Error) => void;
}

/** Calls per process that are in memory only: a kill during an outage of PostgreSQL can lose them. */
const MAX_BUFFERED = 10_000;
/** Capacity reserved for calls in progress when the last one is admitted. */
const KEPT_FREE = 1_000;
const MAX_BATCH_SIZE = 100;
const BATCH_CONCURRENCY = 2;
const RECORD_WAIT_MS = 1_000;
/** Time in which calls that the journal has gather for a batch. */
const GATHER_MS = 20;
const RETRY_MS = { first: 100, most: 2_000 };
const FLUSH_TIMEOUT_MS = 2_000;
const MAINTENANCE_MS = 10_000;
/** Age at which the person of a call may have been erased since: less than the minute after which erasures complete. */
const LATE_MS = 30_000;

/** Bad data or a violated constraint: PostgreSQL will never accept the row. All other errors may be temporary. */
const PERMANENT_SQLSTATE = /^2[23]/;

/**
 * Writes calls in batches: a single call is written immediately, and calls that arrive while batches are being written
 * share the next one. While PostgreSQL is unavailable they wait in the journal, up to a limit. With
 * `USAGE_DURABILITY=journal` each call is in the journal first, and nobody waits for PostgreSQL.
 */
@Injectable()
export class InvocationsService implements OnApplicationShutdown {
  private readonly logger = new Logger('Invocations');
  private readonly waiting: Waiting[] = [];
  /** Number of calls that are not in PostgreSQL yet. */
  private pending = 0;
  /** Number of those that are not in the journal either. */
  private buffered = 0;
  private batches = 0;
  private failures = 0;
  private retry: NodeJS.Timeout | undefined;
  private gathering: NodeJS.Timeout | undefined;
  private maintenance: NodeJS.Timeout | undefined;
  private emptied: (() => void) | undefined;
  private readonly recovery = new CoalescingTask(
    () => this.recover(),
    (error) => this.logger.error(`calls of the journal wait: ${error.message}`),
  );

  constructor(
    private readonly repository: InvocationsRepository,
    private readonly metrics: CallMetrics,
    private readonly journal: UsageJournal,
    private readonly erased: ErasedPeople,
    private readonly clock: Clock,
  ) {
    metrics.watchBuffer(() => this.pending);
    metrics.watchJournal(journal);
  }

  /**
   * Opens the journal and records what vanished processes left in theirs; for processes that record calls.
   * @throws Error if every call must be in the journal and it cannot be written
   */
  openJournal(): void {
    this.journal.open();
    this.recovery.trigger();
    this.maintenance = setInterval(() => this.maintain(), MAINTENANCE_MS).unref();
  }

  /** Must run before a call of a model. @throws UnavailableError while too many wait for PostgreSQL */
  assertRoom(): void {
    if (this.buffered > MAX_BUFFERED - KEPT_FREE || this.journal.isFull) throw backlog();
  }

  /**
   * Records a call; idempotent.
   * @returns after a second at most, and immediately while PostgreSQL is known to be unavailable
   * @throws UnavailableError when there is no room; Error when PostgreSQL refuses this row permanently
   */
  async record(invocation: Invocation): Promise<Recorded> {
    this.metrics.count(invocation);
    if (this.buffered >= MAX_BUFFERED) throw backlog();
    return new Promise((resolve, reject) => {
      let giveUp: NodeJS.Timeout | undefined;
      const one = this.add(invocation, (outcome) => {
        clearTimeout(giveUp);
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      });
      if (this.failures > 0) resolve(this.keep(one));
      else if (this.journal.isFirst && this.keep(one) === 'journalled') resolve('journalled');
      else giveUp = setTimeout(() => resolve(this.keep(one)), RECORD_WAIT_MS);
      this.begin(one);
    });
  }

  /** Writes the remaining calls, as far as PostgreSQL takes them in time. The journal keeps the others. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.maintenance);
    if (this.pending > 0) await this.flush();
    clearTimeout(this.retry);
    this.journal.close();
    if (this.pending > this.buffered)
      this.logger.warn(`${this.pending - this.buffered} calls wait in the journal for the next start`);
    if (this.buffered > 0)
      this.logger.error(`${this.buffered} calls were not recorded: PostgreSQL was unavailable`);
  }

  private async flush(): Promise<void> {
    const emptied = new Promise<void>((resolve) => {
      this.emptied = resolve;
    });
    this.tryAgain();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FLUSH_TIMEOUT_MS);
    });
    await Promise.race([emptied, tooLate]);
    clearTimeout(timer);
  }

  private add(invocation: Invocation, settled: Waiting['settle'], segment?: Segment): Waiting {
    this.pending += 1;
    if (!segment) this.buffered += 1;
    const one: Waiting = {
      invocation,
      ...(segment && { segment }),
      settle: (outcome) => {
        this.pending -= 1;
        if (one.segment) this.journal.settle(one.segment);
        else this.buffered -= 1;
        settled(outcome);
      },
    };
    this.waiting.push(one);
    return one;
  }

  /** Puts a call into the journal, unless it is there. */
  private keep(one: Waiting): Recorded {
    if (one.segment && !one.segment.isLost) return 'journalled';
    const segment = this.journal.append(one.invocation);
    if (!segment) return one.segment ? 'journalled' : 'buffered';
    if (!one.segment) this.buffered -= 1;
    one.segment = segment;
    return 'journalled';
  }

  private maintain(): void {
    if (!this.journal.maintain(this.clock.now())) for (const one of this.waiting) this.keep(one);
    this.recovery.trigger();
  }

  /** Records the calls of vanished processes, one segment at a time. */
  private async recover(): Promise<void> {
    for (const segment of this.journal.takeOver(this.clock.now())) {
      const calls = this.journal.read(segment, this.clock.now());
      if (calls.length > 0) this.logger.log(`${calls.length} calls of a process that ended are recorded now`);
      const recorded = calls.map(
        (call) => new Promise<void>((resolve) => this.add(call, () => resolve(), segment)),
      );
      this.start();
      await Promise.all(recorded);
    }
  }

  /** Starts batches, or lets calls that the journal has gather for one. */
  private begin({ segment }: Waiting): void {
    if (segment && this.waiting.length < MAX_BATCH_SIZE)
      this.gathering ??= setTimeout(() => this.start(), GATHER_MS);
    else this.start();
  }

  /** Starts batches. After a failure only one batch at a time tests whether PostgreSQL is available again. */
  private start(): void {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    const most = this.failures > 0 ? 1 : BATCH_CONCURRENCY;
    while (this.waiting.length > 0 && this.batches < most && this.retry === undefined) {
      const batch = this.waiting.splice(0, MAX_BATCH_SIZE);
      this.batches += 1;
      void this.write(batch).finally(() => this.end());
    }
  }

  private end(): void {
    this.batches -= 1;
    this.start();
    if (this.pending === 0) this.emptied?.();
  }

  /**
   * Writes a batch. Never throws. If it fails, each row is written alone, so that one refused row does not block the
   * others.
   */
  private async write(batch: Waiting[]): Promise<void> {
    try {
      await this.repository.record(await this.withoutErased(batch.map(({ invocation }) => invocation)));
      this.recovered();
      for (const { settle } of batch) settle('durable');
    } catch (error) {
      if (!PERMANENT_SQLSTATE.test(sqlStateOf(error))) this.postpone(batch, error);
      else if (batch.length > 1) for (const one of batch) await this.write([one]);
      else this.refuse(batch[0]!, error);
    }
  }

  /** Replaces people who were erased since, in calls that are late. */
  private async withoutErased(calls: Invocation[]): Promise<Invocation[]> {
    const latest = this.clock.millis() - LATE_MS;
    const late = calls.filter(({ startedAt, latencyMs }) => startedAt.getTime() + latencyMs < latest);
    if (late.length === 0) return calls;
    const pseudonyms = await this.erased.pseudonymsOf(
      late.map(({ id, userId, startedAt }) => ({ id, person: userId, at: startedAt })),
    );
    return calls.map((call) => {
      const pseudonym = pseudonyms.get(call.id);
      return pseudonym === undefined ? call : withPseudonym(call, pseudonym);
    });
  }

  private postpone(batch: Waiting[], error: unknown): void {
    this.waiting.unshift(...batch);
    for (const one of batch) if (one.segment?.isLost) this.keep(one);
    if (this.failures === 0)
      this.logger.warn(`calls wait until PostgreSQL accepts them (${sqlStateOf(error) || 'unavailable'})`);
    this.failures += 1;
    const delay = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** (this.failures - 1));
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.tryAgain(), delay * (0.5 + Math.random() / 2));
  }

  private tryAgain(): void {
    clearTimeout(this.retry);
    this.retry = undefined;
    this.start();
  }

  private recovered(): void {
    if (this.failures > 0) this.logger.log('PostgreSQL accepts calls again');
    this.failures = 0;
  }

  private refuse({ invocation, settle }: Waiting, error: unknown): void {
    const sqlState = sqlStateOf(error);
    this.logger.error(`call ${invocation.id} cannot be recorded: PostgreSQL refuses it with ${sqlState}`);
    settle(new Error(`call ${invocation.id} cannot be recorded`, { cause: error }));
  }
}

const sqlStateOf = (error: unknown): string => String((error as { code?: unknown }).code ?? '');

const backlog = () =>
  new UnavailableError(
    'usage_backlog',
    'Too many calls wait to be recorded: the database is not available. Try again shortly.',
  );
