import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Transactions } from '#libs/platform/database/transactions.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import { OutboxService } from '#libs/platform/outbox/outbox.service.js';
import { CoalescingTask } from '#libs/platform/process/coalescing-task.js';
import { type PendingSwitch, SwitchService } from '../switch.service.js';
import type { ClaimedMove } from './move.js';
import { type Batch, MoveBatch } from './move-batch.service.js';
import { MovesRepository } from './moves.repository.js';
import { UndoBatch } from './undo-batch.service.js';

/** Pause while another worker is at a step. */
const BUSY_MS = 250;
/** Pause while too many switches wait for their audit row. */
const BACKLOG_SECONDS = 2;
const RETRY_MS = 1_000;
/** Failed steps in a row after which a move stops. An unavailable database does not count. */
const MAX_ATTEMPTS = 10;

interface Step {
  /** Undefined: no move runs. */
  waitMs?: number;
  batch?: Batch;
  pending?: PendingSwitch[];
}

/**
 * Works on moves, a batch in each transaction. Any worker may take the next step: the state is in PostgreSQL, and an
 * advisory lock of the transaction allows one step at a time. So a worker that dies leaves no half of a batch.
 */
@Injectable()
export class MoveRunner {
  private readonly logger = new Logger('Moves');
  private readonly stopping = new AbortController();
  private readonly soon = new CoalescingTask(
    () => this.work(),
    ({ message }) => this.logger.warn(`the work on moves failed and is retried: ${message}`),
  );

  constructor(
    private readonly transactions: Transactions,
    private readonly moves: MovesRepository,
    private readonly moving: MoveBatch,
    private readonly undoing: UndoBatch,
    private readonly outbox: OutboxService,
    private readonly switching: SwitchService,
  ) {}

  /** Works until no move runs. Never throws, and may be called repeatedly. */
  trigger(): void {
    if (!this.stopping.signal.aborted) this.soon.trigger();
  }

  /** Ends after the step in progress. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.soon.idle();
  }

  private async work(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const waitMs = await this.step();
      if (waitMs === undefined) return;
      await delay(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  /** Does one step. @returns milliseconds until the next one; undefined: no move runs */
  async step(): Promise<number | undefined> {
    let move: ClaimedMove | undefined;
    try {
      const {
        waitMs,
        batch,
        pending = [],
      } = await this.transactions.run(async (tx): Promise<Step> => {
        const claimed = await this.moves.claim(tx);
        if (claimed === undefined) return {};
        if (claimed === 'busy') return { waitMs: BUSY_MS };
        if (claimed.waitMs > 0) return { waitMs: claimed.waitMs };
        move = claimed;
        if (!(await this.outbox.hasRoom(tx))) {
          this.moves.rest(claimed.id, BACKLOG_SECONDS, tx);
          return { waitMs: BACKLOG_SECONDS * 1_000 };
        }
        if (claimed.state === 'undoing') return { waitMs: 0, ...(await this.undone(claimed, tx)) };
        return { waitMs: 0, batch: await this.moving.next(claimed, tx) };
      });
      if (batch && batch.changed.length > 0) this.switching.publishAll(batch.kind, batch.changed);
      for (const { publish } of pending) await publish();
      return waitMs;
    } catch (error) {
      if (move) await this.failed(move, error);
      else this.logger.warn(`no step of a move: ${describe(error)}`);
      return RETRY_MS;
    }
  }

  private async undone(move: ClaimedMove, tx: Parameters<UndoBatch['next']>[1]): Promise<Step> {
    const { pending, ...batch } = await this.undoing.next(move, tx);
    return { batch, pending };
  }

  private async failed({ id }: ClaimedMove, error: unknown): Promise<void> {
    this.logger.warn(`a step of move ${id} failed and is retried: ${describe(error)}`);
    if (error instanceof AppError && error.kind === 'unavailable') return;
    const isOver = await this.moves.fail(id, describe(error), MAX_ATTEMPTS).catch(() => false);
    if (isOver) this.logger.error(`move ${id} has stopped: see its lastError, then resume it`);
  }
}

/** Messages of other errors may contain data. */
function describe(error: unknown): string {
  if (error instanceof AppError) return error.message;
  const { name, code } = error as { name?: string; code?: string };
  return [name, code].filter(Boolean).join(' ');
}
