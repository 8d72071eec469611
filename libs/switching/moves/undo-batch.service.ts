import { Injectable } from '@nestjs/common';
import type { UseCase } from '#libs/catalogue/catalogue.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import type { Conversation } from '../conversation.js';
import type { ConversationDecision } from '../decide-switch.js';
import { type SelectionContext, useCaseOf } from '../model-selection.js';
import type { ManualSwitch } from '../switch.js';
import { type PendingSwitch, SwitchService } from '../switch.service.js';
import { SwitchEventRecorder } from '../switch-event.recorder.js';
import { restoreConversation } from './decide-move.js';
import type { ClaimedMove, MovedItem } from './move.js';
import { type Batch, MoveBatch, orderedBy, subjectOf, switched } from './move-batch.service.js';
import { MovedConversationsRepository } from './moved-conversations.repository.js';
import { MovesRepository } from './moves.repository.js';

interface Restoring {
  item: MovedItem;
  conversation: Conversation;
  decision: ConversationDecision;
}

/**
 * Restores what a move switched and nobody has switched since: first the conversations, then the use cases, in one
 * transaction for each batch.
 */
@Injectable()
export class UndoBatch {
  constructor(
    private readonly moves: MovesRepository,
    private readonly conversations: MovedConversationsRepository,
    private readonly batch: MoveBatch,
    private readonly recorder: SwitchEventRecorder,
    private readonly switching: SwitchService,
  ) {}

  async next(move: ClaimedMove, tx: Transaction): Promise<Batch & { pending: PendingSwitch[] }> {
    const items = await this.moves.movedConversations(move.id, move.position, this.batch.size, tx);
    if (items.length === 0) return { kind: 'manual', changed: [], pending: await this.useCases(move, tx) };
    return { kind: 'manual', changed: await this.conversationsOf(items, move, tx), pending: [] };
  }

  private async conversationsOf(
    items: readonly MovedItem[],
    move: ClaimedMove,
    tx: Transaction,
  ): Promise<Batch['changed']> {
    const ids = items.map(({ conversationId }) => conversationId).filter((id) => id !== null);
    const locked = new Map((await this.conversations.lockAll(ids, tx)).map((found) => [found.id, found]));
    const names = items.map(({ useCase }) => useCase);
    const context = await this.batch.contextOf(names, [move.fromModelId], tx);
    const restoring = items.flatMap((item): Restoring[] => {
      const conversation = locked.get(item.conversationId ?? '');
      const verdict = restoreConversation(move.fromModelId, item, conversation, context);
      return 'moves' in verdict && conversation ? [{ item, conversation, decision: verdict.moves }] : [];
    });
    const changed = await this.restore(move, restoring, context, tx);
    this.advance(move, items, new Set(restoring.map(({ item }) => item.switchId)), tx);
    return changed;
  }

  private async restore(
    move: ClaimedMove,
    restoring: readonly Restoring[],
    context: SelectionContext,
    tx: Transaction,
  ): Promise<Batch['changed']> {
    if (restoring.length === 0) return [];
    const restored = restoring.map(({ conversation, decision }) => ({
      decision,
      after: afterUndo(conversation, decision),
    }));
    this.conversations.saveAll(
      restored.map(({ after }) => after),
      tx,
    );
    this.conversations.endFollowing(
      restoring
        .filter(({ conversation }) => conversation.pin === null)
        .map(({ conversation }) => conversation),
      tx,
    );
    const changes = restored
      .filter(({ decision }) => decision.before.id !== decision.after.id)
      .map(({ decision: { before, after: model }, after }) => ({
        ...orderedBy(move.undoActor!, move, after.useCase, context),
        command: { ...undoing(move, after.useCase), conversationId: after.id },
        before,
        after: model,
        subject: subjectOf(after),
        at: context.policy.now,
      }));
    if (changes.length > 0) await this.recorder.recordAll(changes, tx);
    return restored.map(({ after: { id, version } }) => ({ conversationId: id, version }));
  }

  private advance(
    move: ClaimedMove,
    items: readonly MovedItem[],
    restored: ReadonlySet<string>,
    tx: Transaction,
  ): void {
    const kept = items.map(({ switchId }) => switchId).filter((id) => !restored.has(id));
    this.moves.setItems(move.id, [...restored], 'restored', tx);
    this.moves.setItems(move.id, kept, 'kept', tx);
    const progress = {
      position: items.at(-1)!.switchId,
      pauseSeconds: this.batch.pauseAfter(restored.size),
    };
    this.moves.advanceUndo(move.id, progress, { restored: restored.size, kept: kept.length }, tx);
  }

  /** Switches the use cases back that nobody has switched since, and ends the undo. */
  private async useCases(move: ClaimedMove, tx: Transaction): Promise<PendingSwitch[]> {
    const items = await this.moves.movedUseCases(move.id, tx);
    const names = items.map(({ useCase }) => useCase);
    await this.switching.lockUseCases(names, tx);
    const context = await this.batch.contextOf(names, [move.fromModelId], tx);
    const pending: PendingSwitch[] = [];
    const restored = new Set<string>();
    for (const { switchId, useCase, seq } of items) {
      if (useCaseOf(context, useCase).switchSeq !== seq) continue;
      const done = await this.switchBack(move, useCaseOf(context, useCase), tx);
      if (!done) continue;
      restored.add(switchId);
      pending.push(done);
    }
    if (items.length > 0) this.advance(move, items, restored, tx);
    this.moves.end(move.id, 'undone', context.policy.now, tx);
    return pending;
  }

  /** @returns undefined: the model is not selectable any more */
  private async switchBack(
    move: ClaimedMove,
    { name, activeModelId }: UseCase,
    tx: Transaction,
  ): Promise<PendingSwitch | undefined> {
    try {
      return await this.switching.executeFor(
        { actor: move.undoActor!, requestId: move.id, change: move.change ?? undefined },
        tx,
        { ...undoing(move, name), leaves: activeModelId },
      );
    } catch (error) {
      if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
      return undefined;
    }
  }
}

const undoing = ({ fromModelId, reason, showNotification }: ClaimedMove, useCase: string): ManualSwitch => ({
  kind: 'manual',
  modelId: fromModelId,
  useCase,
  reason: `Undo: ${reason}`,
  showNotification,
  dryRun: false,
});

/** Without a change of the effective model there is no switch. */
function afterUndo(conversation: Conversation, decision: ConversationDecision): Conversation {
  const after = switched(conversation, decision);
  return decision.before.id === decision.after.id ? { ...after, switchSeq: conversation.switchSeq } : after;
}
