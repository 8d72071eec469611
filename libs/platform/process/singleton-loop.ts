import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { takeTurn } from '../database/singleton-turn.js';
import type { Transaction, Transactions } from '../database/transactions.js';
import { AppError } from '../errors/app-error.js';
import { CoalescingTask } from './coalescing-task.js';

/** Pause while another process is at a step. */
const BUSY_MS = 250;
const RETRY_MS = 1_000;

/** Result of a step. */
export interface LoopStep {
  /** Milliseconds until the next step; undefined: nothing is left to do until the next poll. */
  waitMs?: number | undefined;
  /** Runs after the commit. */
  committed?: () => Promise<void> | void;
}

/**
 * Loop that one process of the fleet runs at a time, with PostgreSQL alone. Each step is a transaction that takes the
 * advisory lock of the loop and beats its heart, so that any process may take the next step: the state is in
 * PostgreSQL, and a process that dies leaves no half of a step.
 */
export abstract class SingletonLoop {
  protected readonly logger: Logger;
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private readonly soon = new CoalescingTask(
    () => this.work(),
    ({ message }) => this.logger.warn(`the loop failed and is retried: ${message}`),
  );

  /** @param name of the lock and of the heartbeat, e.g. `model-moves` */
  protected constructor(
    readonly name: string,
    private readonly transactions: Transactions,
  ) {
    this.logger = new Logger(name);
  }

  /** Does one step in the transaction that has the lock. */
  protected abstract next(tx: Transaction): Promise<LoopStep>;

  /** Reports a step that failed and was rolled back; its errors are ignored. */
  protected abstract failed(error: unknown): Promise<void>;

  /** Polls until `stop`. @param pollMs interval, in ms */
  start(pollMs: number): void {
    this.timer = setInterval(() => this.trigger(), pollMs);
  }

  /** Works until nothing is left to do. Never throws, and may be called repeatedly. */
  trigger(): void {
    if (!this.stopping.signal.aborted) this.soon.trigger();
  }

  /** Ends after the step in progress. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.soon.idle();
  }

  /** Does one step. @returns milliseconds until the next one; undefined: nothing is left to do */
  async step(): Promise<number | undefined> {
    try {
      const { waitMs, committed } = await this.transactions.run(async (tx): Promise<LoopStep> => {
        if (!(await takeTurn(tx, this.name))) return { waitMs: BUSY_MS };
        return this.next(tx);
      });
      await committed?.();
      return waitMs;
    } catch (error) {
      await this.failed(error).catch(() => undefined);
      return RETRY_MS;
    }
  }

  private async work(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const waitMs = await this.step();
      if (waitMs === undefined) return;
      await delay(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}

/** Returns what may be logged of an error: messages of other errors may contain data. */
export function loggable(error: unknown): string {
  if (error instanceof AppError) return error.message;
  const { name, code } = error as { name?: string; code?: string };
  return [name, code].filter(Boolean).join(' ');
}
