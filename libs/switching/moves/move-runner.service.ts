import { Injectable } from '@nestjs/common';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import { OutboxService } from '#libs/platform/outbox/outbox.service.js';
import { type LoopStep, loggable, SingletonLoop } from '#libs/platform/process/singleton-loop.js';
import { SwitchService } from '../switch.service.js';
import type { ClaimedMove } from './move.js';
import { MoveBatch } from './move-batch.service.js';
import { MovesRepository } from './moves.repository.js';
import { UndoBatch } from './undo-batch.service.js';
import { WaysBackBatch } from './ways-back.service.js';

/** Pause while too many switches wait for their audit row. */
const BACKLOG_SECONDS = 2;
/** Failed steps in a row after which a move stops. An unavailable database does not count. */
const MAX_ATTEMPTS = 10;

/** Works on moves, a batch in each step. */
@Injectable()
export class MoveRunner extends SingletonLoop {
  /** Move of the step in progress. */
  private current: ClaimedMove | undefined;

  constructor(
    transactions: Transactions,
    private readonly moves: MovesRepository,
    private readonly moving: MoveBatch,
    private readonly waysBack: WaysBackBatch,
    private readonly undoing: UndoBatch,
    private readonly outbox: OutboxService,
    private readonly switching: SwitchService,
  ) {
    super('model-moves', transactions);
  }

  protected async next(tx: Transaction): Promise<LoopStep> {
    this.current = undefined;
    const move = await this.moves.claim(tx);
    if (!move) return {};
    if (move.waitMs > 0) return { waitMs: move.waitMs };
    this.current = move;
    if (!(await this.outbox.hasRoom(tx))) {
      this.moves.rest(move.id, BACKLOG_SECONDS, tx);
      return { waitMs: BACKLOG_SECONDS * 1_000 };
    }
    return { waitMs: 0, committed: await this.batch(move, tx) };
  }

  /** @returns what publishes the switches of the batch */
  private async batch(move: ClaimedMove, tx: Transaction): Promise<() => Promise<void>> {
    const { pending, ...batch } = await this.nextBatch(move, tx);
    return async () => {
      if (batch.changed.length > 0) this.switching.publishAll(batch.kind, batch.changed);
      for (const { publish } of pending) await publish();
    };
  }

  private async nextBatch(move: ClaimedMove, tx: Transaction) {
    if (move.state === 'undoing') return this.undoing.next(move, tx);
    const batches = move.pass === 3 ? this.waysBack : this.moving;
    return { pending: [], ...(await batches.next(move, tx)) };
  }

  protected async failed(error: unknown): Promise<void> {
    const move = this.current;
    if (!move) return this.logger.warn(`no step of a move: ${loggable(error)}`);
    this.logger.warn(`a step of move ${move.id} failed and is retried: ${loggable(error)}`);
    if (error instanceof AppError && error.kind === 'unavailable') return;
    const isOver = await this.moves.fail(move.id, loggable(error), MAX_ATTEMPTS);
    if (isOver) this.logger.error(`move ${move.id} has stopped: see its lastError, then resume it`);
  }
}
