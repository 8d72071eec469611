import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { Conversation, Pin } from '../conversation.js';
import { moveWayBack, type Verdict, withStaying } from './decide-move.js';
import type { ClaimedMove, MovedItem, Staying } from './move.js';
import { type Batch, MoveBatch } from './move-batch.service.js';
import { MovedConversationsRepository } from './moved-conversations.repository.js';
import { MovesRepository } from './moves.repository.js';

interface Decided {
  conversation: Conversation;
  verdict: Verdict<Pin>;
}

/**
 * Changes the way back of the next conversations that a fallback took off the model. They stay where they are, so that
 * there is no switch, no audit row and no notification. The last batch ends the move.
 */
@Injectable()
export class WaysBackBatch {
  constructor(
    private readonly moves: MovesRepository,
    private readonly conversations: MovedConversationsRepository,
    private readonly batch: MoveBatch,
  ) {}

  async next(move: ClaimedMove, tx: Transaction): Promise<Batch> {
    const { fromModelId, toModelId, useCases, position } = move;
    const resumed = { modelId: fromModelId, useCases, after: position, limit: this.batch.size };
    const page = await this.conversations.lockWaysBack(resumed, tx);
    const names = page.map(({ useCase }) => useCase);
    const context = await this.batch.contextOf(names, [fromModelId, toModelId], tx);
    const decided = page.map((conversation): Decided => {
      return { conversation, verdict: moveWayBack(move, conversation, context) };
    });
    const changed = this.store(move, decided, tx);
    this.advance(move, decided, changed.length, tx);
    if (page.length < this.batch.size) this.moves.end(move.id, 'done', context.policy.now, tx);
    return { kind: null, changed };
  }

  private store({ id: moveId }: ClaimedMove, decided: readonly Decided[], tx: Transaction): Batch['changed'] {
    const after: Conversation[] = [];
    const items: MovedItem[] = [];
    for (const { conversation, verdict } of decided) {
      if (!('moves' in verdict)) continue;
      const { id: conversationId, useCase, switchSeq: seq, pin: previousPin, version } = conversation;
      after.push({ ...conversation, pin: verdict.moves, version: version + 1 });
      items.push({ switchId: randomUUID(), conversationId, useCase, seq, previousPin });
    }
    if (after.length === 0) return [];
    this.conversations.saveAll(after, tx);
    this.moves.insertItems(moveId, items, tx);
    return after.map(({ id, version }) => ({ conversationId: id, version }));
  }

  private advance(move: ClaimedMove, decided: readonly Decided[], moved: number, tx: Transaction): void {
    const stays = decided.flatMap(({ conversation: { useCase }, verdict }): Staying[] =>
      'stays' in verdict ? [{ useCase, ...verdict.stays, conversations: 1 }] : [],
    );
    const progress = {
      position: decided.at(-1)?.conversation.id ?? '',
      pauseSeconds: this.batch.pauseAfter(moved),
    };
    const staying = withStaying(move.staying, stays);
    this.moves.advance(move.id, progress, { moved, failed: stays.length, staying, pass: 3 }, tx);
  }
}
